//! Where the walk stands: a node of the raw tree with its pointer, and a schema that stands there.

use openapiv3::{ReferenceOr, Schema};

use crate::report::Place;
use crate::source::{Node, escape};

/// A node of the description and its JSON pointer.
#[derive(Debug, Clone)]
pub struct Spot<'a> {
    /// The node; its parent where the typed model shows something that the tree does not have.
    pub node: &'a Node,
    /// The pointer, RFC 6901 without `#`.
    pub pointer: String,
}

impl<'a> Spot<'a> {
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

    /// The place to point at.
    pub fn place(&self) -> Place {
        Place::Member(self.node.origin)
    }

    /// The place of the member `key`, or of the whole where there is none.
    pub fn place_of(&self, key: &str) -> Place {
        Place::Member(self.node.get(key).unwrap_or(self.node).origin)
    }
}

/// A schema as it is written somewhere.
#[derive(Debug, Clone, Copy)]
pub enum Written<'a> {
    /// `$ref`
    Reference(&'a str),
    /// The schema itself.
    Item(&'a Schema),
}

/// A schema and where it stands.
#[derive(Debug, Clone)]
pub struct At<'a> {
    /// The schema.
    pub schema: Written<'a>,
    /// Where it stands.
    pub spot: Spot<'a>,
}

impl<'a> At<'a> {
    /// A schema or reference of a list or of `components`.
    pub fn new(schema: &'a ReferenceOr<Schema>, spot: Spot<'a>) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => Written::Reference(reference),
            ReferenceOr::Item(schema) => Written::Item(schema),
        };
        Self { schema, spot }
    }

    /// A schema or reference that the model keeps in a box.
    pub fn boxed(schema: &'a ReferenceOr<Box<Schema>>, spot: Spot<'a>) -> Self {
        let schema = match schema {
            ReferenceOr::Reference { reference } => Written::Reference(reference),
            ReferenceOr::Item(schema) => Written::Item(schema),
        };
        Self { schema, spot }
    }

    /// The items of a list of schemas.
    pub fn list(schemas: &'a [ReferenceOr<Schema>], spot: &Spot<'a>) -> Vec<Self> {
        schemas.iter().enumerate().map(|(i, s)| Self::new(s, spot.item(i))).collect()
    }

    /// Whether it is a `$ref`.
    pub fn is_reference(&self) -> bool {
        matches!(self.schema, Written::Reference(_))
    }
}
