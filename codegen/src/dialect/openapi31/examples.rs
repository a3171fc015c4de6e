//! Converts `examples` of a schema.

use crate::source::{Kind, Map};

/// `examples: [a, b]` → `example: a`, and all of them under `x-docwright-examples`. An existing `example`
/// is kept.
pub(super) fn rewrite(map: &mut Map) {
    let Some((index, _, examples)) = map.shift_remove_full("examples") else { return };
    let Kind::Array(items) = &examples.kind else { return };
    let Some(first) = items.first().cloned() else { return };
    let has_several = items.len() > 1;
    let differs = map.get("example").is_some_and(|example| *example != first);
    let index = index.min(map.len());
    if has_several || differs {
        map.shift_insert(index, "x-docwright-examples".to_owned(), examples);
    }
    if !map.contains_key("example") {
        map.shift_insert(index, "example".to_owned(), first);
    }
}
