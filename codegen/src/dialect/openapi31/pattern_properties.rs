//! Converts `patternProperties` and `unevaluatedProperties`.

use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// `patternProperties: {p: A}` → `x-docwright-pattern-properties: {p: A}`, and an
/// `additionalProperties` that allows the values of every pattern.
///
/// `unevaluatedProperties` → `additionalProperties`, the closest keyword of 3.0. In a schema with
/// `$ref`, `allOf`, `oneOf` or `anyOf`, the value `false` is dropped: `additionalProperties: false` there
/// would also forbid the properties that the parts declare.
pub(super) fn rewrite(map: &mut Map, origin: Origin) {
    if let Some(additional) = map.shift_remove("unevaluatedProperties") {
        let is_composed =
            ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| map.contains_key(*key));
        let is_closed = additional.as_bool() == Some(false);
        if !(is_composed && is_closed) {
            map.entry("additionalProperties".to_owned()).or_insert(additional);
        }
    }
    super::rename_key(map, "patternProperties", "x-docwright-pattern-properties");
    let Some(Kind::Object(patterns)) = map.get("x-docwright-pattern-properties").map(|n| &n.kind)
    else {
        return;
    };
    let mut schemas: Vec<Node> = patterns.values().cloned().collect();
    match map.get("additionalProperties") {
        Some(additional) if additional.as_bool() == Some(true) => return,
        Some(additional) if additional.as_object().is_some() => schemas.push(additional.clone()),
        Some(_) | None => {}
    }
    if !schemas.is_empty() {
        map.insert("additionalProperties".to_owned(), super::any_of(schemas, origin));
    }
    map.entry("type".to_owned()).or_insert_with(|| Node::string("object", origin));
}
