//! Parameters that are set once for all calls of a client.

use super::{DocText, Expr};
use crate::ir;
use crate::plan::naming::Name;
use crate::plan::rust_type::RustType;

/// A parameter that is set once for all calls of a client.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientSetting {
    /// The name of its static.
    pub constant: Name,
    /// The name of the methods that set it.
    pub setter: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Where in the request it is sent.
    pub location: ir::ParameterIn,
    /// Its type.
    pub ty: RustType,
    /// The value that is sent unless another one is set.
    pub default: Option<String>,
    /// A sample value.
    pub sample: Option<Expr>,
    /// The documentation of the methods.
    pub doc: DocText,
}
