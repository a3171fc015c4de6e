//! `[error_fields]`: where error bodies have the vendor's code and message.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Manifest;
use crate::report::Problem;

/// Where error bodies have the vendor's code and message, in the order of lookup, instead of where it is
/// inferred. A location is the name of a field or a JSON pointer such as `/error/text`. An empty list:
/// nowhere.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ErrorFields {
    /// The locations of the code.
    pub code: Option<Vec<String>>,
    /// The locations of the message.
    pub message: Option<Vec<String>>,
}

/// Checks `[error_fields]` without regard to the document.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let fields = &manifest.error_fields;
    if fields.code.is_none() || manifest.error_codes.is_none() {
        return Vec::new();
    }
    let location = manifest.location(&["error_fields", "code"]);
    let problem = Problem::error(location, "`[error_codes]` determines where the code is");
    vec![problem.help("set its keys `field` and `types`, and remove this `code`")]
}
