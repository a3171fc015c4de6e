//! Whether a schema allows `null`. Decided on the schema alone, because uses of a component need to
//! know before the component is lowered.

use super::Lower;
use super::cursor::SchemaAt;
use super::schema_view::SchemaView;

/// How many levels of references and composition are followed.
const MAX_DEPTH: usize = 32;

impl<'a> Lower<'a> {
    /// Whether the schema, or the one it refers to, allows `null`.
    pub fn is_nullable(&mut self, schema_at: &SchemaAt<'a>) -> bool {
        self.is_nullable_at_depth(schema_at, 0)
    }

    fn is_nullable_at_depth(&mut self, schema_at: &SchemaAt<'a>, depth: usize) -> bool {
        let Ok((schema, cursor)) = self.document.follow(schema_at) else { return false };
        if let Some(known) = self.nullable.get(&cursor.pointer) {
            return *known;
        }
        if depth > MAX_DEPTH {
            return false;
        }
        // Ends the recursion for a schema that is composed of itself.
        self.nullable.insert(cursor.pointer.clone(), false);
        let nullable = self.view_is_nullable(&SchemaView::new(schema, &cursor), depth);
        self.nullable.insert(cursor.pointer, nullable);
        nullable
    }

    fn view_is_nullable(&mut self, view: &SchemaView<'a>, depth: usize) -> bool {
        if view.allows_null() {
            return true;
        }
        if view.alternatives().iter().any(|schema_at| {
            self.is_null(schema_at) || self.is_nullable_at_depth(schema_at, depth + 1)
        }) {
            return true;
        }
        let parts = view.all_of.iter().filter(|schema_at| !self.is_annotation(schema_at));
        let parts: Vec<_> = parts.collect();
        !parts.is_empty()
            && parts.into_iter().all(|schema_at| self.is_nullable_at_depth(schema_at, depth + 1))
    }

    /// Whether the schema allows only `null`.
    pub fn is_null(&self, schema_at: &SchemaAt<'a>) -> bool {
        self.document
            .follow(schema_at)
            .is_ok_and(|(schema, cursor)| SchemaView::new(schema, &cursor).is_null())
    }

    fn is_annotation(&self, schema_at: &SchemaAt<'a>) -> bool {
        self.document
            .follow(schema_at)
            .is_ok_and(|(schema, cursor)| SchemaView::new(schema, &cursor).is_annotation())
    }
}
