//! Parses bytes into a [`Node`]: a tree that keeps the order of keys, 128-bit integers, and the
//! origin of every value.

mod access;
mod failure;
mod input;
mod json;
mod limits;
mod lines;
pub mod locate;
mod node_visitor;
mod outline;
mod parse;
pub mod render;
mod yaml;

use indexmap::IndexMap;

use crate::report::Origin;

pub use crate::depth::MAX_PARSED_DEPTH;
pub use access::{escape, unescape};
pub(crate) use input::input_text;
pub use input::{Diagnostics, Document, Input, MAX_BYTES, Sources};
pub(crate) use lines::floor_char_boundary;
pub use parse::parse;

/// One value of a document.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub kind: Kind,
    /// Where the value was read from. A value that was created by a conversion has the origin of
    /// the value that it was created from.
    pub origin: Origin,
}

/// The entries of an object, in source order.
pub type Map = IndexMap<String, Node>;

/// The value of a [`Node`].
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object. Its keys are strings, even if they were written as numbers.
    Object(Map),
}

/// A number, as precise as the types of Rust can represent it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// An integer, up to 128 bits.
    Int(i128),
    /// Any other number.
    Float(f64),
}

impl PartialEq for Node {
    /// Compares values, without their origins.
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}
