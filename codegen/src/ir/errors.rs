//! The vendor's own error codes.

use std::collections::BTreeMap;

use super::{ParameterIn, TypeId};

/// Every error code the description names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErrorCatalogue {
    /// The member of an error body that carries the code, from `vendor.toml`.
    pub field: String,
    /// Components of error bodies that carry it elsewhere → where.
    pub fields: BTreeMap<String, String>,
    /// The codes, sorted by their wire text.
    pub codes: Vec<ErrorCode>,
}

/// An error code.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorCode {
    /// Its text on the wire.
    pub wire: String,
    /// Whether the source defines it, or only names it (`known-error: NAME`).
    pub defined: bool,
    /// The messages the source gives it, without repetition. A message may change at any time.
    pub messages: Vec<String>,
    /// The statuses the source gives it, without repetition.
    pub statuses: Vec<u16>,
    /// What raises it.
    pub causes: Vec<Cause>,
    /// Operations (indices into [`Api::operations`](super::Api::operations)) that respond with it for
    /// another reason: the response's type lists it, or `vendor.toml` says so.
    pub operations: Vec<usize>,
}

/// What raises an error code.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// Why: the rule's name in `vendor.toml`, such as `missing` or `invalid`.
    pub why: String,
    /// What is missing or invalid.
    pub subject: Subject,
    /// The operation (index into [`Api::operations`](super::Api::operations)).
    pub operation: usize,
    /// JSON pointer of the annotation in the normalised description.
    pub pointer: String,
}

/// An error that a value causes, at the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorTrigger {
    /// Why: the rule's name in `vendor.toml`, such as `missing` or `invalid`.
    pub why: String,
    /// The code's text on the wire.
    pub code: String,
    /// Its message here.
    pub message: Option<String>,
    /// It concerns the items of so many lists, one in the other.
    pub lists: usize,
}

/// What is missing or invalid.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// A parameter of the operation.
    Parameter(ParameterIn, String),
    /// A member of the request body: the type that declares it, and the path of wire names to it
    /// from the body (`[]` for an item of a list).
    Body(TypeId, Vec<String>),
}
