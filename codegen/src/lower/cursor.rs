//! Cursors of the walk: a node of the raw tree with its JSON pointer, and a schema with its cursor.

use openapiv3::{ReferenceOr, Schema};

use crate::report::Location;
use crate::source::{Node, escape};

/// A node of the document with its JSON pointer.
#[derive(Debug, Clone)]
pub struct NodeCursor<'a> {
    /// The node. Its parent if the typed model has something that the tree does not.
    pub node: &'a Node,
    /// The pointer, RFC 6901 without `#`.
    pub pointer: String,
}

impl<'a> NodeCursor<'a> {
    /// Returns the cursor at the root of a document.
    pub fn root(node: &'a Node) -> Self {
        Self { node, pointer: String::new() }
    }

    /// Returns the cursor at the value of the key `key`.
    pub fn child(&self, key: &str) -> Self {
        let node = self.node.get(key).unwrap_or(self.node);
        Self { node, pointer: format!("{}/{}", self.pointer, escape(key)) }
    }

    /// Returns the cursor at the array item `index`.
    pub fn item(&self, index: usize) -> Self {
        let node = self.node.as_array().and_then(|items| items.get(index)).unwrap_or(self.node);
        Self { node, pointer: format!("{}/{index}", self.pointer) }
    }

    /// Returns the location of the node.
    pub fn location(&self) -> Location {
        Location::Entry(self.node.origin)
    }

    /// Returns the location of the key `key`, or of the node itself if it has no such key.
    pub fn location_of(&self, key: &str) -> Location {
        Location::Entry(self.node.get(key).unwrap_or(self.node).origin)
    }
}

/// A schema or a reference to one.
#[derive(Debug, Clone, Copy)]
pub enum RefOr<'a> {
    /// `$ref`
    Reference(&'a str),
    /// The schema itself.
    Item(&'a Schema),
}

/// A schema or reference, with its cursor.
#[derive(Debug, Clone)]
pub struct SchemaAt<'a> {
    /// The schema or reference.
    pub schema: RefOr<'a>,
    /// Its node in the document.
    pub cursor: NodeCursor<'a>,
}

impl<'a> SchemaAt<'a> {
    /// Creates it from a schema or reference of the typed model.
    pub fn new(schema: &'a ReferenceOr<Schema>, cursor: NodeCursor<'a>) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => RefOr::Reference(reference),
            ReferenceOr::Item(schema) => RefOr::Item(schema),
        };
        Self { schema, cursor }
    }

    /// Creates it from a schema or reference that the typed model boxes.
    pub fn boxed(schema: &'a ReferenceOr<Box<Schema>>, cursor: NodeCursor<'a>) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => RefOr::Reference(reference),
            ReferenceOr::Item(schema) => RefOr::Item(schema),
        };
        Self { schema, cursor }
    }

    /// Creates one for each schema of an array such as `allOf`.
    pub fn list(schemas: &'a [ReferenceOr<Schema>], cursor: &NodeCursor<'a>) -> Vec<Self> {
        schemas.iter().enumerate().map(|(i, s)| Self::new(s, cursor.item(i))).collect()
    }

    /// Whether it is a `$ref`.
    pub fn is_reference(&self) -> bool {
        matches!(self.schema, RefOr::Reference(_))
    }
}
