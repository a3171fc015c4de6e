//! Parameters that are set once for all calls of a client.

use super::{Api, Parameter, ParameterIn};

/// A parameter that most operations require. Everything else about it is that of the operations'
/// parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientSetting {
    /// Its name on the wire.
    pub wire: String,
    /// `in`
    pub location: ParameterIn,
}

impl ClientSetting {
    /// Returns its key in `vendor.toml`, such as `header:Acme-Version`.
    pub fn key(&self) -> String {
        setting_key(self.location, &self.wire)
    }

    /// Returns the parameters whose values it sets, in the order of the operations.
    pub fn parameters<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Parameter> {
        let of_operation =
            api.operations.iter().filter_map(|it| it.parameter(self.location, &self.wire));
        of_operation.filter(|parameter| parameter.is_setting)
    }
}

/// Returns the key of a parameter in `[settings]` of `vendor.toml`.
pub fn setting_key(location: ParameterIn, wire: &str) -> String {
    format!("{}:{wire}", location.name())
}
