//! Converts `const`.

use crate::source::{Kind, Map, Node, Number};

/// `const: v` → `x-docwright-const: v`, and `enum: [v]` if `v` is a string, an integer or a boolean. A
/// missing `type` is set to the type of the value.
pub(super) fn rewrite(map: &mut Map) {
    super::rename_key(map, "const", "x-docwright-const");
    let Some(value) = map.get("x-docwright-const").cloned() else { return };
    let value_type = match &value.kind {
        Kind::String(_) => "string",
        Kind::Bool(_) => "boolean",
        Kind::Number(Number::Int(_)) => "integer",
        Kind::Number(Number::Float(_)) => "number",
        Kind::Null => "null",
        Kind::Array(_) => "array",
        Kind::Object(_) => "object",
    };
    let origin = value.origin;
    let (is_composed, has_type) = (
        ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| map.contains_key(*key)),
        map.contains_key("type"),
    );
    if !is_composed && !has_type {
        map.insert("type".to_owned(), Node::string(value_type, origin));
    }
    if matches!(value_type, "string" | "boolean" | "integer") && !is_composed {
        map.insert("enum".to_owned(), Node::array(vec![value], origin));
    }
}
