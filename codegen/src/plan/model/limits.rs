//! Limits on values that are sent.

use crate::ir::ParameterIn;

/// The limits on one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// The value.
    pub target: LimitTarget,
    /// Whether the value is required. An empty string counts as missing.
    pub non_empty: bool,
    /// The rules that the value can violate.
    pub rules: Vec<LimitRule>,
    /// The API's error for a missing value.
    pub missing: Option<RaisedCode>,
    /// The API's error for an invalid value.
    pub invalid: Option<RaisedCode>,
}

impl Limit {
    /// Creates an entry without limits.
    pub fn nothing(target: LimitTarget) -> Self {
        let rules = Vec::new();
        Self { target, non_empty: false, rules, missing: None, invalid: None }
    }
}

/// A rule for a value.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitRule {
    /// The method of the runtime's `Limit` that sets the rule.
    pub name: &'static str,
    /// The argument of that method.
    pub value: RuleValue,
}

/// The argument of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleValue {
    /// None: the rule applies or does not.
    Flag,
    /// A minimum and a maximum count.
    Range(Option<u64>, Option<u64>),
    /// An integer.
    Int(i128),
    /// A finite float.
    Float(f64),
    /// A string.
    Text(String),
    /// The limits on other values, such as the items of an array.
    Limit(Box<Limit>),
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
