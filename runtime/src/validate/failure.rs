//! The error of a validation, and the violations in it.

use std::fmt;

use crate::wire::limit::{RequestLocation, Rule};

/// The error that values of a request violate documented constraints. Nothing was sent. The values themselves
/// are never shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationError(pub(super) Vec<Violation>);

impl ValidationError {
    /// Returns all violations, those of parameters first. There is at least one.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0
    }

    /// Returns the error code of the first violation that has one.
    #[must_use]
    pub fn code<C: From<&'static str>>(&self) -> Option<C> {
        self.0.iter().find_map(Violation::code)
    }

    /// Returns the error code of the first violation that has one, as a string.
    pub(crate) fn code_text(&self) -> Option<&'static str> {
        self.0.iter().find_map(|it| it.code)
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was not sent: ")?;
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for ValidationError {}

/// A violation of a documented constraint. It does not contain the value.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    pub(crate) location: RequestLocation,
    pub(crate) path: String,
    pub(crate) rule: Rule,
    pub(crate) code: Option<&'static str>,
    pub(crate) message: Option<&'static str>,
}

impl Violation {
    /// Returns the part of the request that contains the value.
    #[must_use]
    pub fn location(&self) -> RequestLocation {
        self.location
    }

    /// Returns the name of the parameter, or the path of the value in the body, such as `lines[3].id`;
    /// empty for the body itself. `*` stands for a map key that does not look like a name.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the rule that is violated.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the error code of the API for this violation, if documented:
    /// `violation.code() == Some(ErrorCode::InvalidZip)`.
    #[must_use]
    pub fn code<C: From<&'static str>>(&self) -> Option<C> {
        self.code.map(C::from)
    }

    /// Returns the error message of the API for this violation, if documented. It may change at any time.
    #[must_use]
    pub fn message(&self) -> Option<&'static str> {
        self.message
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.location {
            RequestLocation::Path => "the path parameter ",
            RequestLocation::Query => "the query parameter ",
            RequestLocation::Header => "the header ",
            RequestLocation::Cookie => "the cookie ",
            RequestLocation::Body => "",
        };
        match self.path.as_str() {
            "" => f.write_str("the body")?,
            path => write!(f, "{kind}`{path}`")?,
        }
        write!(f, " {}", self.rule)?;
        match (self.code, self.message) {
            (Some(code), Some(message)) => write!(f, " ({code}: {message})"),
            (Some(code), None) => write!(f, " ({code})"),
            (None, _) => Ok(()),
        }
    }
}
