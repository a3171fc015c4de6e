//! Converts `$ref` with siblings, which OpenAPI 3.0 ignores.

use crate::source::{Kind, Map, Node};

/// `$ref` with siblings → `allOf: [{$ref}]` with the siblings. A `$ref` without siblings is not changed.
pub(super) fn rewrite(map: &mut Map) {
    if map.len() < 2 {
        return;
    }
    let Some(reference) = map.shift_remove("$ref") else { return };
    let origin = reference.origin;
    let reference = Node::object(Map::from_iter([("$ref".to_owned(), reference)]), origin);
    match map.get_mut("allOf").map(|node| &mut node.kind) {
        Some(Kind::Array(all)) => all.insert(0, reference),
        _ => {
            map.shift_insert(0, "allOf".to_owned(), Node::array(vec![reference], origin));
        }
    }
}
