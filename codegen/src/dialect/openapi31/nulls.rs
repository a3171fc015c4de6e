//! Null as a value of `enum` and as an alternative of a composition: both are `nullable` in 3.0.

use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// `enum: [a, null]` → `enum: [a]`, `nullable: true`; `anyOf: [X, null]` → `X`, `nullable: true`.
pub(super) fn rewrite(map: &mut Map, origin: Origin) {
    in_enum(map, origin);
    for key in ["anyOf", "oneOf"] {
        in_composition(map, key, origin);
    }
}

fn in_enum(map: &mut Map, origin: Origin) {
    let Some(Kind::Array(values)) = map.get_mut("enum").map(|node| &mut node.kind) else { return };
    if !values.iter().any(|value| value.kind == Kind::Null) {
        return;
    }
    if values.len() > 1 {
        values.retain(|value| value.kind != Kind::Null);
    }
    map.insert("nullable".to_owned(), Node::bool(true, origin));
}

fn in_composition(map: &mut Map, key: &str, origin: Origin) {
    let Some(Kind::Array(members)) = map.get_mut(key).map(|node| &mut node.kind) else { return };
    let all = members.len();
    members.retain(|member| !is_null(member));
    if members.len() == all {
        return;
    }
    let only = (members.len() == 1).then(|| members.remove(0));
    let none = members.is_empty();
    map.insert("nullable".to_owned(), Node::bool(true, origin));
    if let Some(only) = only {
        map.shift_remove(key);
        alone(map, only, origin);
    } else if none {
        map.shift_remove(key);
        let null = Node { kind: Kind::Null, origin };
        map.insert("enum".to_owned(), Node::array(vec![null], origin));
    }
}

/// What is left of a composition of one: its members, or the schema under `allOf` where it is a
/// reference or the members would meet others of the same name.
fn alone(map: &mut Map, only: Node, origin: Origin) {
    let inner = match &only.kind {
        Kind::Object(inner)
            if !inner.contains_key("$ref")
                && inner.keys().all(|key| key == "nullable" || !map.contains_key(key)) =>
        {
            inner.clone()
        }
        _ => {
            let all =
                map.entry("allOf".to_owned()).or_insert_with(|| Node::array(Vec::new(), origin));
            if let Kind::Array(all) = &mut all.kind {
                all.insert(0, only);
            }
            return;
        }
    };
    let outer = std::mem::take(map);
    map.extend(inner);
    map.extend(outer);
}

/// The schema of null alone, as [`types`](super::types) writes it.
fn is_null(schema: &Node) -> bool {
    let Some(map) = schema.as_object() else { return false };
    let nullable = map.get("nullable").and_then(Node::as_bool) == Some(true);
    let only_null = matches!(
        map.get("enum").and_then(Node::as_array),
        Some([value]) if value.kind == Kind::Null
    );
    nullable && only_null
}
