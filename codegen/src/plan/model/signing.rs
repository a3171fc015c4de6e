//! How requests are signed.

use super::{DocText, Name};
use crate::manifest::{Open, Signature};

/// How requests are signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing {
    /// What the vendor's data says.
    pub profile: Signature,
    /// Where it differs from the RFC in one way of a few.
    pub choices: Vec<Choice>,
    /// Its documentation.
    pub doc: DocText,
    /// What the vendor leaves open, as methods of the client's builder.
    pub options: Vec<SettingMethod>,
}

/// One way of a few to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// What of the profile it is.
    pub open: Open,
    /// The runtime's enum.
    pub ty: &'static str,
    /// Its variant.
    pub variant: &'static str,
}

/// What the vendor leaves open, as a method of the client's builder.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingMethod {
    /// What of the profile it sets.
    pub open: Open,
    /// The method.
    pub method: Name,
    /// Its documentation.
    pub doc: DocText,
}

/// The idempotency key of an operation's calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The headers that carry it, all of them the same one.
    pub headers: Vec<String>,
    /// The documentation of the method that sets it.
    pub doc: DocText,
    /// Whether the description alone shows it.
    pub inferred: bool,
}
