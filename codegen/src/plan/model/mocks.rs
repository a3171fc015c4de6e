//! Mock operations.

use super::{CallPath, ResponseBody};
use crate::ir;
use crate::plan::naming::Name;
use crate::plan::rust_type::RustType;

/// An operation of a mock server.
#[derive(Debug, Clone, PartialEq)]
pub struct Mock {
    /// The mock's method.
    pub name: Name,
    /// How callers reach the operation.
    pub call: CallPath,
    /// The request type.
    pub request: Name,
    /// The HTTP method.
    pub http: ir::Method,
    /// The path template.
    pub template: String,
    /// The request body.
    pub body: MockBody,
    /// The possible response bodies: each type once, with the statuses it is declared for.
    pub responses: Vec<(ResponseBody, Vec<ir::Status>)>,
}

/// The type that a mock reads request bodies as.
#[derive(Debug, Clone, PartialEq)]
pub enum MockBody {
    /// There is no body.
    None,
    /// A value of a type.
    Value(RustType),
    /// Bytes, including multipart bodies.
    Bytes,
}
