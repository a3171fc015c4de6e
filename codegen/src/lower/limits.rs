//! Limits that a schema states for the values that use it, wherever they stand: behind references, in
//! the parts of an `allOf`, at the items of a list.

use std::collections::BTreeSet;

use super::Lower;
use super::constraints::both;
use super::cursor::SchemaAt;
use super::flat::{Rest, SchemaView};
use crate::ir::Constraints;

/// How far limits are looked for behind references, and inside lists.
const DEEPEST: usize = 16;

/// How many schemas are asked for the limits of one value.
const MOST: usize = 500;

/// The way of one look for limits.
#[derive(Default)]
struct Way {
    depth: usize,
    /// How many schemas were asked.
    asked: usize,
    /// The parts of the `allOf` at hand that were asked: again they would say the same.
    seen: BTreeSet<String>,
}

impl<'a> Lower<'a> {
    /// What the schema that `at` is or names asks of a value; of a type of its own, only
    /// how many members it has.
    pub fn limits(&self, at: &SchemaAt<'a>) -> Constraints {
        self.limits_at(at, &mut Way::default())
    }

    /// What a schema asks of the items of its lists, or the values of its maps.
    pub fn limits_inside(&self, flat: &SchemaView<'a>) -> Option<Box<Constraints>> {
        self.inside(flat, &mut Way::default())
    }

    /// Says of a pattern that nothing can check.
    pub fn check_pattern(&mut self, flat: &SchemaView<'a>) {
        let Some(pattern) = &flat.facts.constraints.pattern else { return };
        let read = regress::Regex::with_flags(pattern, "u");
        if read.or_else(|_| regress::Regex::new(pattern)).is_err() {
            let what = "the pattern is no regular expression of ECMA-262; nothing checks it";
            self.note(flat.cursor.location_of("pattern"), what);
        }
    }

    fn limits_at(&self, at: &SchemaAt<'a>, way: &mut Way) -> Constraints {
        let Ok((schema, cursor)) = self.document.follow(at) else { return Constraints::default() };
        way.asked += 1;
        if way.asked > MOST || !way.seen.insert(cursor.pointer.clone()) {
            return Constraints::default();
        }
        let flat = SchemaView::of(schema, &cursor);
        let own = !flat.values.is_empty() || !flat.alternatives().is_empty();
        if own || way.depth > DEEPEST {
            return Constraints::default();
        }
        if !flat.properties.is_empty() {
            let Constraints { min_properties, max_properties, .. } = flat.facts.constraints;
            return Constraints { min_properties, max_properties, ..Constraints::default() };
        }
        way.depth += 1;
        let parts = flat.all_of.iter().map(|part| self.limits_at(part, way));
        let parts = parts.fold(flat.facts.constraints.clone(), both);
        way.depth -= 1;
        let inside = Constraints { items: self.inside(&flat, way), ..Constraints::default() };
        both(parts, inside)
    }

    fn inside(&self, flat: &SchemaView<'a>, way: &mut Way) -> Option<Box<Constraints>> {
        let at = match (&flat.items, &flat.rest) {
            (Some(at), _) => at,
            (None, Rest::Of(at)) if flat.properties.is_empty() => at,
            _ => return None,
        };
        // What holds for the items is another matter than what holds for the list.
        let mut inner = Way { depth: way.depth + 1, asked: way.asked, seen: BTreeSet::new() };
        let limits = self.limits_at(at, &mut inner);
        way.asked = inner.asked;
        (limits != Constraints::default()).then(|| Box::new(limits))
    }
}
