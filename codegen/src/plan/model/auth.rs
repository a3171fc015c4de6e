//! Authentication and servers.

use super::DocText;
use crate::plan::naming::Name;

/// A security scheme that callers can set credentials for.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// The name of the static that defines it.
    pub constant: Name,
    /// Its key in the OpenAPI document.
    pub key: String,
    /// Where its credentials are sent.
    pub credential: Credential,
    /// What a key in a header is sent after, if not what its location requires.
    pub prefix: Option<String>,
    /// The builder's method that sets them.
    pub setter: Name,
    /// The documentation of that method.
    pub doc: DocText,
    /// How the client fetches a token.
    pub token: Option<Token>,
}

/// Where credentials are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A key in this header.
    Header(String),
    /// A key in this query parameter.
    Query(String),
    /// A key in this cookie.
    Cookie(String),
    /// `Authorization: Bearer`
    Bearer,
    /// `Authorization: Basic`
    Basic,
}

/// How a client fetches a token.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// The name of the static that defines the token request.
    pub constant: Name,
    /// The operation that is called.
    pub operation: TokenOperation,
    /// The index of the media type that the request body is written in.
    pub media: usize,
    /// The fields of the request body for the client's id and secret; if `None`, a header carries
    /// both.
    pub client: Option<(String, String)>,
    /// Whether that header carries both without encoding them as a form first.
    pub plain_basic: bool,
    /// Fields of the request body with a constant value.
    pub constants: Vec<(String, String)>,
    /// The header that carries the client's id in addition to the token.
    pub id_header: Option<String>,
    /// The parameters of the request that the caller can set.
    pub parameters: Vec<TokenParameter>,
    /// The path of fields that leads to the token in the response.
    pub token: Vec<String>,
    /// The path of fields that leads to the token's lifetime in the response.
    pub lifetime: Vec<String>,
    /// The builder's method that sets the client's id and secret.
    pub setter: Name,
    /// The documentation of that method.
    pub doc: DocText,
}

/// A parameter of a token request that the caller can set, such as its scopes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenParameter {
    /// The field of the request body.
    pub field: String,
    /// The builder's method that sets it.
    pub setter: Name,
    /// The method's argument.
    pub argument: Name,
    /// The documentation of the method.
    pub doc: DocText,
}

/// The operation that fetches a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenOperation {
    /// An operation of the API, by its static.
    Declared(Name),
    /// An operation that only a URL is known of.
    Synthetic {
        /// The static with its definition.
        constant: Name,
        /// Its name in errors.
        name: String,
        /// Its path.
        path: String,
        /// Whether its body is JSON instead of a form.
        json: bool,
        /// The static of its server.
        server: Name,
    },
}

/// A server that only some operations use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationServer {
    /// The name of the static that defines it.
    pub constant: Name,
    /// The builder's method that sets its URL.
    pub setter: Name,
    /// The documentation of that method.
    pub doc: DocText,
    /// The default URLs: see the runtime's type of the same name.
    pub urls: Vec<String>,
}

/// A server of the document's root.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The variant's name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// The pieces of the URL.
    pub url: Vec<UrlPiece>,
    /// Its variables, as the variant's fields.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// The field's name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// The enum of its values; a string if the document lists no values.
    pub values: Option<Name>,
}

/// The values of a server's variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerValues {
    /// The enum's name.
    pub name: Name,
    /// The name of the variable in the OpenAPI document.
    pub wire: String,
    /// The variants with their text in the URL.
    pub values: Vec<(Name, String)>,
    /// The index of the default value.
    pub default: Option<usize>,
}

/// A piece of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPiece {
    /// Literal text.
    Literal(String),
    /// The value of a variable, by the name of its field.
    Variable(Name),
}
