//! Digests of bodies (RFC 9530).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use subtle::ConstantTimeEq;

use super::fields::{self, Bare, Value};
use super::hash;

/// An algorithm that RFC 9530 §5 does not advise against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// `sha-256`
    Sha256,
    /// `sha-512`
    Sha512,
}

impl Digest {
    const ALL: [Self; 2] = [Self::Sha256, Self::Sha512];

    /// Its name in the field.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sha512 => "sha-512",
        }
    }

    fn of(self, body: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => hash::sha256(body),
            Self::Sha512 => hash::sha512(body),
        }
    }
}

/// The value of `Content-Digest` for a body.
///
/// ```
/// use docwright_runtime::signature::{Digest, content_digest};
///
/// assert_eq!(
///     content_digest(&[Digest::Sha256], b"{\"hello\": \"world\"}\n"),
///     "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
/// );
/// ```
#[must_use]
pub fn content_digest(algorithms: &[Digest], body: &[u8]) -> String {
    let one = |it: &Digest| format!("{}=:{}:", it.name(), BASE64_STANDARD.encode(it.of(body)));
    algorithms.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Whether a body is the one that a `Content-Digest` speaks of: every algorithm that is known has to
/// agree, and there has to be one.
///
/// # Errors
/// What is wrong.
pub fn verify_digest(field: &str, body: &[u8]) -> Result<(), DigestError> {
    let members = fields::dictionary(field).ok_or(DigestError::Unreadable)?;
    let mut known = false;
    for (name, member) in members {
        let Some(algorithm) = Digest::ALL.into_iter().find(|it| it.name() == name) else {
            continue;
        };
        let Value::Bare(Bare::Bytes(given)) = member.value else {
            return Err(DigestError::Unreadable);
        };
        let given = BASE64_STANDARD.decode(given).map_err(|_| DigestError::Unreadable)?;
        if !bool::from(given.ct_eq(&algorithm.of(body))) {
            return Err(DigestError::Different);
        }
        known = true;
    }
    if known { Ok(()) } else { Err(DigestError::Unknown) }
}

/// Why a digest does not vouch for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DigestError {
    /// The field is no dictionary of bytes.
    #[error("the digest can't be read")]
    Unreadable,
    /// It names no algorithm that is both known and trusted.
    #[error("the digest has no algorithm that is trusted (sha-256 or sha-512)")]
    Unknown,
    /// The body is another one.
    #[error("the digest is not that of the body")]
    Different,
}
