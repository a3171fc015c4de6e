//! The environment variables that a client can be built from.

use super::DocText;
use crate::plan::naming::Name;

/// The environment variables that a client can be built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The variable with the base URL.
    pub base_url: String,
    /// The URL if that is not set: the first server of the document.
    pub default: Option<String>,
    /// The variables with credentials.
    pub credentials: Vec<EnvCredential>,
    /// The documentation of the method that reads them.
    pub doc: DocText,
}

/// The variables with the credentials of a security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvCredential {
    /// The static of the scheme. If `None`, the credentials are for every call.
    pub scheme: Option<Name>,
    /// The variables.
    pub variables: EnvVariables,
}

/// The names of variables with credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvVariables {
    /// A key or token.
    Key(String),
    /// A user name and a password.
    User(String, String),
    /// A client's id and secret.
    Client(String, String),
}
