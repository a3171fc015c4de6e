//! Operations, their parameters, bodies and responds.

use super::{Constraints, Doc, ErrorTrigger, Literal, Requirement, Type};

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the names are HTTP's own")]
pub enum Method {
    Delete,
    Get,
    Head,
    Options,
    Patch,
    Post,
    Put,
    Trace,
}

/// One method on one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where its name comes from.
    pub name: OperationName,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: Vec<Segment>,
    /// The path as written, such as `/deliver/persons/{id}`.
    pub template: String,
    /// `tags`
    pub tags: Vec<String>,
    /// `summary` (or the page's title) and `description` (or the page's).
    pub doc: Doc,
    /// The page it was read from, as a link for the documentation.
    pub link: Option<String>,
    /// Parameters of the path item and of the operation, united: path, query, header, cookie.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, sorted: codes, ranges, `default`.
    pub responses: Vec<Response>,
    /// Alternatives (OR) that hold for this operation, inherited ones included; empty: none needed.
    pub security: Vec<Requirement>,
    /// Headers that the client computes for each of its requests.
    pub computed: Computed,
    /// Servers of its own or of its path item; empty: the API's.
    pub servers: Vec<Server>,
    /// JSON pointer into the normalised description.
    pub pointer: String,
}

/// Headers that a client computes for each request, by what `vendor.toml` says of them or the
/// description shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Computed {
    /// `Signature` and `Signature-Input`
    pub signature: bool,
    /// `Content-Digest`
    pub digest: bool,
    /// Those of the idempotency key.
    pub idempotency: Option<IdempotencyKey>,
}

/// How an operation's idempotency key is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The headers that carry it, all of them the same one.
    pub headers: Vec<String>,
    /// Whether the description alone shows it.
    pub inferred: bool,
}

/// Where an operation's name comes from, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationName {
    /// `operationId`
    Id(String),
    /// The title of the page that documents it, or the summary, which is the title of such a page.
    Title(String),
    /// Neither: method and path.
    MethodAndPath,
}

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text as it stands, slashes included.
    Literal(String),
    /// The name of a path parameter.
    Parameter(String),
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are OpenAPI's own")]
pub enum ParameterIn {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a parameter's value is written (OpenAPI 3.0.4, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are OpenAPI's own")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: ParameterIn,
    /// Whether a call is wrong without it.
    pub required: bool,
    /// Whether the client computes it where the caller does not give it.
    pub computed: bool,
    /// Its type.
    pub ty: Type,
    /// How the value is written.
    pub style: Style,
    /// `explode`
    pub explode: bool,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// The media type of a parameter with `content`; then style and explode do not hold.
    pub content: Option<MediaKind>,
    /// `default`
    pub default: Option<Literal>,
    /// Limits the description states.
    pub constraints: Constraints,
    /// A value that the description allows.
    pub sample: Option<serde_json::Value>,
    /// The errors that it causes when it is missing or wrong.
    pub raised: Vec<ErrorTrigger>,
    /// Texts.
    pub doc: Doc,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Whether a call is wrong without it.
    pub required: bool,
    /// `description`
    pub description: Option<String>,
    /// The ways to write it, the preferred one first.
    pub media: Vec<Media>,
}

/// One media type of a body or response.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// As written, such as `application/json; charset=utf-8`.
    pub content_type: String,
    /// What it means for reading and writing.
    pub kind: MediaKind,
    /// The type, [`Type::Any`] where the source gives none.
    pub ty: Type,
    /// Limits the description states for the whole.
    pub constraints: Constraints,
    /// The errors that the whole causes when it is wrong.
    pub raised: Vec<ErrorTrigger>,
    /// How single members of a form or multipart body are written.
    pub encoding: Vec<Encoding>,
    /// Every example's value, in the order of the source.
    pub examples: Vec<serde_json::Value>,
    /// In a request, a value that the description allows.
    pub sample: Option<serde_json::Value>,
}

/// What a media type means for reading and writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaKind {
    /// `application/json`, `text/json`, `*/*+json`
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data` and its kin
    Multipart,
    /// `text/plain` and other text
    Text,
    /// Anything else
    Bytes,
    /// `text/event-stream`
    Events,
}

/// `encoding` of one member.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoding {
    /// The member.
    pub wire: String,
    /// `contentType`
    pub content_type: Option<String>,
    /// `style`
    pub style: Option<Style>,
    /// `explode`
    pub explode: Option<bool>,
    /// `allowReserved`
    pub allow_reserved: bool,
}

/// What a response is declared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status.
    Code(u16),
    /// `4XX`: the first digit.
    Range(u8),
    /// `default`
    Default,
}

/// A response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The statuses it is declared for.
    pub status: Status,
    /// `description`
    pub description: Option<String>,
    /// The media types it may come in; empty: no body.
    pub media: Vec<Media>,
    /// Declared headers.
    pub headers: Vec<Header>,
}

/// A declared header of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name.
    pub wire: String,
    /// Whether it always comes.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// Texts.
    pub doc: Doc,
}

/// A server.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The URL, with `{name}` for variables.
    pub url: String,
    /// `description`
    pub description: Option<String>,
    /// `variables`
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// Its value where none is given.
    pub default: String,
    /// The values it may have; empty: any.
    pub values: Vec<String>,
    /// `description`
    pub description: Option<String>,
}
