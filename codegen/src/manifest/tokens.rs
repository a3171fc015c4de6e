//! `[tokens]`: how a token is fetched, where the document does not declare it or deviates from RFC
//! 6749.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// How a token for a security scheme is fetched with a client's id and secret. Keys that are not set
/// default to what the document declares, then to RFC 6749 §4.4.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tokens {
    /// The operation that returns the token: `"POST /oauth/token"`.
    pub operation: Option<String>,
    /// The format of the request body.
    pub body: Option<BodyKind>,
    /// The field of the request body that holds the client's id.
    pub id: Option<String>,
    /// The field of the request body that holds the client's secret.
    pub secret: Option<String>,
    /// How the id and the secret are encoded, if they are sent in the `Authorization` header.
    pub basic: Option<BasicEncoding>,
    /// Fields of the request body with fixed values.
    pub constants: BTreeMap<String, String>,
    /// The header that carries the client's id in every request that carries a token.
    pub id_header: Option<String>,
    /// The path of the token in the response: field names separated by dots.
    pub token: Option<String>,
    /// The path of the token's lifetime in seconds in the response.
    pub lifetime: Option<String>,
}

/// How a client's id and secret are encoded in the `Authorization` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BasicEncoding {
    /// Form-encoded (RFC 6749 §2.3.1).
    Form,
    /// Unchanged (RFC 7617 §2), for servers that do not decode them.
    Plain,
}

/// The format of the body of a token request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// `application/x-www-form-urlencoded`
    Form,
    /// `application/json`
    Json,
}
