//! The vendor's own error codes.

use std::collections::BTreeMap;

use super::ParameterIn;

/// Every error code that the document mentions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErrorCatalogue {
    /// The property of an error body that carries the code, from `vendor.toml`.
    pub field: String,
    /// Components whose error bodies carry the code in another property → that property.
    pub fields: BTreeMap<String, String>,
    /// The codes, sorted by their value on the wire.
    pub codes: Vec<ErrorCode>,
}

/// An error code.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorCode {
    /// Its value on the wire.
    pub wire: String,
    /// Whether the document defines it, or only refers to it by name (`known-error: NAME`).
    pub defined: bool,
    /// The distinct messages that the document gives it. A message may change at any time.
    pub messages: Vec<String>,
    /// The distinct statuses that the document gives it.
    pub statuses: Vec<u16>,
    /// The parts of requests that can raise it.
    pub causes: Vec<Cause>,
    /// Operations (indices into [`Api::operations`](super::Api::operations)) that respond with it for
    /// other reasons: the response's type or `vendor.toml` lists it.
    pub operations: Vec<usize>,
}

/// A part of a request that can raise an error code.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The kind of error, by its name in `vendor.toml`, such as `missing` or `invalid`.
    pub kind: String,
    /// The value that is missing or invalid.
    pub target: CauseTarget,
    /// The operation (index into [`Api::operations`](super::Api::operations)).
    pub operation: usize,
    /// JSON pointer of the annotation in the normalised document.
    pub pointer: String,
}

/// The value that is missing or invalid.
#[derive(Debug, Clone, PartialEq)]
pub enum CauseTarget {
    /// A parameter of the operation.
    Parameter(ParameterIn, String),
    /// A property of the request body: the path of wire names from the body to it (`[]` for an array
    /// item, `{}` for a map value).
    Body(Vec<String>),
}
