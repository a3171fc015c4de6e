//! `patternProperties` and `unevaluatedProperties`.

use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// `patternProperties: {p: A}` → `x-docwright-pattern-properties: {p: A}`, and `additionalProperties`
/// that allows what any pattern allows. Then `unevaluatedProperties`: the nearest that 3.0 has is
/// `additionalProperties`; as `false` beside a composition it would close each part, so it goes.
pub(super) fn rewrite(map: &mut Map, origin: Origin) {
    if let Some(rest) = map.shift_remove("unevaluatedProperties") {
        let composed = ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| map.contains_key(*key));
        let closes = rest.as_bool() == Some(false);
        if !(composed && closes) {
            map.entry("additionalProperties".to_owned()).or_insert(rest);
        }
    }
    super::rename(map, "patternProperties", "x-docwright-pattern-properties");
    let Some(Kind::Object(patterns)) = map.get("x-docwright-pattern-properties").map(|n| &n.kind)
    else {
        return;
    };
    let mut schemas: Vec<Node> = patterns.values().cloned().collect();
    match map.get("additionalProperties") {
        Some(rest) if rest.as_bool() == Some(true) => return,
        Some(rest) if rest.as_object().is_some() => schemas.push(rest.clone()),
        Some(_) | None => {}
    }
    if !schemas.is_empty() {
        map.insert("additionalProperties".to_owned(), super::any_of(schemas, origin));
    }
    map.entry("type".to_owned()).or_insert_with(|| Node::string("object", origin));
}
