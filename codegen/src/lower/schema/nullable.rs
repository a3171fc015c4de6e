//! Whether a schema allows `null`.

use super::{Schema, SchemaId, Schemas};
use crate::depth::MAX_NULLABLE_DEPTH;
use crate::source::Node;

impl<'a> Schemas<'a> {
    /// Whether the schema, or the one it refers to, allows `null`.
    pub fn is_nullable(&mut self, id: SchemaId) -> bool {
        self.is_nullable_at_depth(id, 0)
    }

    fn is_nullable_at_depth(&mut self, id: SchemaId, depth: usize) -> bool {
        let id = self.resolve(id);
        if let Some(known) = self.nullable.get(&id) {
            return *known;
        }
        if depth > MAX_NULLABLE_DEPTH {
            return false;
        }
        // Ends the recursion for a schema that is composed of itself.
        self.nullable.insert(id, false);
        let schema = self.get(id);
        let nullable = schema.states_null() || self.composition_allows_null(&schema, depth + 1);
        self.nullable.insert(id, nullable);
        nullable
    }

    /// Whether one of the alternatives or all parts of the `allOf` allow `null`.
    fn composition_allows_null(&mut self, schema: &Schema<'a>, depth: usize) -> bool {
        if schema
            .alternatives()
            .iter()
            .any(|id| self.resolved(*id).is_null() || self.is_nullable_at_depth(*id, depth))
        {
            return true;
        }
        let mut parts = schema.all_of.clone();
        parts.retain(|id| !self.resolved(*id).is_annotation());
        !parts.is_empty() && parts.into_iter().all(|id| self.is_nullable_at_depth(id, depth))
    }
}

impl Schema<'_> {
    /// Whether its own keywords allow `null`.
    fn states_null(&self) -> bool {
        let has_null = |values: &[Node]| values.iter().any(Node::is_null);
        self.nullable || self.cursor.node.get("enum").and_then(Node::as_array).is_some_and(has_null)
    }
}
