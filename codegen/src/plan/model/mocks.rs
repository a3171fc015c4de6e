//! What a mock knows of the operations it stands in for.

use super::{Name, ResponseBody, RustType};
use crate::ir;

/// An operation of a mock.
#[derive(Debug, Clone, PartialEq)]
pub struct Mock {
    /// The mock's method.
    pub name: Name,
    /// The client's method.
    pub method: Name,
    /// The request's type.
    pub request: Name,
    /// The HTTP method.
    pub http: ir::Method,
    /// The path template.
    pub template: String,
    /// What a call sends.
    pub body: MockBody,
    /// What may come back: each type once, with the statuses it is declared for.
    pub responses: Vec<(ResponseBody, Vec<ir::Status>)>,
}

/// What a call sends.
#[derive(Debug, Clone, PartialEq)]
pub enum MockBody {
    /// Nothing.
    None,
    /// A value of a type.
    Value(RustType),
    /// Bytes, or parts that no type stands for.
    Bytes,
}
