//! Webhooks.

use super::DocText;
use crate::manifest;
use crate::plan::RustType;

/// How webhooks are received.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhooks {
    /// What the vendor's data says.
    pub rule: manifest::Webhooks,
    /// What their body is.
    pub event: RustType,
    /// The documentation of what receives them.
    pub doc: DocText,
}
