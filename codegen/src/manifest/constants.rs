//! `[constants]`: which values the client writes without being asked.

use serde::Deserialize;

/// Changes to the list of values that are written by the client, because no other value is allowed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Constants {
    /// The fields and parameters that callers set although only one value is allowed, such as
    /// `Order.kind` or `GET /orders header:Version`.
    pub exclude: Vec<String>,
}
