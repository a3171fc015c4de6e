//! Converts null as a value of `enum` and as an alternative of a composition to `nullable`.

use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// `enum: [a, null]` → `enum: [a]`, `nullable: true`; `anyOf: [X, null]` → `X`, `nullable: true`.
pub(super) fn rewrite(map: &mut Map, origin: Origin) {
    remove_null_from_enum(map, origin);
    for key in ["anyOf", "oneOf"] {
        remove_null_alternative(map, key, origin);
    }
}

fn remove_null_from_enum(map: &mut Map, origin: Origin) {
    let Some(Kind::Array(values)) = map.get_mut("enum").map(|node| &mut node.kind) else { return };
    if !values.iter().any(|value| value.kind == Kind::Null) {
        return;
    }
    if values.len() > 1 {
        values.retain(|value| value.kind != Kind::Null);
    }
    map.insert("nullable".to_owned(), Node::bool(true, origin));
}

fn remove_null_alternative(map: &mut Map, key: &str, origin: Origin) {
    let Some(Kind::Array(alternatives)) = map.get_mut(key).map(|node| &mut node.kind) else {
        return;
    };
    let count = alternatives.len();
    alternatives.retain(|alternative| !is_null(alternative));
    if alternatives.len() == count {
        return;
    }
    let only = (alternatives.len() == 1).then(|| alternatives.remove(0));
    let only_null = alternatives.is_empty();
    map.insert("nullable".to_owned(), Node::bool(true, origin));
    if let Some(only) = only {
        map.shift_remove(key);
        inline_single_alternative(map, only, origin);
    } else if only_null {
        map.shift_remove(key);
        let null = Node { kind: Kind::Null, origin };
        map.insert("enum".to_owned(), Node::array(vec![null], origin));
    }
}

/// Moves the keywords of the only alternative into the outer schema. An alternative that is a
/// reference or has keywords in common with the outer schema is moved to `allOf` instead.
fn inline_single_alternative(map: &mut Map, only: Node, origin: Origin) {
    let inner = match &only.kind {
        Kind::Object(inner)
            if !inner.contains_key("$ref")
                && inner.keys().all(|key| key == "nullable" || !map.contains_key(key)) =>
        {
            inner.clone()
        }
        _ => {
            let all_of =
                map.entry("allOf".to_owned()).or_insert_with(|| Node::array(Vec::new(), origin));
            if let Kind::Array(all_of) = &mut all_of.kind {
                all_of.insert(0, only);
            }
            return;
        }
    };
    let outer = std::mem::take(map);
    map.extend(inner);
    map.extend(outer);
}

/// Returns whether a schema allows null only, in the form that [`types`](super::types) writes.
fn is_null(schema: &Node) -> bool {
    let Some(map) = schema.as_object() else { return false };
    let nullable = map.get("nullable").and_then(Node::as_bool) == Some(true);
    let only_null = matches!(
        map.get("enum").and_then(Node::as_array),
        Some([value]) if value.kind == Kind::Null
    );
    nullable && only_null
}
