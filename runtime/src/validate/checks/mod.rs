//! Validation, with the feature `validate`.

mod macros;
mod number;
mod pattern;
mod walk;

use super::failure::{ValidationError, Violation};
use crate::wire::Encode;
use crate::wire::limit::{Limit, RequestLocation};

/// Checks a value and everything in it against the documented constraints.
///
/// # Errors
/// If a value violates a documented constraint.
pub fn validate(value: &dyn Encode) -> Result<(), ValidationError> {
    unless_empty(walk::validate_body(value, &[]))
}

/// The violations in the parameters of a call.
#[derive(Clone, Default)]
pub(crate) struct ParameterChecks(Vec<Violation>);

impl ParameterChecks {
    /// Validates a parameter, and records its violations.
    pub(crate) fn add(
        &mut self,
        location: RequestLocation,
        name: &str,
        value: &dyn Encode,
        limits: &'static [Limit],
    ) {
        if location == RequestLocation::Header {
            // A header with the same name is replaced.
            self.0.retain(|old| !is_in_header(old, name));
        }
        self.0.extend(walk::validate_parameter(location, name, value, limits));
    }

    /// Validates the body, and returns its violations with those of the parameters.
    ///
    /// # Errors
    /// If a value violates a documented constraint.
    pub(crate) fn finish(
        &self,
        body: Option<&dyn Encode>,
        limits: &'static [Limit],
    ) -> Result<(), ValidationError> {
        let mut violations = self.0.clone();
        if let Some(body) = body {
            violations.extend(walk::validate_body(body, limits));
        }
        unless_empty(violations)
    }
}

fn unless_empty(violations: Vec<Violation>) -> Result<(), ValidationError> {
    if violations.is_empty() { Ok(()) } else { Err(ValidationError(violations)) }
}

/// Whether the violation is in the header `name`, or in a part of its value.
fn is_in_header(violation: &Violation, name: &str) -> bool {
    let header = violation.path.get(..name.len());
    let rest = violation.path.get(name.len()..).unwrap_or_default();
    violation.location == RequestLocation::Header
        && header.is_some_and(|header| header.eq_ignore_ascii_case(name))
        && (rest.is_empty() || rest.starts_with(['.', '[']))
}
