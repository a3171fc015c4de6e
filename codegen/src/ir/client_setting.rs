//! Parameters that are set once for all calls of a client.

use super::{Doc, Literal, ParameterIn, Type};

/// A parameter that most operations require.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientSetting {
    /// Its name on the wire.
    pub wire: String,
    /// `in`
    pub location: ParameterIn,
    /// Its type.
    pub ty: Type,
    /// The value that is sent unless another one is set.
    pub default: Option<Literal>,
    /// A sample value that the schema allows.
    pub sample: Option<serde_json::Value>,
    /// Its documentation.
    pub doc: Doc,
}

impl ClientSetting {
    /// Returns its key in `vendor.toml`, such as `header:Acme-Version`.
    pub fn key(&self) -> String {
        setting_key(self.location, &self.wire)
    }
}

/// Returns the key of a parameter in `[settings]` of `vendor.toml`.
pub fn setting_key(location: ParameterIn, wire: &str) -> String {
    format!("{}:{wire}", location.name())
}
