//! `examples` of a schema.

use crate::source::{Kind, Map};

/// `examples: [a, b]` → `example: a`, and all of them under `x-docwright-examples`. An `example` that
/// stands beside them stays the first.
pub(super) fn rewrite(map: &mut Map) {
    let Some((index, _, examples)) = map.shift_remove_full("examples") else { return };
    let Kind::Array(items) = &examples.kind else { return };
    let Some(first) = items.first().cloned() else { return };
    let more = items.len() > 1;
    let differs = map.get("example").is_some_and(|example| *example != first);
    let at = index.min(map.len());
    if more || differs {
        map.shift_insert(at, "x-docwright-examples".to_owned(), examples);
    }
    if !map.contains_key("example") {
        map.shift_insert(at, "example".to_owned(), first);
    }
}
