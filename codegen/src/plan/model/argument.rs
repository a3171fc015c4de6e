//! Parameters.

use super::DocText;
use crate::ir;
use crate::plan::naming::{Constant, Name};
use crate::plan::rust_type::RustType;

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name in Rust.
    pub name: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Where in the request it is sent.
    pub location: ir::ParameterIn,
    /// Its type.
    pub ty: RustType,
    /// How its value is serialized.
    pub style: ir::Style,
    /// `explode`
    pub explode: bool,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// The media type (`content`) that it is serialized in; `style` does not apply then.
    pub content: Option<Content>,
    /// Its value unless the caller sets another one; if it is optional, the value that its method sets.
    pub constant: Option<Constant>,
    /// Whether it replaces a value that the client's method sets.
    pub replaces: bool,
    /// Its documentation.
    pub doc: DocText,
}

impl Argument {
    /// Returns whether the method that sets it takes no argument.
    pub fn is_without_value(&self) -> bool {
        self.constant.as_ref().is_some_and(|constant| constant.is_only)
    }
}

/// A media type that a parameter is serialized in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// JSON.
    Json,
    /// A URL-encoded form.
    Form,
}
