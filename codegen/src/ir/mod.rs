//! What the API says, in terms of no description format and no programming language: plain data,
//! made by `lower`, read by `plan`. Snapshots show it.

mod auth;
mod errors;
mod operation;
mod types;

pub use auth::{ApiKeyIn, Flow, Requirement, Scheme, SecurityScheme, TokenRequest, TokenSource};
pub use errors::{Cause, ErrorCatalogue, ErrorCode, ErrorTrigger, Subject};
pub use operation::{
    Body, Computed, Encoding, Header, IdempotencyKey, Media, MediaKind, Method, Operation,
    OperationName, Parameter, ParameterIn, Response, Segment, Server, ServerVariable, Status,
    Style,
};
pub use types::{
    Constraints, Doc, Enum, EnumValue, Field, Literal, Scalar, Shape, Struct, Tag, Type, TypeDef,
    TypeId, TypeName, Union, Variant,
};

/// One vendor's API.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// `info.description`
    pub description: Option<String>,
    /// The root's servers.
    pub servers: Vec<Server>,
    /// Named ways to authenticate, in the order of the source.
    pub schemes: Vec<SecurityScheme>,
    /// Every named type; a [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// The operations, sorted by path and method.
    pub operations: Vec<Operation>,
    /// The vendor's error codes, where a rule in `vendor.toml` says how to find them.
    pub errors: Option<ErrorCatalogue>,
}
