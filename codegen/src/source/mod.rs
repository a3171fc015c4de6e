//! Bytes → [`Node`]: a tree that keeps key order, wide numbers and the place of every value.

mod access;
mod build;
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
pub use parse::{MAX_BYTES, MAX_DEPTH, parse};
pub(crate) use lines::floor;
pub(crate) use parse::too_large;

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

impl Sources {
    /// Adds a document and returns its position in the list.
    pub fn push(&mut self, document: Document) -> u32 {
        let position = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        self.documents.push(document);
        position
    }

    /// The document at a position of the list.
    pub fn get(&self, document: u32) -> Option<&Document> {
        self.documents.get(usize::try_from(document).ok()?)
    }
}

impl Document {
    /// A file that is one document from its first to its last byte.
    pub fn whole(file: impl Into<String>, text: impl Into<std::sync::Arc<str>>) -> Self {
        let text = text.into();
        Self { file: file.into(), block: 0..text.len(), text }
    }

    /// The text that is read, without a byte-order mark, and where in the file it starts.
    fn content(&self) -> (usize, &str) {
        let block = self.text.get(self.block.clone()).unwrap_or_default();
        match block.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => (self.block.start + BYTE_ORDER_MARK.len_utf8(), rest),
            None => (self.block.start, block),
        }
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';
