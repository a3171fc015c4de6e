//! Where error bodies have the vendor's code and message.

/// Where the error bodies of an operation have the vendor's code and message, in the order of lookup:
/// field names, or JSON pointers that begin with `/`. `None`: unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorFields {
    /// The locations of the code.
    pub code: Option<Vec<String>>,
    /// The locations of the message.
    pub message: Option<Vec<String>>,
}
