//! Limits on values that are sent.

use crate::ir::{Constraints, ParameterIn};

/// The limits on one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// The value.
    pub target: LimitTarget,
    /// Whether the value is required. An empty string counts as missing.
    pub non_empty: bool,
    /// The constraints that the value can violate.
    pub constraints: Constraints,
    /// The limits on its items or map values.
    pub items: Option<Box<Limit>>,
    /// The API's error for a missing value.
    pub missing: Option<RaisedCode>,
    /// The API's error for an invalid value.
    pub invalid: Option<RaisedCode>,
}

impl Limit {
    /// Creates an entry without limits.
    pub fn nothing(target: LimitTarget) -> Self {
        let constraints = Constraints::default();
        Self { target, non_empty: false, constraints, items: None, missing: None, invalid: None }
    }
}

/// The value that a limit applies to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitTarget {
    /// A field, by its name on the wire.
    Field(String),
    /// A parameter.
    Parameter(ParameterIn, String),
    /// Items of an array, values of a map, additional fields, or the body itself.
    Unnamed,
}

/// An error that the API raises for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisedCode {
    /// The code, as it is in responses.
    pub code: String,
    /// Its message, or an empty string.
    pub message: String,
}
