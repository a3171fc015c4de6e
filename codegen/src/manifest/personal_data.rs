//! `[personal_data]`: which fields hold personal or card data.

use serde::Deserialize;

/// Changes to the list of properties that hold personal or card data, which `Debug` does not print.
/// All names are those on the wire.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PersonalData {
    /// Properties that are not recognised by their name.
    pub add: Vec<String>,
    /// Properties that hold no personal data in this API, despite their name.
    pub remove: Vec<String>,
}
