//! `type` as a list, and `type: 'null'`.

use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// The keywords that say something of one type only.
const OF_TYPE: [(&str, &[&str]); 5] = [
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

/// `type: [T, 'null']` → `type: T`, `nullable: true`; several types → `anyOf`, each with the keywords
/// that are its own; `null` alone → the value null.
pub(super) fn rewrite(map: &mut Map, origin: Origin) {
    let mut words = match map.get("type").map(|node| &node.kind) {
        Some(Kind::String(word)) if word == "null" => vec![word.clone()],
        Some(Kind::Array(words)) => {
            let mut distinct: Vec<String> = Vec::new();
            for word in words.iter().filter_map(Node::as_str) {
                if !distinct.iter().any(|known| known == word) {
                    distinct.push(word.to_owned());
                }
            }
            distinct
        }
        _ => return,
    };
    // Every integer is a number.
    if words.iter().any(|word| word == "number") {
        words.retain(|word| word != "integer");
    }
    let all = words.len();
    words.retain(|word| word != "null");
    let type_at = map.shift_remove_full("type");
    if words.len() < all {
        map.insert("nullable".to_owned(), Node::bool(true, origin));
    }
    match words.as_slice() {
        [] if all > 0 && !map.contains_key("enum") => {
            let null = Node { kind: Kind::Null, origin };
            map.insert("enum".to_owned(), Node::array(vec![null], origin));
        }
        [] => {}
        [word] => {
            let index = type_at.map_or(0, |(index, ..)| index).min(map.len());
            map.shift_insert(index, "type".to_owned(), Node::string(word.as_str(), origin));
        }
        _ => alternatives(map, &words, origin),
    }
}

/// One alternative for each type, with the keywords that are its own.
fn alternatives(map: &mut Map, words: &[String], origin: Origin) {
    let of_word = |word: &str| if word == "integer" { "number" } else { word }.to_owned();
    let values = map.shift_remove("enum");
    let mut schemas = Vec::new();
    for word in words {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), Node::string(word.as_str(), origin));
        let family = of_word(word);
        let own = OF_TYPE.iter().filter(|(of, _)| *of == family).flat_map(|(_, keys)| *keys);
        for key in own {
            if let Some(node) = map.get(*key) {
                schema.insert((*key).to_owned(), node.clone());
            }
        }
        if let Some(values) = values.as_ref().and_then(Node::as_array) {
            let its: Vec<Node> = values.iter().filter(|v| is_of(v, word)).cloned().collect();
            if its.is_empty() {
                continue;
            }
            schema.insert("enum".to_owned(), Node::array(its, origin));
        }
        schemas.push(Node::object(schema, origin));
    }
    map.retain(|key, _| !OF_TYPE.iter().any(|(_, keys)| keys.contains(&key.as_str())));
    if values.iter().flat_map(|v| v.as_array().unwrap_or_default()).any(|v| v.kind == Kind::Null) {
        map.insert("nullable".to_owned(), Node::bool(true, origin));
    }
    let any_of = Node::array(schemas, origin);
    if map.contains_key("anyOf") {
        let one = Map::from_iter([("anyOf".to_owned(), any_of)]);
        let all = map.entry("allOf".to_owned()).or_insert_with(|| Node::array(Vec::new(), origin));
        if let Kind::Array(all) = &mut all.kind {
            all.push(Node::object(one, origin));
        }
    } else {
        map.insert("anyOf".to_owned(), any_of);
    }
}

fn is_of(value: &Node, word: &str) -> bool {
    match &value.kind {
        Kind::Null => false,
        Kind::Bool(_) => word == "boolean",
        Kind::Number(_) => matches!(word, "integer" | "number"),
        Kind::String(_) => word == "string",
        Kind::Array(_) => word == "array",
        Kind::Object(_) => word == "object",
    }
}
