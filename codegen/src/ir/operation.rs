//! Operations, their parameters, bodies and responses.

use std::fmt;

use super::{Constraints, Doc, ErrorFields, ErrorTrigger, Literal, Pagination, Requirement, Type};
use crate::manifest::matches_operation;
use crate::method::Method;
use crate::style::Style;

/// One method on one path.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The source of its name.
    pub name: OperationName,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: Vec<Segment>,
    /// The path as in the document, such as `/deliver/persons/{id}`.
    pub template: String,
    /// `tags`
    pub tags: Vec<String>,
    /// Where the client has it. `None`: it is a method of the client.
    pub resource: Option<ResourceMethod>,
    /// `summary` (or the page's title) and `description` (or the page's).
    pub doc: Doc,
    /// The URL of the documentation page, for the generated docs.
    pub link: Option<String>,
    /// The parameters of the path item and of the operation, merged. Ordered: path, query, header,
    /// cookie.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, ordered: status codes, ranges, `default`.
    pub responses: Vec<Response>,
    /// Where its error bodies have a code and a message.
    pub error_fields: ErrorFields,
    /// The alternative (OR) security requirements, inherited ones included. Empty: none needed.
    pub security: Vec<Requirement>,
    /// Whether it is declared to need no credentials, or issues tokens: credentials for every call are
    /// not sent to it.
    pub is_public: bool,
    /// Headers that the client computes for each request.
    pub computed: ComputedHeaders,
    /// Whether its requests may be sent again because they only read, whatever the method.
    pub repeatable: bool,
    /// How the pages of the list that it returns are requested.
    pub pagination: Option<Pagination>,
    /// Servers of the operation or of its path item. Empty: those of the API.
    pub servers: Vec<Server>,
    /// JSON pointer into the normalised document.
    pub pointer: String,
}

impl Operation {
    /// Returns its key in `vendor.toml`, such as `GET /orders`.
    pub fn key(&self) -> String {
        format!("{} {}", self.method.name(), self.template)
    }

    /// Whether `vendor.toml` means this operation by a pattern such as `POST /orders` or `POST /v1/*`.
    pub fn is_named(&self, pattern: &str) -> bool {
        matches_operation(pattern, &self.key())
    }

    /// Returns whether a body in this media type is a patch: it changes the fields that it has, and
    /// `null` removes the value of one. A JSON Patch (RFC 6902) is a list of operations instead.
    pub fn is_patch(&self, media: &Media) -> bool {
        let is_type = |name: &str| media.content_type.starts_with(name);
        is_type("application/merge-patch+json")
            || (self.method == Method::Patch && !is_type("application/json-patch+json"))
    }

    /// Splits the responses into successes and errors.
    pub fn split_responses(&self) -> (Vec<&Response>, Vec<&Response>) {
        let class = |response: &Response| match response.status {
            Status::Code(code) => Some(code / 100),
            Status::Range(digit) => Some(u16::from(digit)),
            Status::Default => None,
        };
        let has_class = |wanted: u16| self.responses.iter().any(|it| class(it) == Some(wanted));
        let (has_2xx, has_3xx) = (has_class(2), has_class(3));
        let is_success = |response: &&Response| match class(response) {
            Some(2) => true,
            // A redirect is the expected result of an operation that declares no other success.
            Some(1 | 3) => !has_2xx,
            Some(_) => false,
            None => !has_2xx && !has_3xx,
        };
        let successes = self.responses.iter().filter(is_success).collect();
        // The default response applies to errors even if it applies to successes too.
        let is_error = |response: &&Response| class(response).is_none() || !is_success(response);
        let errors = self.responses.iter().filter(is_error).collect();
        (successes, errors)
    }

    /// Returns the parameter with this location and name. Header names are compared without case.
    pub fn parameter(&self, location: ParameterIn, wire: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|it| it.is(location, wire))
    }

    /// Calls `f` for the type of each parameter, body, response and response header, for
    /// modification.
    pub fn for_each_type_mut(&mut self, f: &mut dyn FnMut(&mut Type)) {
        self.parameters.iter_mut().for_each(|p| f(&mut p.ty));
        self.body.iter_mut().flat_map(|body| &mut body.media).for_each(|m| f(&mut m.ty));
        for response in &mut self.responses {
            response.media.iter_mut().for_each(|m| f(&mut m.ty));
            response.headers.iter_mut().for_each(|h| f(&mut h.ty));
        }
    }
}

/// Headers that a client computes for each request, configured in `vendor.toml` or inferred from
/// the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComputedHeaders {
    /// `Signature` and `Signature-Input`
    pub signature: bool,
    /// `Content-Digest`
    pub digest: bool,
    /// Where the idempotency key is sent.
    pub idempotency: Option<IdempotencyKey>,
}

/// Where an operation's idempotency key is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdempotencyKey {
    /// The headers that carry the key; all of them carry the same one.
    pub headers: Vec<String>,
    /// The property of the request body that carries it, too.
    pub field: Option<String>,
}

/// A method of a resource: `customers().subscriptions().list()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceMethod {
    /// The names of the resource and of those around it, outermost first. Empty: the client.
    pub resource: Vec<String>,
    /// The method's name, which differs from those of all others of the resource.
    pub method: String,
}

impl fmt::Display for ResourceMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for resource in &self.resource {
            write!(f, "{resource}.")?;
        }
        f.write_str(&self.method)
    }
}

/// The source of an operation's name, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationName {
    /// `operationId`
    Id(String),
    /// The title of its documentation page, or its `summary`, which serves as such a title.
    Title(String),
    /// Method and path, if it has neither.
    MethodAndPath,
}

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Literal text, slashes included.
    Literal(String),
    /// The name of a path parameter.
    Parameter(String),
}

/// Where a parameter is sent: its `in`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are OpenAPI's own")]
pub enum ParameterIn {
    Path,
    Query,
    Header,
    Cookie,
}

impl ParameterIn {
    /// Returns the value of `in`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// `in`
    pub location: ParameterIn,
    /// Whether the caller must pass it.
    pub required: bool,
    /// Whether the client computes it if the caller does not pass it.
    pub computed: bool,
    /// Its type.
    pub ty: Type,
    /// `style`
    pub style: Style,
    /// `explode`
    pub explode: bool,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// The media type of a parameter with `content`; `style` and `explode` do not apply then.
    pub content: Option<MediaKind>,
    /// Whether it is a [`ClientSetting`](super::ClientSetting).
    pub is_setting: bool,
    /// Its only value, which the client writes: a string or an integer.
    pub constant: Option<Literal>,
    /// `default`
    pub default: Option<Literal>,
    /// The constraints of its schema.
    pub constraints: Constraints,
    /// A sample value that the schema allows.
    pub sample: Option<serde_json::Value>,
    /// The errors that the server raises if it is missing or invalid.
    pub error_triggers: Vec<ErrorTrigger>,
    /// Its documentation.
    pub doc: Doc,
}

impl Parameter {
    /// Whether it has this location and name. Header names are compared without case.
    pub fn is(&self, location: ParameterIn, wire: &str) -> bool {
        self.location == location
            && match location {
                ParameterIn::Header => self.wire.eq_ignore_ascii_case(wire),
                ParameterIn::Path | ParameterIn::Query | ParameterIn::Cookie => self.wire == wire,
            }
    }
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Whether the caller must pass it.
    pub required: bool,
    /// Whether it has no properties, so that the client sends an empty object.
    pub is_empty: bool,
    /// `description`
    pub description: Option<String>,
    /// The media types it can be sent in, the preferred one first.
    pub media: Vec<Media>,
}

/// One media type of a body or response.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// The media type as in the document, such as `application/json; charset=utf-8`.
    pub content_type: String,
    /// How the body is encoded and decoded.
    pub kind: MediaKind,
    /// The type, [`Type::Any`] if the document has no schema for it.
    pub ty: Type,
    /// Constraints on the body as a whole.
    pub constraints: Constraints,
    /// The errors that the server raises if the body as a whole is invalid.
    pub error_triggers: Vec<ErrorTrigger>,
    /// How single properties of a form or multipart body are encoded.
    pub encoding: Vec<Encoding>,
    /// The values of all examples, in the order of the document.
    pub examples: Vec<serde_json::Value>,
    /// In a request, a sample value that the schema allows.
    pub sample: Option<serde_json::Value>,
}

/// How a media type is encoded and decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaKind {
    /// `application/json`, `text/json`, `*/*+json`
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/*`
    Multipart,
    /// `text/plain` and other text
    Text,
    /// Any other media type
    Bytes,
    /// `text/event-stream`
    Events,
}

/// The `encoding` of one property.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoding {
    /// The property's name.
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

/// The statuses that a response is declared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// A range such as `4XX`, by its first digit.
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
    /// The media types its body may have. Empty: it has no body.
    pub media: Vec<Media>,
    /// The declared headers.
    pub headers: Vec<Header>,
}

impl Response {
    /// Returns the media types that the client reads by default; the first one determines the type
    /// of the body. JSON takes precedence (all JSON media types of the same schema), then text, then
    /// anything else as bytes.
    pub fn read_media(&self) -> Vec<&Media> {
        let of_kind = |kind: MediaKind| self.media.iter().find(|m| m.kind == kind);
        let Some(first) =
            of_kind(MediaKind::Json).or_else(|| of_kind(MediaKind::Text)).or(self.media.first())
        else {
            return Vec::new();
        };
        let is_read = |media: &&Media| match first.kind {
            MediaKind::Json => media.kind == MediaKind::Json && media.ty == first.ty,
            MediaKind::Text => media.kind == MediaKind::Text,
            MediaKind::Form | MediaKind::Multipart | MediaKind::Bytes | MediaKind::Events => true,
        };
        self.media.iter().filter(is_read).collect()
    }
}

/// A declared header of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name.
    pub wire: String,
    /// Whether every response has it.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// Its documentation.
    pub doc: Doc,
}

/// A server.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The URL, in which `{name}` stands for a variable.
    pub url: String,
    /// `name`
    pub name: Option<String>,
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
    /// `default`
    pub default: String,
    /// The values it may have (`enum`). Empty: any.
    pub values: Vec<String>,
    /// `description`
    pub description: Option<String>,
}
