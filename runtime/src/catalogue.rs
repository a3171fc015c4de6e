//! What a vendor says of its error codes, as constant data.

/// What is known of one error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorCodeInfo {
    /// The messages the description gives it. A vendor may change them at any time: the code is the key.
    pub messages: &'static [&'static str],
    /// The statuses it comes with, where the description says so.
    pub statuses: &'static [u16],
    /// What raises it.
    pub causes: &'static [Cause],
}

/// What raises an error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The name of the operation's method.
    pub operation: &'static str,
    /// Where the value at fault is sent.
    pub location: RequestLocation,
    /// The value at fault: a parameter's name, or the path of a member of the body such as `lines[].id`.
    pub field: &'static str,
    /// What is wrong with it.
    pub why: CauseKind,
}

/// Where a value is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are OpenAPI's own")]
pub enum RequestLocation {
    Path,
    Query,
    Header,
    Cookie,
    Body,
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CauseKind {
    /// It is not there.
    Missing,
    /// It is not what the description says.
    Invalid,
    /// Something else, in the words of the vendor's rule.
    Other(&'static str),
}
