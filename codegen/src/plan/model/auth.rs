//! Authentication and servers.

use super::{DocText, Name};

/// A security scheme that callers can give credentials for.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// The static that describes it.
    pub constant: Name,
    /// Its key in the description.
    pub key: String,
    /// Where its credentials go.
    pub credential: Credential,
    /// The builder's method that takes them.
    pub setter: Name,
    /// That method's documentation.
    pub doc: DocText,
    /// How the client gets a token by itself.
    pub token: Option<Token>,
}

/// Where credentials go.
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

/// How a client gets a token by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// The static that describes the request.
    pub constant: Name,
    /// What is called.
    pub operation: TokenOperation,
    /// Which of its media types the body is written as.
    pub media: usize,
    /// The members of the body that hold the id and the secret; else they go into a header.
    pub client: Option<(String, String)>,
    /// Members of the body that are always the same.
    pub constants: Vec<(String, String)>,
    /// The header that carries the client's id beside the token.
    pub id_header: Option<String>,
    /// The member of the body that holds the scopes, and the builder's method that takes them.
    pub scope: Option<(String, Name)>,
    /// The members of the response that lead to the token.
    pub token: Vec<String>,
    /// The members of the response that lead to its lifetime.
    pub lifetime: Vec<String>,
    /// The builder's method that takes the id and the secret.
    pub setter: Name,
    /// That method's documentation.
    pub doc: DocText,
}

/// What is called for a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenOperation {
    /// The operation of this static.
    Described(Name),
    /// One that the API does not describe.
    Own {
        /// What errors call it.
        name: String,
        /// Its path.
        path: String,
        /// Whether its body is JSON instead of a form.
        json: bool,
        /// The static of its server.
        server: Name,
    },
}

/// A server that some operations have of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationServer {
    /// The static that describes it.
    pub constant: Name,
    /// The builder's method that sets its URL.
    pub setter: Name,
    /// That method's documentation.
    pub doc: DocText,
    /// The URLs that hold otherwise: see the runtime's type of the same name.
    pub urls: Vec<String>,
}

/// A server of the root.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The variant's name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// The URL's pieces.
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
    /// The enum of its values; text where the description lists none.
    pub values: Option<Name>,
}

/// The values that a server's variable may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerValues {
    /// The enum's name.
    pub name: Name,
    /// The variable, as the description calls it.
    pub wire: String,
    /// The variants with their text in the URL.
    pub values: Vec<(Name, String)>,
    /// The position of the usual one.
    pub default: Option<usize>,
}

/// A piece of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPiece {
    /// Text as it stands.
    Literal(String),
    /// The value of a variable, by its field's name.
    Variable(Name),
}
