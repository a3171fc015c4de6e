//! `[generics]`: which types are not instances of generic types.

use super::target::matches_target;
use schemars::JsonSchema;
use serde::Deserialize;

/// Changes to the types that are instances of a generic type.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Generics {
    /// The types that are types of their own although they have the pattern of a generic type: keys as
    /// in `[names.types]`, or patterns of them, such as `CustomerList` or `*`.
    pub exclude: Vec<String>,
}

impl Generics {
    /// Returns the index of the pattern that excludes a type.
    pub fn excluding(&self, key: &str) -> Option<usize> {
        self.exclude.iter().position(|pattern| matches_target(pattern, key))
    }
}
