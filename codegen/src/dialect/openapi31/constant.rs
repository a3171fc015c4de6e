//! `const`.

use crate::source::{Kind, Map, Node, Number};

/// `const: v` → `x-docwright-const: v`, and `enum: [v]` where `v` is a string, an integer or a
/// boolean. A missing `type` is the value's.
pub(super) fn rewrite(map: &mut Map) {
    super::rename(map, "const", "x-docwright-const");
    let Some(value) = map.get("x-docwright-const").cloned() else { return };
    let of_value = match &value.kind {
        Kind::String(_) => "string",
        Kind::Bool(_) => "boolean",
        Kind::Number(Number::Int(_)) => "integer",
        Kind::Number(Number::Float(_)) => "number",
        Kind::Null => "null",
        Kind::Array(_) => "array",
        Kind::Object(_) => "object",
    };
    let origin = value.origin;
    let (composed, stated) = (
        ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| map.contains_key(*key)),
        map.contains_key("type"),
    );
    if !composed && !stated {
        map.insert("type".to_owned(), Node::string(of_value, origin));
    }
    if matches!(of_value, "string" | "boolean" | "integer") && !composed {
        map.insert("enum".to_owned(), Node::array(vec![value], origin));
    }
}
