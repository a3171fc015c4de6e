//! The constraints that apply to a value with a given schema: its own, and those behind references,
//! in the parts of an `allOf` and on array items.

use std::collections::BTreeSet;

use super::Lower;
use super::constraints::intersect;
use super::cursor::SchemaAt;
use super::schema_view::{AdditionalProperties, SchemaView};
use crate::ir::Constraints;

/// How many references and array levels are followed.
const MAX_DEPTH: usize = 16;

/// How many schemas are visited for the constraints of one value.
const MAX_SCHEMAS: usize = 500;

/// The state of one collection of constraints.
#[derive(Default)]
struct Traversal {
    depth: usize,
    /// How many schemas were visited.
    visited: usize,
    /// The pointers of the schemas visited for the current value; each counts once.
    seen: BTreeSet<String>,
}

impl<'a> Lower<'a> {
    /// Returns the constraints on a value with the given schema. If the schema has a named type,
    /// these are only the limits on its number of properties: the type itself has the others.
    pub fn limits(&self, schema_at: &SchemaAt<'a>) -> Constraints {
        self.collect_limits(schema_at, &mut Traversal::default())
    }

    /// Returns the constraints on the items of an array or the values of a map.
    pub fn item_limits(&self, view: &SchemaView<'a>) -> Option<Box<Constraints>> {
        self.collect_item_limits(view, &mut Traversal::default())
    }

    /// Reports a `pattern` that cannot be checked.
    pub fn check_pattern(&mut self, view: &SchemaView<'a>) {
        let Some(pattern) = &view.metadata.constraints.pattern else { return };
        let compiled = regress::Regex::with_flags(pattern, "u");
        if compiled.or_else(|_| regress::Regex::new(pattern)).is_err() {
            let message = "`pattern` is not a valid ECMA-262 regular expression; it is not checked";
            self.note(view.cursor.location_of("pattern"), message);
        }
    }

    fn collect_limits(&self, schema_at: &SchemaAt<'a>, state: &mut Traversal) -> Constraints {
        let Ok((schema, cursor)) = self.document.follow(schema_at) else {
            return Constraints::default();
        };
        state.visited += 1;
        if state.visited > MAX_SCHEMAS || !state.seen.insert(cursor.pointer.clone()) {
            return Constraints::default();
        }
        let view = SchemaView::new(schema, &cursor);
        let is_enum_or_union = !view.values.is_empty() || !view.alternatives().is_empty();
        if is_enum_or_union || state.depth > MAX_DEPTH {
            return Constraints::default();
        }
        if !view.properties.is_empty() {
            let Constraints { min_properties, max_properties, .. } = view.metadata.constraints;
            return Constraints { min_properties, max_properties, ..Constraints::default() };
        }
        state.depth += 1;
        let parts = view.all_of.iter().map(|part| self.collect_limits(part, state));
        let own = parts.fold(view.metadata.constraints.clone(), intersect);
        state.depth -= 1;
        let items = self.collect_item_limits(&view, state);
        intersect(own, Constraints { items, ..Constraints::default() })
    }

    fn collect_item_limits(
        &self,
        view: &SchemaView<'a>,
        state: &mut Traversal,
    ) -> Option<Box<Constraints>> {
        let item = match (&view.items, &view.additional) {
            (Some(item), _) => item,
            (None, AdditionalProperties::Schema(value)) if view.properties.is_empty() => value,
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
