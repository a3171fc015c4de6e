//! Whether a schema allows `null`, decided on the schema alone so that a use of a component knows
//! it before the component is read.

use super::Lower;
use super::flat::Flat;
use super::spot::At;

/// How far references are followed for this question.
const DEEPEST: usize = 32;

impl<'a> Lower<'a> {
    /// Whether the schema that `at` is or names allows `null`.
    pub fn is_nullable(&mut self, at: &At<'a>) -> bool {
        self.nullable_at(at, 0)
    }

    fn nullable_at(&mut self, at: &At<'a>, depth: usize) -> bool {
        let Ok((schema, spot)) = self.document.follow(at) else { return false };
        if let Some(known) = self.nullable.get(&spot.pointer) {
            return *known;
        }
        if depth > DEEPEST {
            return false;
        }
        // Until it is known, and for a schema that consists of itself.
        self.nullable.insert(spot.pointer.clone(), false);
        let nullable = self.nullable_flat(&Flat::of(schema, &spot), depth);
        self.nullable.insert(spot.pointer, nullable);
        nullable
    }

    fn nullable_flat(&mut self, flat: &Flat<'a>, depth: usize) -> bool {
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
    pub fn is_null(&self, at: &At<'a>) -> bool {
        self.document.follow(at).is_ok_and(|(schema, spot)| Flat::of(schema, &spot).is_null())
    }

    fn is_annotation(&self, at: &At<'a>) -> bool {
        self.document.follow(at).is_ok_and(|(schema, spot)| Flat::of(schema, &spot).is_annotation())
    }
}
