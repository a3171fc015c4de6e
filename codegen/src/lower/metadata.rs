//! What a schema says of a value beside its type.

use openapiv3::SchemaData;

use super::cursor::NodeCursor;
use super::{constraints, doc, literal};
use crate::ir::{Constraints, Doc, Literal, Type};

/// What a schema says of a value beside its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SchemaMetadata {
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `default`
    pub default: Option<Literal>,
    /// Limits.
    pub constraints: Constraints,
    /// Texts.
    pub doc: Doc,
}

impl SchemaMetadata {
    /// What the schema at `cursor` says.
    pub fn of(data: &SchemaData, cursor: &NodeCursor<'_>) -> Self {
        Self {
            read_only: data.read_only,
            write_only: data.write_only,
            default: cursor.node.get("default").map(literal::literal).filter(|l| *l != null()),
            constraints: constraints::of(cursor.node),
            doc: doc::of_schema(data),
        }
    }

    /// These facts with their gaps filled from `other`.
    pub fn over(self, other: Self) -> Self {
        Self {
            read_only: self.read_only || other.read_only,
            write_only: self.write_only || other.write_only,
            default: self.default.or(other.default),
            constraints: constraints::both(self.constraints, other.constraints),
            doc: doc::over(self.doc, other.doc),
        }
    }
}

fn null() -> Literal {
    Literal::Json(serde_json::Value::Null)
}

/// A schema, read: its type where it is used, and what is said of the value.
#[derive(Debug, Clone, PartialEq)]
pub struct LoweredUse {
    /// The type, without [`Type::Nullable`] at the top.
    pub ty: Type,
    /// May be `null`.
    pub nullable: bool,
    /// The rest.
    pub facts: SchemaMetadata,
}

impl LoweredUse {
    /// Any value, of which nothing is said.
    pub fn any() -> Self {
        Self { ty: Type::Any, nullable: false, facts: SchemaMetadata::default() }
    }

    /// The type with its `null`, for locations that have no flag for it.
    pub fn whole(self) -> Type {
        match self.ty {
            Type::Any => Type::Any,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}
