//! Errors of keys, signing and verification. No error contains a key or a signed value.

use std::error::Error as StdError;

use super::algorithm::Algorithm;
use super::digest::DigestError;

/// The error that a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct KeyError {
    pub(crate) what: &'static str,
}

/// The error that a message cannot be signed.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct SignError {
    what: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl SignError {
    /// Creates an error of a custom [`Signer`](super::Signer), such as a key service.
    #[must_use]
    pub fn new(what: impl Into<String>, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { what: what.into(), source }
    }

    fn without_source(what: String) -> Self {
        Self { what, source: None }
    }

    /// Returns the cause, such as the error of a key service.
    pub(crate) fn into_source(self) -> Option<Box<dyn StdError + Send + Sync>> {
        self.source
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self::without_source(format!(
            "the signature has to cover `{name}`, but the message does not contain it"
        ))
    }

    pub(crate) fn component(name: &str) -> Self {
        Self::without_source(format!(
            "the signature cannot cover `{name}` in this message: its value is not ASCII, or not supported"
        ))
    }

    pub(crate) fn algorithm(expected: Algorithm, found: Algorithm) -> Self {
        let (expected, found) = (expected.name(), found.name());
        Self::without_source(format!(
            "requests are signed with `{expected}`, but the key is for `{found}`"
        ))
    }

    pub(crate) fn key_id() -> Self {
        Self::without_source(
            "the key id cannot be sent in a header: use printable ASCII".to_owned(),
        )
    }

    pub(crate) fn random() -> Self {
        Self::without_source("the operating system provides no random bytes".to_owned())
    }
}

/// The error that a message cannot be verified, and must not be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// There is no signature, or none with the configured label.
    #[error("the message has no signature")]
    Unsigned,
    /// A header that contains the signature, or the time, is malformed.
    #[error("`{0}` is malformed")]
    Malformed(&'static str),
    /// The signature does not cover a required component.
    #[error("the signature does not cover `{0}`")]
    NotCovered(String),
    /// The signature has to cover the digest of the body, but the message was passed without its body.
    #[error(
        "the signature covers the digest of the body, but there is no body to verify: pass it to `Message::body`"
    )]
    MissingBody,
    /// A covered component is missing from the message, listed twice, or not supported.
    #[error("the signature covers `{0}`, which is missing from the message or not supported")]
    InvalidComponent(String),
    /// None of the configured keys has the id and algorithm of the signature.
    #[error("no configured key matches the key id and algorithm of the signature")]
    UnknownKey,
    /// The signature was created with another key, or a covered component was modified.
    #[error("the signature is invalid")]
    InvalidSignature,
    /// A required time is missing.
    #[error("the signature has no parameter `{0}`")]
    MissingTime(&'static str),
    /// The signature is older than allowed, or has expired.
    #[error("the signature is too old or has expired")]
    TooOld,
    /// The creation time is in the future.
    #[error("the creation time of the signature is in the future")]
    InFuture,
    /// The digest does not verify the body.
    #[error(transparent)]
    Digest(#[from] DigestError),
}
