//! Security schemes, requirements and token requests.

/// A named security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// Its key under `components.securitySchemes`.
    pub name: String,
    /// `description`
    pub description: Option<String>,
    /// The kind of scheme, with its settings.
    pub scheme: Scheme,
    /// What a key in a header is sent after, if not what the kind of scheme requires.
    pub prefix: Option<String>,
    /// The request with which a client obtains a token for the scheme, if it can.
    pub token: Option<TokenRequest>,
}

/// A token request with a client's ID and secret. Present only if every part of it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenRequest {
    /// The endpoint that issues the token.
    pub source: TokenSource,
    /// The media type of the request body; `None` if there is no body.
    pub content_type: Option<String>,
    /// The body properties that hold the client ID and the client secret. If `None`, both go into
    /// the `Authorization` header (RFC 6749 §2.3.1).
    pub client: Option<(String, String)>,
    /// Whether the `Authorization` header carries the client ID and the client secret without encoding
    /// them as a form first.
    pub plain_basic: bool,
    /// Body properties with a constant value.
    pub constants: Vec<(String, String)>,
    /// The header that carries the client ID beside the token.
    pub id_header: Option<String>,
    /// The body properties that the caller can set, by the parameter of RFC 6749 that each holds,
    /// such as `scope`.
    pub parameters: Vec<(&'static str, String)>,
    /// The path of properties in the response that leads to the token.
    pub token: Vec<String>,
    /// The path of properties in the response that leads to the token's lifetime in seconds. Empty
    /// if the response does not state one.
    pub lifetime: Vec<String>,
}

/// The endpoint that issues a token.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenSource {
    /// An operation of the API (index into [`Api::operations`](super::Api::operations)).
    Operation(usize),
    /// A URL that is not one of the API's operations.
    Url(String),
}

/// The kind of a security scheme, with its settings.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// An API key.
    ApiKey {
        /// Where the key is sent.
        location: ApiKeyIn,
        /// The name of the header, query parameter or cookie.
        wire: String,
    },
    /// `Authorization: Bearer`
    Bearer {
        /// `bearerFormat`, a hint for people.
        format: Option<String>,
    },
    /// `Authorization: Basic`
    Basic,
    /// OAuth 2.0
    OAuth2 {
        /// The flows it supports.
        flows: Vec<Flow>,
    },
    /// OpenID Connect: the caller obtains the token.
    OpenIdConnect,
    /// A certificate of the client (mutual TLS), which the caller sets on the HTTP client.
    MutualTls,
    /// An unsupported kind, as named in the document.
    Other(String),
}

/// Where an API key is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are OpenAPI's own")]
pub enum ApiKeyIn {
    Header,
    Query,
    Cookie,
}

/// An OAuth 2.0 flow.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Its key under `flows`, such as `clientCredentials`.
    pub kind: String,
    /// `tokenUrl`
    pub token_url: Option<String>,
    /// `scopes`: names and descriptions.
    pub scopes: Vec<(String, String)>,
}

/// One alternative of a `security` list: all of its schemes are needed (AND). Without schemes, a
/// request needs no credentials.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Requirement {
    /// The names of the schemes, each with the scopes it requires.
    pub schemes: Vec<(String, Vec<String>)>,
}
