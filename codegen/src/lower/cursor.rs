//! Where the walk stands: a node of the raw tree with its pointer, and a schema that stands there.

use openapiv3::{ReferenceOr, Schema};

use crate::report::Location;
use crate::source::{Node, escape};

/// A node of the description and its JSON pointer.
#[derive(Debug, Clone)]
pub struct NodeCursor<'a> {
    /// The node; its parent where the typed model shows something that the tree does not have.
    pub node: &'a Node,
    /// The pointer, RFC 6901 without `#`.
    pub pointer: String,
}

impl<'a> NodeCursor<'a> {
    /// The root.
    pub fn root(node: &'a Node) -> Self {
        Self { node, pointer: String::new() }
    }

    /// The member `key`.
    pub fn member(&self, key: &str) -> Self {
        let node = self.node.get(key).unwrap_or(self.node);
        Self { node, pointer: format!("{}/{}", self.pointer, escape(key)) }
    }

    /// The item `index`.
    pub fn item(&self, index: usize) -> Self {
        let node = self.node.as_array().and_then(|items| items.get(index)).unwrap_or(self.node);
        Self { node, pointer: format!("{}/{index}", self.pointer) }
    }

    /// The location to point at.
    pub fn location(&self) -> Location {
        Location::Member(self.node.origin)
    }

    /// The location of the member `key`, or of the whole where there is none.
    pub fn location_of(&self, key: &str) -> Location {
        Location::Member(self.node.get(key).unwrap_or(self.node).origin)
    }
}

/// A schema as it is written somewhere.
#[derive(Debug, Clone, Copy)]
pub enum RefOr<'a> {
    /// `$ref`
    Reference(&'a str),
    /// The schema itself.
    Item(&'a Schema),
}

/// A schema and where it stands.
#[derive(Debug, Clone)]
pub struct SchemaAt<'a> {
    /// The schema.
    pub schema: RefOr<'a>,
    /// Where it stands.
    pub cursor: NodeCursor<'a>,
}

impl<'a> SchemaAt<'a> {
    /// A schema or reference of a list or of `components`.
    pub fn new(schema: &'a ReferenceOr<Schema>, cursor: NodeCursor<'a>) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => RefOr::Reference(reference),
            ReferenceOr::Item(schema) => RefOr::Item(schema),
        };
        Self { schema, cursor }
    }

    /// A schema or reference that the model keeps in a box.
    pub fn boxed(schema: &'a ReferenceOr<Box<Schema>>, cursor: NodeCursor<'a>) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => RefOr::Reference(reference),
            ReferenceOr::Item(schema) => RefOr::Item(schema),
        };
        Self { schema, cursor }
    }

    /// The items of a list of schemas.
    pub fn list(schemas: &'a [ReferenceOr<Schema>], cursor: &NodeCursor<'a>) -> Vec<Self> {
        schemas.iter().enumerate().map(|(i, s)| Self::new(s, cursor.item(i))).collect()
    }

    /// Whether it is a `$ref`.
    pub fn is_reference(&self) -> bool {
        matches!(self.schema, RefOr::Reference(_))
    }
}
