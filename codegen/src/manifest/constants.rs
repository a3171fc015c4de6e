//! `[constants]`: which values the client writes by itself.

use super::target::matches_target;
use schemars::JsonSchema;
use serde::Deserialize;

/// Changes to the list of values that are written by the client, because no other value is allowed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Constants {
    /// The fields and parameters that callers set although only one value is allowed, such as
    /// `Order.kind`, `GET /orders header:Version` or `*.kind`.
    pub exclude: Vec<String>,
}

impl Constants {
    /// Returns the index of the pattern that excludes a field or parameter.
    pub fn excluding(&self, key: &str) -> Option<usize> {
        self.exclude.iter().position(|pattern| matches_target(pattern, key))
    }
}
