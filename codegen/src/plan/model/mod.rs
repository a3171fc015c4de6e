//! What a plan is made of: plain data.

mod auth;
mod bodies;
mod limits;
mod mocks;
mod operations;
mod pagination;
mod samples;
mod signing;
mod types;
mod webhooks;

use std::collections::BTreeMap;

pub use auth::{
    Credential, OperationServer, Scheme, Server, ServerValues, ServerVariable, Token,
    TokenOperation, UrlPiece,
};
pub use bodies::{Body, BodyEnum, BodyMedia, BodyType, BodyVariant, FieldEncoding, FormField};
pub use limits::{Limit, LimitTarget, RaisedCode};
pub use mocks::{Mock, MockBody};
pub use operations::{
    AcceptVariant, Argument, Code, CodeCause, Content, ErrorCodes, HeaderField, Headers, Operation,
    Output, RequestLocation, ResponseBody, ResponseEnum, ResponseVariant,
};
pub use pagination::{PageBy, Pagination, Step};
pub use samples::{Expr, Sample, SampleBody};
pub use signing::{Choice, IdempotencyKey, SettingMethod, Signing};
pub use types::{Construction, Enum, EnumValues, Field, Item, Mode, Struct, Union, Variant};
pub use webhooks::Webhooks;

use super::names::Name;
use super::rust_type::RustType;
use crate::manifest::{Names, RetryHeader};

/// One vendor's module, decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The module's name.
    pub module: String,
    /// The vendor's name for people.
    pub title: String,
    /// The module's documentation.
    pub doc: DocText,
    /// The root's servers.
    pub servers: Vec<Server>,
    /// The enums of their variables' values.
    pub server_values: Vec<ServerValues>,
    /// Servers that some operations have of their own.
    pub operation_servers: Vec<OperationServer>,
    /// The security schemes that callers can give credentials for.
    pub schemes: Vec<Scheme>,
    /// How requests are signed.
    pub signing: Option<Signing>,
    /// The headers that say how long to wait, beside `Retry-After`.
    pub retry_headers: Vec<RetryHeader>,
    /// How webhooks are received.
    pub webhooks: Option<Webhooks>,
    /// The features of the runtime that the module needs.
    pub runtime_features: Vec<&'static str>,
    /// Named types, sorted by name.
    pub types: Vec<Item>,
    /// Operations, in the order of the API.
    pub operations: Vec<Operation>,
    /// What stands in for the operations in tests.
    pub mocks: Vec<Mock>,
    /// The vendor's error codes.
    pub error_codes: Option<ErrorCodes>,
    /// The names of the types, by their position in the API; aliases have none.
    pub type_names: Vec<Option<Name>>,
    /// The names that another page could change, to be recorded.
    pub names: Names,
    /// What is called otherwise than was recorded, a sentence each.
    pub renamed: Vec<String>,
    /// Types a test or tool can look up by component key, to find what a schema became.
    pub components: BTreeMap<String, RustType>,
}

/// Lines of a doc comment, each without its leading blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocText(pub Vec<String>);
