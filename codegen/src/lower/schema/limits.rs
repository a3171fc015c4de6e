//! The constraints that apply to a value with a given schema: its own, and those behind references,
//! in the parts of an `allOf` and on array items.

use std::collections::BTreeSet;

use super::constraints::{intersect, object_constraints};
use super::{AdditionalProperties, Schema, SchemaId, Schemas};
use crate::depth::{MAX_LIMITED_SCHEMAS, MAX_LIMITS_DEPTH};
use crate::ir::Constraints;

/// The state of one collection of constraints.
#[derive(Default)]
struct Traversal {
    /// How many references and array levels were followed.
    depth: usize,
    /// How many schemas were visited.
    visited: usize,
    /// The schemas visited for the current value; each counts once.
    seen: BTreeSet<SchemaId>,
}

impl<'a> Schemas<'a> {
    /// Returns the constraints on a value with the given schema. If the schema has a named type,
    /// these are only the limits on its number of properties: the type itself has the others.
    pub fn limits(&self, id: SchemaId) -> Constraints {
        self.collect_limits(id, &mut Traversal::default())
    }

    /// Returns the constraints on the items of an array or the values of a map.
    pub fn item_limits(&self, schema: &Schema<'a>) -> Option<Box<Constraints>> {
        self.collect_item_limits(schema, &mut Traversal::default())
    }

    fn collect_limits(&self, id: SchemaId, state: &mut Traversal) -> Constraints {
        let id = self.resolve(id);
        state.visited += 1;
        if state.visited > MAX_LIMITED_SCHEMAS || !state.seen.insert(id) {
            return Constraints::default();
        }
        let schema = self.get(id);
        let is_enum_or_union = !schema.values.is_empty() || !schema.alternatives().is_empty();
        if is_enum_or_union || state.depth > MAX_LIMITS_DEPTH {
            return Constraints::default();
        }
        if !schema.properties.is_empty() {
            return object_constraints(&schema.metadata.constraints);
        }
        state.depth += 1;
        let parts = schema.all_of.iter().map(|part| self.collect_limits(*part, state));
        let own = parts.fold(schema.metadata.constraints.clone(), intersect);
        state.depth -= 1;
        let items = self.collect_item_limits(&schema, state);
        intersect(own, Constraints { items, ..Constraints::default() })
    }

    fn collect_item_limits(
        &self,
        schema: &Schema<'a>,
        state: &mut Traversal,
    ) -> Option<Box<Constraints>> {
        let item = match (schema.items, schema.additional) {
            (Some(item), _) => item,
            (None, AdditionalProperties::Schema(value)) if schema.properties.is_empty() => value,
            _ => return None,
        };
        // `seen` starts empty: a schema may constrain both the array and its items.
        let mut inner =
            Traversal { depth: state.depth + 1, visited: state.visited, seen: BTreeSet::new() };
        let limits = self.collect_limits(item, &mut inner);
        state.visited = inner.visited;
        (limits != Constraints::default()).then(|| Box::new(limits))
    }
}
