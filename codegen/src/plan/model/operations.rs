//! Operations, their responses, and the vendor's error codes.

use super::{Body, DocText, IdempotencyKey, Limit, Name, Pagination, RustType, Sample};
use crate::ir;
use crate::manifest::Algorithm;

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The client's method.
    pub method: Name,
    /// The request's type.
    pub request: Name,
    /// The static that describes it.
    pub constant: Name,
    /// The file it stands in, without `.rs`.
    pub file: Name,
    /// The HTTP method.
    pub http: ir::Method,
    /// The path template.
    pub template: String,
    /// The method's documentation.
    pub doc: DocText,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
    /// What every call needs, in the order of the arguments; the body comes last.
    pub arguments: Vec<Argument>,
    /// What a call may add.
    pub options: Vec<Argument>,
    /// The request body.
    pub body: Option<Body>,
    /// What the request asks for in `Accept`.
    pub accept: Option<String>,
    /// Declared success statuses.
    pub success: Vec<ir::Status>,
    /// What a success becomes.
    pub output: Output,
    /// Methods that ask for a success in another media type than the one that is read by itself.
    pub accept_variants: Vec<AcceptVariant>,
    /// The struct of headers; none where no response declares any.
    pub headers: Option<Headers>,
    /// What it needs to authenticate: alternatives of schemes that are needed together.
    pub security: Vec<Vec<Name>>,
    /// Whether its requests are signed.
    pub signed: bool,
    /// The algorithms of the digests that its bodies are sent with.
    pub digest: Vec<Algorithm>,
    /// Its idempotency key.
    pub idempotency: Option<IdempotencyKey>,
    /// The static of the server of its own.
    pub server: Option<Name>,
    /// Whether a scheme's token is fetched with it.
    pub gives_token: bool,
    /// What is asked of its parameters, and of its body as a whole.
    pub limits: Vec<Limit>,
    /// The vendor's codes that it responds with, as far as the description names them; nothing where it
    /// names none at all.
    pub error_codes: Option<Vec<Name>>,
    /// The enum of errors; none where the description declares no error and no code.
    pub errors: Option<ResponseEnum>,
    /// How every page is read, where it is a list that comes in pages.
    pub pagination: Option<Pagination>,
    /// What a request may look like.
    pub sample: Option<Sample>,
}

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name in Rust.
    pub name: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: ir::ParameterIn,
    /// Its type.
    pub ty: RustType,
    /// How its value is written.
    pub style: ir::Style,
    /// `explode`
    pub explode: bool,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// What it is written as instead of by style.
    pub content: Option<Content>,
    /// Its documentation.
    pub doc: DocText,
}

/// A media type that a parameter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// One JSON text.
    Json,
    /// The text of one form.
    Form,
}

/// The headers that an operation's responses declare.
#[derive(Debug, Clone, PartialEq)]
pub struct Headers {
    /// The struct's name.
    pub name: Name,
    /// Its fields.
    pub fields: Vec<HeaderField>,
}

/// A header of a response. It may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderField {
    /// Its name in Rust.
    pub name: Name,
    /// Its name on the wire.
    pub wire: String,
    /// The type of its value, or of each where it is a list.
    pub ty: RustType,
    /// Whether it holds several values.
    pub list: bool,
    /// Its documentation.
    pub doc: DocText,
}

/// What a response's body becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// JSON of a type.
    Json(RustType),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A stream of events, with JSON of a type in each or, without one, text.
    Events(Option<RustType>),
    /// Nothing.
    Empty,
    /// One of several, by status.
    OneOf(ResponseEnum),
}

/// A method that asks for a success in a media type of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptVariant {
    /// The request's method.
    pub method: Name,
    /// What it asks for in `Accept`.
    pub content_type: String,
    /// What the body becomes; it is never empty.
    pub body: ResponseBody,
    /// Its documentation.
    pub doc: DocText,
}

/// An enum of responses by status.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseEnum {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// Its variants.
    pub variants: Vec<ResponseVariant>,
    /// Where error bodies carry the vendor's code, one location after the other; empty for successes.
    pub code_at: Vec<String>,
}

/// One response.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseVariant {
    /// Its name.
    pub name: Name,
    /// The statuses it stands for.
    pub status: ir::Status,
    /// What its body becomes; never [`Output::OneOf`].
    pub body: ResponseBody,
    /// Its documentation.
    pub doc: DocText,
}

/// What one response's body becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseBody {
    /// JSON of a type.
    Json(RustType),
    /// Whatever comes, offered as a type where it reads as one.
    Untyped(RustType),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing.
    Empty,
}

/// The vendor's error codes.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorCodes {
    /// The member of an error body that carries the code.
    pub field: String,
    /// The enum's name.
    pub name: Name,
    /// The codes, sorted by wire text.
    pub codes: Vec<Code>,
    /// The variant that holds a code the description does not list.
    pub other: Name,
}

/// An error code.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The variant's name.
    pub name: Name,
    /// Its text on the wire.
    pub wire: String,
    /// Its documentation.
    pub doc: DocText,
    /// Its messages.
    pub messages: Vec<String>,
    /// Its statuses.
    pub statuses: Vec<u16>,
    /// What raises it: operation (method name), location, path of the field, why.
    pub causes: Vec<CodeCause>,
}

/// What raises an error code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeCause {
    /// The client's method.
    pub operation: String,
    /// Where the field stands.
    pub location: RequestLocation,
    /// The parameter, or the dotted path of the member.
    pub field: String,
    /// `missing`, `invalid` or the word of the vendor's rule.
    pub why: String,
}

/// Where a cause's field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequestLocation {
    /// A parameter.
    Parameter(ir::ParameterIn),
    /// The request body.
    Body,
}
