//! Webhooks.

use super::DocText;
use crate::manifest;
use crate::plan::RustType;

/// How webhooks are received.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhooks {
    /// The rule in `vendor.toml`.
    pub rule: manifest::Webhooks,
    /// The type of the webhook's body.
    pub event: RustType,
    /// The documentation of the receiver.
    pub doc: DocText,
}
