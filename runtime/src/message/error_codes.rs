//! What a vendor documents about its error codes, as constant data.

use crate::wire::limit::RequestLocation;

/// Everything that is documented about one error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCodeInfo {
    /// The documented messages. A vendor may change them at any time: match on the code instead.
    pub messages: &'static [&'static str],
    /// The statuses that the code is documented for.
    pub statuses: &'static [u16],
    /// The documented causes.
    pub causes: &'static [Cause],
}

/// One documented cause of an error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The name of the operation's method.
    pub operation: &'static str,
    /// Where the invalid value is sent.
    pub location: RequestLocation,
    /// The invalid value: the name of a parameter, or the path of a field in the body such as
    /// `lines[].id`.
    pub field: &'static str,
    /// What is wrong with the value.
    pub kind: CauseKind,
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CauseKind {
    /// The value is missing.
    Missing,
    /// The value does not match the documented type or constraints.
    Invalid,
    /// Any other kind of error, by the vendor's name for it.
    Other(&'static str),
}
