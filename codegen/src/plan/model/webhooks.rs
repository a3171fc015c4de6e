//! Webhooks.
//!
//! An `algorithm` and a variant are the names of variants of the runtime's enums.

use super::DocText;
use crate::plan::rust_type::RustType;

/// How webhooks are received.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhooks {
    /// The runtime feature with the vendor's algorithm.
    pub runtime_feature: &'static str,
    /// Where the signature is.
    pub scheme: WebhookScheme,
    /// The settings of the scheme that differ from the default, in the order in which it sets them.
    pub settings: Vec<WebhookSetting>,
    /// The type of the webhook's body.
    pub event: RustType,
    /// The documentation of the receiver.
    pub doc: DocText,
}

/// Where the signature of a webhook is, and what it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookScheme {
    /// A header contains the signature of parts of the request.
    Header {
        /// The header's name.
        header: String,
        /// The algorithm.
        algorithm: &'static str,
        /// The parts that are concatenated and signed.
        signed: Vec<SignedPart>,
    },
    /// The message is signed as in RFC 9421, with the profile of requests.
    Message {
        /// The algorithm.
        algorithm: &'static str,
    },
}

/// A setting of a signature scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookSetting {
    /// The components that the signature must cover.
    Covers(Vec<String>),
    /// The text before the signature in the header.
    Prefix(String),
    /// The encoding of the signature in the header, as a variant.
    Encoding(&'static str),
    /// The part that contains the time at which the request was sent.
    Time(SignedPart),
    /// The maximum age of a request, in seconds.
    Window(u32),
    /// The format of the key, as a variant.
    KeyFormat(&'static str),
}

/// A part of the signed content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedPart {
    /// The bytes of the request body.
    Body,
    /// The value of a field of the body, by its path.
    Field(Vec<String>),
    /// The value of a header.
    Header(String),
    /// A fixed text.
    Text(String),
}
