//! Digests of bodies (RFC 9530).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use subtle::ConstantTimeEq;

use super::hash;
use super::structured_fields::{self, BareItem, Value};

/// A digest algorithm. Those that RFC 9530 §5 marks as insecure are not supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// `sha-256`
    Sha256,
    /// `sha-512`
    Sha512,
}

impl Digest {
    const ALL: [Self; 2] = [Self::Sha256, Self::Sha512];

    /// Returns the name of the algorithm in a digest header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sha512 => "sha-512",
        }
    }

    fn compute(self, body: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => hash::sha256(body),
            Self::Sha512 => hash::sha512(body),
        }
    }
}

/// Returns the value of `Content-Digest` for a body.
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
    let entry =
        |it: &Digest| format!("{}=:{}:", it.name(), BASE64_STANDARD.encode(it.compute(body)));
    algorithms.iter().map(entry).collect::<Vec<_>>().join(", ")
}

/// Verifies a body against its `Content-Digest` header. All digests with a supported algorithm have to
/// match, and there has to be at least one.
///
/// # Errors
/// If the header is malformed, contains no supported algorithm, or a digest does not match the body.
pub fn verify_digest(header: &str, body: &[u8]) -> Result<(), DigestError> {
    let entries = structured_fields::parse_dictionary(header).ok_or(DigestError::Malformed)?;
    let mut verified = false;
    for (name, entry) in entries {
        let Some(algorithm) = Digest::ALL.into_iter().find(|it| it.name() == name) else {
            continue;
        };
        let Value::Item(BareItem::ByteSequence(encoded)) = entry.value else {
            return Err(DigestError::Malformed);
        };
        let digest = BASE64_STANDARD.decode(encoded).map_err(|_| DigestError::Malformed)?;
        if !bool::from(digest.ct_eq(&algorithm.compute(body))) {
            return Err(DigestError::Mismatch);
        }
        verified = true;
    }
    if verified { Ok(()) } else { Err(DigestError::UnsupportedAlgorithm) }
}

/// The error that a digest does not verify a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DigestError {
    /// The header is not a dictionary of byte sequences.
    #[error("the header `Content-Digest` is malformed")]
    Malformed,
    /// The header contains no supported algorithm.
    #[error("`Content-Digest` contains no supported algorithm (`sha-256` or `sha-512`)")]
    UnsupportedAlgorithm,
    /// The digest does not match the body.
    #[error("`Content-Digest` does not match the body")]
    Mismatch,
}
