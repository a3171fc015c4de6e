//! Operations, their responses, and the vendor's error codes.

use super::{Argument, Body, CallPath, DocText, IdempotencyKey, Limit, Pagination, Sample};
use crate::ir;
use crate::plan::naming::Name;
use crate::plan::rust_type::RustType;

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Its name, which differs from those of all others. Other names follow from it.
    pub method: Name,
    /// How callers reach it.
    pub call: CallPath,
    /// The name of the request type.
    pub request: Name,
    /// The name of the static of type `runtime::Operation` that defines it.
    pub constant: Name,
    /// The file of its resource or tag, which may be divided.
    pub group: Name,
    /// The source file that contains it, without `.rs`.
    pub file: Name,
    /// The HTTP method.
    pub http: ir::Method,
    /// The path template.
    pub template: String,
    /// The method's documentation.
    pub doc: DocText,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The required parameters, in the order of the arguments; the body comes last.
    pub arguments: Vec<Argument>,
    /// The parameters that have a constant value, which the client sends by itself.
    pub constants: Vec<Argument>,
    /// The statics of the client's settings that it requires.
    pub settings: Vec<Name>,
    /// The optional parameters, and the settings and constants that callers can replace.
    pub options: Vec<Argument>,
    /// The request body.
    pub body: Option<Body>,
    /// The fields of the body that a method of the request sets to `null`.
    pub clears: Vec<Clear>,
    /// The value of the header `Accept`.
    pub accept: Option<String>,
    /// The declared success statuses.
    pub success: Vec<ir::Status>,
    /// The type that the body of a success response is decoded as.
    pub output: Output,
    /// Methods of the request that accept another media type than the default one.
    pub accept_variants: Vec<AcceptVariant>,
    /// The struct of response headers; `None` if no response declares any.
    pub headers: Option<Headers>,
    /// The security requirements: alternatives, each a set of schemes that are needed together.
    pub security: Vec<Vec<Name>>,
    /// Whether credentials for every call are not sent to it.
    pub is_public: bool,
    /// Whether its requests are signed.
    pub signed: bool,
    /// The algorithms of the digests of its request body, as variants of the runtime's enum.
    pub digest: Vec<&'static str>,
    /// Its idempotency key.
    pub idempotency: Option<IdempotencyKey>,
    /// Whether its requests may be sent again because they only read.
    pub repeatable: bool,
    /// The name of the static of its own server, if it does not use the API's.
    pub server: Option<Name>,
    /// The visibility of the static.
    pub visibility: Visibility,
    /// The lifetime of the request that the client's method returns.
    pub method_lifetime: Lifetime,
    /// The lifetime of the request in the `impl` of its methods.
    pub impl_lifetime: Lifetime,
    /// Whether the client's method has more arguments than clippy accepts.
    pub has_many_arguments: bool,
    /// The limits on its parameters, and on its body as a whole.
    pub limits: Vec<Limit>,
    /// The error codes that it is documented to return; `None` if the API has no error codes.
    pub error_codes: Option<Vec<Name>>,
    /// The enum of error responses; `None` if neither an error response nor an error code is declared.
    pub errors: Option<ResponseEnum>,
    /// The shared enum that `errors` is an alias of, if other operations have the same errors.
    pub shared_errors: Option<Name>,
    /// How the pages are requested, if it returns a paginated list.
    pub pagination: Option<Pagination>,
    /// A sample request.
    pub sample: Option<Sample>,
}

/// A field of a request body that a method of the request sets to `null`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clear {
    /// The method's name.
    pub method: Name,
    /// The field's name on the wire.
    pub wire: String,
}

/// The visibility of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Its own module.
    Private,
    /// `pub(super)`
    Parent,
    /// `pub(in super::super)`
    Grandparent,
}

/// How code names the lifetime of what a request borrows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// `'_`
    Elided,
    /// `'a`, since two places have the same one.
    Named,
}

/// The headers that an operation's responses declare.
#[derive(Debug, Clone, PartialEq)]
pub struct Headers {
    /// The struct's name.
    pub name: Name,
    /// Its fields.
    pub fields: Vec<HeaderField>,
}

/// A header of a response, which may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderField {
    /// Its name in Rust.
    pub name: Name,
    /// Its name on the wire.
    pub wire: String,
    /// The type of its value, or of its items if it is a list.
    pub ty: RustType,
    /// Whether it is a comma-separated list.
    pub list: bool,
    /// Its documentation.
    pub doc: DocText,
}

/// The type that the body of a success response is decoded as.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// JSON of a type.
    Json(RustType),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A stream of events, each with JSON of a type or, without a type, text.
    Events(Option<RustType>),
    /// No body.
    Empty,
    /// One of several bodies, selected by status.
    OneOf(ResponseEnum),
}

/// A method of the request that accepts one media type of the response, such as `send_for_csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptVariant {
    /// The name of the method.
    pub method: Name,
    /// The value of the header `Accept`.
    pub content_type: String,
    /// The type that the body is decoded as; never [`ResponseBody::Empty`].
    pub body: ResponseBody,
    /// Its documentation.
    pub doc: DocText,
}

/// An enum of responses by status.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseEnum {
    /// Its name.
    pub name: Name,
    /// Its variants.
    pub variants: Vec<ResponseVariant>,
    /// The locations of the code in an error body, in the order of lookup; `None` if they are unknown.
    pub code_at: Option<Vec<String>>,
    /// Whether the code is one of those that the API documents.
    pub has_known_codes: bool,
    /// The locations of the message in an error body, like `code_at`.
    pub message_at: Option<Vec<String>>,
}

/// A variant of an enum of responses.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseVariant {
    /// Its name.
    pub name: Name,
    /// The status that selects it.
    pub status: ir::Status,
    /// The type that the body is decoded as.
    pub body: ResponseBody,
    /// Its documentation.
    pub doc: DocText,
    /// Whether its documentation contains more than the status.
    pub has_description: bool,
}

/// The type that the body of a response is decoded as.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseBody {
    /// JSON of a type.
    Json(RustType),
    /// Untyped JSON, which can be converted to a type if it matches.
    Untyped(RustType),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// No body.
    Empty,
}

/// The API's error codes.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorCodes {
    /// The enum's name.
    pub name: Name,
    /// The codes, sorted by their text on the wire.
    pub codes: Vec<Code>,
    /// The variant for any other code.
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
    /// The messages that are documented for it.
    pub messages: Vec<String>,
    /// The statuses that are documented for it.
    pub statuses: Vec<u16>,
    /// The invalid or missing values that cause it.
    pub causes: Vec<CodeCause>,
}

/// A value in a request that causes an error code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeCause {
    /// The name of the client's method.
    pub operation: String,
    /// Where in the request the value is.
    pub location: RequestLocation,
    /// The name of the parameter, or the dotted path of the field.
    pub field: String,
    /// What is wrong with it: `missing`, `invalid`, or a kind named in `vendor.toml`.
    pub kind: String,
}

/// Where in a request a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequestLocation {
    /// A parameter.
    Parameter(ir::ParameterIn),
    /// The request body.
    Body,
}
