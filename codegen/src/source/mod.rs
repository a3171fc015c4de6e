//! Bytes → [`Node`]: a tree that keeps key order, wide numbers and the location of every value.

mod access;
mod build;
mod input;
mod json;
mod limits;
mod lines;
pub mod locate;
mod outline;
mod parse;
pub mod render;
mod yaml;

use indexmap::IndexMap;

use crate::report::Origin;

pub use access::{escape, unescape};
pub use input::MAX_BYTES;
pub(crate) use input::text;
pub(crate) use lines::floor;
pub use parse::{MAX_DEPTH, parse};

/// One value of a description.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub kind: Kind,
    /// Where it was read from. A node made by a rewrite carries the origin of what it was made of.
    pub origin: Origin,
}

/// The members of a map, in the order of the source.
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
    /// A list.
    Array(Vec<Node>),
    /// A map with text keys; integer keys were turned into text.
    Object(Map),
}

/// A number as written, as far as Rust's own types can hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// An integer, up to 128 bits.
    Int(i128),
    /// Anything else.
    Float(f64),
}

impl PartialEq for Node {
    /// Compares values; where they were read from does not count.
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// Origins of nodes refer into this list; the whole run shares it.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Every document read, in order.
    pub documents: Vec<Document>,
}

/// A piece of text that was read as one description: a whole file, or one fenced block of a page.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file's name as problems show it, such as `specs/acme/create-token.md`.
    pub file: String,
    /// The whole text of the file.
    pub text: std::sync::Arc<str>,
    /// The bytes of `text` that were read.
    pub block: std::ops::Range<usize>,
}
