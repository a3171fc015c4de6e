//! The metadata of a schema: everything about a value but its type.

use openapiv3::SchemaData;

use super::cursor::NodeCursor;
use super::{constraints, doc, literal};
use crate::ir::{Constraints, Doc, Literal, Type};

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
    /// Reads the metadata of the schema at `cursor`.
    pub fn new(data: &SchemaData, cursor: &NodeCursor<'_>) -> Self {
        Self {
            read_only: data.read_only,
            write_only: data.write_only,
            default: cursor.node.get("default").map(literal::literal).filter(|l| *l != null()),
            constraints: constraints::schema_constraints(cursor.node),
            doc: doc::schema_doc(data),
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

fn null() -> Literal {
    Literal::Json(serde_json::Value::Null)
}

/// A lowered schema where it is used: the type to use and the metadata of the value.
#[derive(Debug, Clone, PartialEq)]
pub struct LoweredUse {
    /// The type, without an outermost [`Type::Nullable`].
    pub ty: Type,
    /// Whether the value may be `null`.
    pub nullable: bool,
    /// The metadata of the value.
    pub metadata: SchemaMetadata,
}

impl LoweredUse {
    /// Returns the use of a schema that allows any value.
    pub fn any() -> Self {
        Self { ty: Type::Any, nullable: false, metadata: SchemaMetadata::default() }
    }

    /// Returns the type as [`Type::Nullable`] if it may be `null`, for uses without a flag for it.
    pub fn into_type(self) -> Type {
        match self.ty {
            Type::Any => Type::Any,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}
