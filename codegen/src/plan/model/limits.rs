//! What is asked of values that are sent.

use crate::ir::{Constraints, ParameterIn};

/// What is asked of one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// What it is.
    pub location: LimitTarget,
    /// It has to be there, and an empty text counts as missing.
    pub filled: bool,
    /// The limits that it can break.
    pub constraints: Constraints,
    /// What is asked of its items or values.
    pub items: Option<Box<Limit>>,
    /// The error that it causes if it is missing.
    pub missing: Option<RaisedCode>,
    /// The error that it causes if it is wrong.
    pub invalid: Option<RaisedCode>,
}

impl Limit {
    /// Nothing is asked.
    pub fn nothing(location: LimitTarget) -> Self {
        let constraints = Constraints::default();
        Self { location, filled: false, constraints, items: None, missing: None, invalid: None }
    }
}

/// What a limit is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitTarget {
    /// A member, by its name on the wire.
    Member(String),
    /// A parameter.
    Parameter(ParameterIn, String),
    /// Items, values of a map, members beside the named ones, or the body itself.
    Others,
}

/// An error that a value causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisedCode {
    /// The code's text on the wire.
    pub code: String,
    /// Its message; empty where there is none.
    pub message: String,
}
