//! The API as plain data, independent of OpenAPI and of Rust. `lower` builds it, `infer` adds what it
//! concludes, and `plan` reads it.
//! Snapshot tests print it.

mod auth;
mod client_setting;
mod error_fields;
mod error_trigger;
mod errors;
mod inference;
mod operation;
mod pagination;
mod replace_types;
mod string_format;
mod types;
mod usage;

use std::collections::BTreeMap;

pub use crate::method::Method;
pub use crate::style::Style;
pub use auth::{ApiKeyIn, Flow, Requirement, Scheme, SecurityScheme, TokenRequest, TokenSource};
pub use client_setting::{ClientSetting, setting_key};
pub use error_fields::ErrorFields;
pub use error_trigger::ErrorTrigger;
pub use errors::{Cause, CauseTarget, ErrorCatalogue, ErrorCode};
pub use inference::{Conclusion, Evidence, Inference, Meaning, Rejection, State, Subject};
pub use operation::{
    Body, ComputedHeaders, Encoding, Header, IdempotencyKey, Media, MediaKind, Operation,
    OperationName, Parameter, ParameterIn, ResourceMethod, Response, Segment, Server,
    ServerVariable, Status,
};
pub use pagination::{PageBy, PageParameter, Pagination};
pub use replace_types::{for_each_type_id, replace_types};
pub use string_format::StringFormat;
pub use types::{
    Constraints, Doc, Enum, EnumValue, Field, Literal, Scalar, Shape, Struct, Tag, Type, TypeDef,
    TypeId, TypeName, TypeUse, Union, Variant,
};
pub use usage::{Usage, compute_usage, is_offered, is_required, reachable_from};

/// One vendor's API.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// `info.description`
    pub description: Option<String>,
    /// The servers declared at the root of the document.
    pub servers: Vec<Server>,
    /// The security schemes, in the order of the document.
    pub schemes: Vec<SecurityScheme>,
    /// The named types; a [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// The type of each schema component, by its key. A component that only gives another name to a
    /// type has no entry in `types`.
    pub components: BTreeMap<String, Type>,
    /// The operations, sorted by path and method.
    pub operations: Vec<Operation>,
    /// The parameters that are set once for all calls of a client.
    pub settings: Vec<ClientSetting>,
    /// The vendor's error codes, if `[error_codes]` in `vendor.toml` says how to find them.
    pub errors: Option<ErrorCatalogue>,
    /// What was concluded from all of this. The conclusions that apply are part of it, too.
    pub inferences: Vec<Inference>,
}

impl Api {
    /// Returns the keys of the operations in `vendor.toml`.
    pub fn operation_keys(&self) -> Vec<String> {
        self.operations.iter().map(Operation::key).collect()
    }

    /// Returns whether a body is an object without properties in each of its media types.
    pub fn has_no_properties(&self, body: &Body) -> bool {
        body.media.iter().all(|media| match (media.kind, self.shape(&media.ty)) {
            (MediaKind::Json | MediaKind::Form, Some(Shape::Struct(shape))) => {
                shape.fields.is_empty() && shape.additional.is_none()
            }
            _ => false,
        })
    }

    /// Returns the definition of a type with a name, behind `null` if it is nullable.
    pub fn shape(&self, ty: &Type) -> Option<&Shape> {
        match ty.without_null() {
            Type::Named(id) => self.types.get(id.0).map(|def| &def.shape),
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Nullable(_) => None,
        }
    }
}
