//! The types that a plan consists of: plain data.

mod auth;
mod bodies;
mod files;
mod limits;
mod mocks;
mod operations;
mod pagination;
mod retry;
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
pub use files::{FileContent, Module, Modules, SourceFile, Use};
pub use limits::{Limit, LimitTarget, RaisedCode};
pub use mocks::{Mock, MockBody};
pub use operations::{
    AcceptVariant, Argument, Code, CodeCause, Content, ErrorCodes, HeaderField, Headers, Lifetime,
    Operation, Output, RequestLocation, ResponseBody, ResponseEnum, ResponseVariant, Visibility,
};
pub use pagination::{PageBy, Pagination, Step};
pub use retry::RetryHeader;
pub use samples::{Expr, Sample, SampleBody};
pub use signing::{
    IdempotencyKey, ProfileSetting, SettingChoice, SettingMethod, SettingType, SignatureParameter,
    SignedComponent, Signing,
};
pub use types::{
    Construction, Enum, EnumValues, Field, Presence, Struct, TypeItem, Union, Variant,
};
pub use webhooks::{SignedPart, WebhookScheme, WebhookSetting, Webhooks};

use super::naming::{Name, NameConflict};
use super::rust_type::RustType;
use crate::manifest::Names;

/// The plan for one vendor's module.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The module's name.
    pub module: String,
    /// The API's title.
    pub title: String,
    /// The module's documentation.
    pub doc: DocText,
    /// Every file of the module but its root.
    pub files: Vec<SourceFile>,
    /// The modules of the root file, and what it exports.
    pub root: Modules,
    /// Whether the client's builder has methods of its own. Otherwise it is the runtime's.
    pub has_builder: bool,
    /// The servers of the document's root.
    pub servers: Vec<Server>,
    /// The enums of their variables' values.
    pub server_values: Vec<ServerValues>,
    /// The servers that only some operations use.
    pub operation_servers: Vec<OperationServer>,
    /// The security schemes that callers can set credentials for.
    pub schemes: Vec<Scheme>,
    /// How requests are signed.
    pub signing: Option<Signing>,
    /// The headers, other than `Retry-After`, that say when to retry.
    pub retry_headers: Vec<RetryHeader>,
    /// How webhooks are received.
    pub webhooks: Option<Webhooks>,
    /// The runtime features that the module needs.
    pub runtime_features: Vec<&'static str>,
    /// The named types, sorted by name.
    pub types: Vec<TypeItem>,
    /// The operations, in the order of the API.
    pub operations: Vec<Operation>,
    /// The operations of the mock server, for tests.
    pub mocks: Vec<Mock>,
    /// The API's error codes.
    pub error_codes: Option<ErrorCodes>,
    /// The names of the types, by their index in the API; `None` for aliases.
    pub type_names: Vec<Option<Name>>,
    /// The names to record, since a change of the input could change them.
    pub names: Names,
    /// A sentence for each name that differs from the recorded one.
    pub renamed: Vec<String>,
    /// The operations that have the same id or title.
    pub name_conflicts: Vec<NameConflict>,
    /// The type of each component, by its key; for tests and tools.
    pub components: BTreeMap<String, RustType>,
}

/// The lines of a doc comment, without the leading space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocText(pub Vec<String>);
