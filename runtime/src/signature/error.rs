//! What can go wrong with keys, signing and verifying. No error holds a key or a value that was signed.

use std::error::Error as StdError;

use super::digest::DigestError;
use super::key::Algorithm;

/// Why a key can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct KeyError {
    pub(crate) what: &'static str,
}

/// Why a message was not signed.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct SignError {
    what: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl SignError {
    /// A signer's own failure, such as that of a key service.
    #[must_use]
    pub fn new(what: impl Into<String>, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { what: what.into(), source }
    }

    fn own(what: String) -> Self {
        Self { what, source: None }
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self::own(format!("the signature covers `{name}`, which the message does not have"))
    }

    pub(crate) fn component(name: &str) -> Self {
        Self::own(format!("the signature can't cover `{name}` of this message"))
    }

    pub(crate) fn algorithm(wanted: Algorithm, given: Algorithm) -> Self {
        let (wanted, given) = (wanted.name(), given.name());
        Self::own(format!("requests are signed with `{wanted}`, and the key is one for `{given}`"))
    }

    pub(crate) fn key_id() -> Self {
        Self::own("the key's id can't be sent in a header".to_owned())
    }

    pub(crate) fn random() -> Self {
        Self::own("the operating system gives no random bytes".to_owned())
    }
}

/// Why a message is not to be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// There is no signature, or none under the label that was asked for.
    #[error("the message has no signature")]
    Unsigned,
    /// A field that carries the signature is not what the RFC says.
    #[error("`{0}` can't be read")]
    Unreadable(&'static str),
    /// What has to be covered is not.
    #[error("the signature does not cover `{0}`")]
    NotCovered(String),
    /// A covered component is not in the message, twice in the list, or one that can't be verified.
    #[error("the signature covers `{0}`, which the message does not have")]
    Component(String),
    /// No key that was given may have made it.
    #[error("no key is known for the signature")]
    UnknownKey,
    /// It was not made with any of the keys, or something that it covers was changed.
    #[error("the signature is wrong")]
    Wrong,
    /// A time that has to be there is not.
    #[error("the signature has no `{0}`")]
    NoTime(&'static str),
    /// It was made too long ago, or says so itself.
    #[error("the signature is too old")]
    TooOld,
    /// It is dated in the future.
    #[error("the signature is dated in the future")]
    TooNew,
    /// The body is not the one that was signed.
    #[error(transparent)]
    Digest(#[from] DigestError),
}
