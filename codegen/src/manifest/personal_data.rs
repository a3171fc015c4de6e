//! `[personal_data]`: which fields hold personal or card data.

use schemars::JsonSchema;
use serde::Deserialize;

/// Changes to the list of properties that hold personal or card data, which `Debug` does not print.
/// Names are those on the wire; patterns of keys such as `Customer.note` and `*.note` are allowed, too.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PersonalData {
    /// Properties that are not recognised by their name.
    pub add: Vec<String>,
    /// Properties that hold no personal data in this API, despite their name.
    pub remove: Vec<String>,
}
