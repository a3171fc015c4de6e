//! Ways to authenticate.

/// A named security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// Its key under `components.securitySchemes`.
    pub name: String,
    /// `description`
    pub description: Option<String>,
    /// What it is.
    pub scheme: Scheme,
    /// How a client gets a token for it by itself.
    pub token: Option<TokenRequest>,
}

/// How a token is asked for with a client's id and secret, where that is known in full.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenRequest {
    /// What is called.
    pub source: TokenSource,
    /// The media type of the body; `None` for one without a body.
    pub content_type: Option<String>,
    /// The members of the body that hold the id and the secret; else they go into the header
    /// `Authorization` (RFC 6749 §2.3.1).
    pub client: Option<(String, String)>,
    /// Members of the body that are always the same.
    pub constants: Vec<(String, String)>,
    /// The header that carries the client's id beside the token.
    pub id_header: Option<String>,
    /// The member of the body that holds the scopes asked for.
    pub scope: Option<String>,
    /// The members of the response that lead to the token.
    pub token: Vec<String>,
    /// The members of the response that lead to its lifetime in seconds; empty: none is told.
    pub lifetime: Vec<String>,
}

/// What is called for a token.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenSource {
    /// An operation of the API, by its position.
    Operation(usize),
    /// An address that the API does not describe.
    Address(String),
}

/// What a security scheme is.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// A key in a named location.
    ApiKey {
        /// Where it goes.
        location: ApiKeyIn,
        /// The header's, query parameter's or cookie's name.
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
        /// Its flows.
        flows: Vec<Flow>,
    },
    /// OpenID Connect: the caller gets the token.
    OpenIdConnect,
    /// Anything else, by its words in the source.
    Other(String),
}

/// Where an API key goes.
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
    /// Its key, such as `clientCredentials`.
    pub kind: String,
    /// `tokenUrl`
    pub token_url: Option<String>,
    /// `scopes`, name and description.
    pub scopes: Vec<(String, String)>,
}

/// One alternative of a `security` list: all of its schemes are needed (AND). Empty: anonymous.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Requirement {
    /// The schemes' names with the scopes asked of each.
    pub schemes: Vec<(String, Vec<String>)>,
}
