//! Converts `type` as an array, and `type: 'null'`.

use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// The keywords that apply to one type only.
const TYPE_KEYWORDS: [(&str, &[&str]); 5] = [
    (
        "string",
        &[
            "format",
            "pattern",
            "minLength",
            "maxLength",
            "x-docwright-content-encoding",
            "x-docwright-content-media-type",
        ],
    ),
    (
        "number",
        &["format", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
    ),
    ("boolean", &[]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "x-docwright-pattern-properties",
        ],
    ),
    ("array", &["items", "minItems", "maxItems", "uniqueItems", "x-docwright-prefix-items"]),
];

/// `type: [T, 'null']` → `type: T`, `nullable: true`; several types → `anyOf` of schemas, each with the
/// keywords of its type; `null` only → an enum of null.
pub(super) fn rewrite(map: &mut Map, origin: Origin) {
    let mut types = match map.get("type").map(|node| &node.kind) {
        Some(Kind::String(type_name)) if type_name == "null" => vec![type_name.clone()],
        Some(Kind::Array(types)) => {
            let mut distinct: Vec<String> = Vec::new();
            for type_name in types.iter().filter_map(Node::as_str) {
                if !distinct.iter().any(|known| known == type_name) {
                    distinct.push(type_name.to_owned());
                }
            }
            distinct
        }
        _ => return,
    };
    // Every integer is a number.
    if types.iter().any(|type_name| type_name == "number") {
        types.retain(|type_name| type_name != "integer");
    }
    let count = types.len();
    types.retain(|type_name| type_name != "null");
    let removed = map.shift_remove_full("type");
    if types.len() < count {
        map.insert("nullable".to_owned(), Node::bool(true, origin));
    }
    match types.as_slice() {
        [] if count > 0 && !map.contains_key("enum") => {
            let null = Node { kind: Kind::Null, origin };
            map.insert("enum".to_owned(), Node::array(vec![null], origin));
        }
        [] => {}
        [type_name] => {
            let index = removed.map_or(0, |(index, ..)| index).min(map.len());
            map.shift_insert(index, "type".to_owned(), Node::string(type_name.as_str(), origin));
        }
        _ => split_by_type(map, &types, origin),
    }
}

/// Creates one alternative for each type, with the keywords of that type.
fn split_by_type(map: &mut Map, types: &[String], origin: Origin) {
    let family_of =
        |type_name: &str| if type_name == "integer" { "number" } else { type_name }.to_owned();
    let values = map.shift_remove("enum");
    let mut schemas = Vec::new();
    for type_name in types {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), Node::string(type_name.as_str(), origin));
        let family = family_of(type_name);
        let keywords =
            TYPE_KEYWORDS.iter().filter(|(name, _)| *name == family).flat_map(|(_, keys)| *keys);
        for key in keywords {
            if let Some(node) = map.get(*key) {
                schema.insert((*key).to_owned(), node.clone());
            }
        }
        if let Some(values) = values.as_ref().and_then(Node::as_array) {
            let type_values: Vec<Node> =
                values.iter().filter(|v| has_type(v, type_name)).cloned().collect();
            if type_values.is_empty() {
                continue;
            }
            schema.insert("enum".to_owned(), Node::array(type_values, origin));
        }
        schemas.push(Node::object(schema, origin));
    }
    map.retain(|key, _| !TYPE_KEYWORDS.iter().any(|(_, keys)| keys.contains(&key.as_str())));
    if values.iter().flat_map(|v| v.as_array().unwrap_or_default()).any(|v| v.kind == Kind::Null) {
        map.insert("nullable".to_owned(), Node::bool(true, origin));
    }
    let any_of = Node::array(schemas, origin);
    if map.contains_key("anyOf") {
        let part = Map::from_iter([("anyOf".to_owned(), any_of)]);
        let all_of =
            map.entry("allOf".to_owned()).or_insert_with(|| Node::array(Vec::new(), origin));
        if let Kind::Array(all_of) = &mut all_of.kind {
            all_of.push(Node::object(part, origin));
        }
    } else {
        map.insert("anyOf".to_owned(), any_of);
    }
}

fn has_type(value: &Node, type_name: &str) -> bool {
    match &value.kind {
        Kind::Null => false,
        Kind::Bool(_) => type_name == "boolean",
        Kind::Number(_) => matches!(type_name, "integer" | "number"),
        Kind::String(_) => type_name == "string",
        Kind::Array(_) => type_name == "array",
        Kind::Object(_) => type_name == "object",
    }
}
