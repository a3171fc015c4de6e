//! Whether a schema allows `null`, decided on the schema alone so that a use of a component knows
//! it before the component is read.

use super::Lower;
use super::cursor::SchemaAt;
use super::flat::SchemaView;

/// How far references are followed for this question.
const DEEPEST: usize = 32;

impl<'a> Lower<'a> {
    /// Whether the schema that `at` is or names allows `null`.
    pub fn is_nullable(&mut self, at: &SchemaAt<'a>) -> bool {
        self.nullable_at(at, 0)
    }

    fn nullable_at(&mut self, at: &SchemaAt<'a>, depth: usize) -> bool {
        let Ok((schema, cursor)) = self.document.follow(at) else { return false };
        if let Some(known) = self.nullable.get(&cursor.pointer) {
            return *known;
        }
        if depth > DEEPEST {
            return false;
        }
        // Until it is known, and for a schema that consists of itself.
        self.nullable.insert(cursor.pointer.clone(), false);
        let nullable = self.nullable_flat(&SchemaView::of(schema, &cursor), depth);
        self.nullable.insert(cursor.pointer, nullable);
        nullable
    }

    fn nullable_flat(&mut self, flat: &SchemaView<'a>, depth: usize) -> bool {
        if flat.says_null() {
            return true;
        }
        if flat.alternatives().iter().any(|at| self.is_null(at) || self.nullable_at(at, depth + 1))
        {
            return true;
        }
        let parts = flat.all_of.iter().filter(|at| !self.is_annotation(at));
        let parts: Vec<_> = parts.collect();
        !parts.is_empty() && parts.into_iter().all(|at| self.nullable_at(at, depth + 1))
    }

    /// Whether `null` is all that `at` allows.
    pub fn is_null(&self, at: &SchemaAt<'a>) -> bool {
        self.document
            .follow(at)
            .is_ok_and(|(schema, cursor)| SchemaView::of(schema, &cursor).is_null())
    }

    fn is_annotation(&self, at: &SchemaAt<'a>) -> bool {
        self.document
            .follow(at)
            .is_ok_and(|(schema, cursor)| SchemaView::of(schema, &cursor).is_annotation())
    }
}
