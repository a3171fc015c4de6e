//! Converts `prefixItems`.

use crate::report::Origin;
use crate::source::{Kind, Map, Node, Number};

/// `prefixItems: [A, B]` → `x-docwright-prefix-items: [A, B]`, and `items` that allows what any position
/// allows. Without `items` or `maxItems`, further items may be any value, so `items` allows any
/// value.
pub(super) fn rewrite(map: &mut Map, origin: Origin) {
    super::rename_key(map, "prefixItems", "x-docwright-prefix-items");
    let Some(Kind::Array(prefix)) = map.get("x-docwright-prefix-items").map(|n| &n.kind) else {
        return;
    };
    let mut schemas = prefix.clone();
    let length = schemas.len();
    let is_closed = match map.get("maxItems").and_then(Node::as_int) {
        Some(max) => usize::try_from(max).is_ok_and(|max| max <= length),
        None => false,
    };
    match map.get("items") {
        // `items: false` was converted to `not: {}`.
        Some(items) if items.get("not").is_some() => {
            let length = i128::try_from(length).unwrap_or(i128::MAX);
            let max = Node { kind: Kind::Number(Number::Int(length)), origin };
            map.entry("maxItems".to_owned()).or_insert(max);
        }
        Some(items) => schemas.push(items.clone()),
        None if is_closed => {}
        None => schemas.clear(),
    }
    map.insert("items".to_owned(), super::any_of(schemas, origin));
    map.entry("type".to_owned()).or_insert_with(|| Node::string("array", origin));
}
