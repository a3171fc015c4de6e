//! How a token is fetched, where a description does not say it or departs from RFC 6749.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How a token for a security scheme is fetched with a client's id and secret. What is left out is
/// taken from the description, then from RFC 6749 §4.4.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tokens {
    /// The operation that gives it: `"POST /oauth/token"`.
    pub operation: Option<String>,
    /// How the body is written.
    pub body: Option<BodyKind>,
    /// The member of the body that holds the client's id.
    pub id: Option<String>,
    /// The member of the body that holds its secret.
    pub secret: Option<String>,
    /// Members of the body that are always the same.
    pub constants: BTreeMap<String, String>,
    /// The header that carries the client's id beside the token, in every request that carries one.
    pub id_header: Option<String>,
    /// Where the token stands in the response: members with dots between them.
    pub token: Option<String>,
    /// Where its lifetime in seconds stands, likewise.
    pub lifetime: Option<String>,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// `application/x-www-form-urlencoded`
    Form,
    /// JSON
    Json,
}
