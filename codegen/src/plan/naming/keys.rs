//! The keys of names in `vendor.toml` and `names.toml`.

use crate::ir::{ClientSetting, Server};
use crate::plan::server_urls::with_defaults;

/// Returns the key of the builder's method that sets the credentials of a scheme.
pub fn scheme_key(scheme: &str) -> String {
    format!("scheme {scheme}")
}

/// Returns the key of the builder's method that sets the client's id and secret for a scheme.
pub fn token_key(scheme: &str) -> String {
    format!("token {scheme}")
}

/// Returns the key of the builder's method that sets a parameter of token requests for a scheme.
pub fn token_parameter_key(parameter: &str, scheme: &str) -> String {
    format!("{parameter} {scheme}")
}

/// Returns the key of the builder's method that sets the server with this URL.
pub fn server_key(url: &str) -> String {
    format!("server {url}")
}

/// Returns the key of the builder's method that sets one of a list of servers that starts with
/// `first`.
pub fn server_list_key(first: &Server) -> String {
    server_key(&with_defaults(first))
}

/// Returns the key of the builder's method that sets a parameter of all calls.
pub fn setting_name_key(setting: &ClientSetting) -> String {
    format!("setting {}", setting.key())
}
