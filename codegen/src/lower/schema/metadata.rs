//! The metadata of a schema: everything about a value but its type.

use super::{constraints, literal};
use crate::ir::{Constraints, Doc, Literal};
use crate::lower::doc;
use crate::source::{Kind, Node};

/// Everything that a schema states about a value but its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SchemaMetadata {
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `default`
    pub default: Option<Literal>,
    /// Its constraints.
    pub constraints: Constraints,
    /// Its documentation.
    pub doc: Doc,
}

impl SchemaMetadata {
    /// Reads the metadata of a schema.
    pub fn read(node: &Node) -> Self {
        let flag = |key: &str| node.get(key).and_then(Node::as_bool).unwrap_or_default();
        let text = |key: &str| doc::clean_text(node.get(key).and_then(Node::as_str));
        let value = |key: &str| node.get(key).filter(|value| value.kind != Kind::Null);
        Self {
            read_only: flag("readOnly"),
            write_only: flag("writeOnly"),
            default: value("default").map(literal::literal),
            constraints: constraints::schema_constraints(node),
            doc: Doc {
                title: text("title"),
                description: text("description"),
                deprecated: flag("deprecated"),
                example: value("example").map(Node::to_json),
            },
        }
    }

    /// Merges the metadata with that of another schema for the same value. `self` wins where both
    /// state a default or a text.
    pub fn merge(self, other: Self) -> Self {
        Self {
            read_only: self.read_only || other.read_only,
            write_only: self.write_only || other.write_only,
            default: self.default.or(other.default),
            constraints: constraints::intersect(self.constraints, other.constraints),
            doc: doc::merge_docs(self.doc, other.doc),
        }
    }
}
