//! Converts an entry and the schemas that are wrapped inside it.

use super::{IDENTIFIER_MARKER, alternatives};
use crate::report::Origin;
use crate::source::{Kind, Map, Node, unescape};

/// Converts one entry to a schema. Removes `required`, which describes the enclosing body or
/// parameter and was read before.
pub(super) fn convert_entry(mut map: Map, origin: Origin) -> Node {
    map.shift_remove("required");
    convert_identifier(&mut map);
    convert_type(&mut map, origin);
    if let Some(items) = map.get_mut("items") {
        unwrap_schema(items);
    }
    if let Some(additional) = map.get_mut("additionalProperties") {
        unwrap_schema(additional);
    }
    convert_properties(&mut map, origin);
    Node::object(map, origin)
}

/// `refIdentifier` → a marker that [`names`](super::names) reads.
fn convert_identifier(map: &mut Map) {
    let Some(node) = map.shift_remove("refIdentifier") else { return };
    if let Some(name) = node.as_str().and_then(|s| s.strip_prefix("#/components/schemas/")) {
        map.insert(IDENTIFIER_MARKER.to_owned(), Node::string(unescape(name), node.origin));
    }
}

/// `enum<T>` → `T`, `file` → a binary string, `any` → no type.
fn convert_type(map: &mut Map, origin: Origin) {
    let Some(node) = map.get_mut("type") else { return };
    let type_name = node.as_str().unwrap_or_default().to_owned();
    let inner = type_name.strip_prefix("enum<").and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inner {
        *node = Node::string(inner, node.origin);
    } else if type_name == "any" {
        map.shift_remove("type");
    } else if type_name == "file" {
        *node = Node::string("string", node.origin);
        let encoding = map.shift_remove("contentEncoding");
        let format = match encoding.as_ref().and_then(Node::as_str) {
            Some("base64") => "byte",
            Some(_) | None => "binary",
        };
        map.shift_remove("contentMediaType");
        map.insert("format".to_owned(), Node::string(format, origin));
    }
}

/// `requiredProperties` → `required`, without the names of missing properties: the converter removes
/// read-only properties from requests and write-only ones from responses, but not their names from
/// the array. In older pages, each property is an array of entries that specify themselves whether
/// they are required.
fn convert_properties(map: &mut Map, origin: Origin) {
    let mut required = match map.shift_remove("requiredProperties").map(|node| node.kind) {
        Some(Kind::Array(names)) => names,
        _ => Vec::new(),
    };
    if let Some(Kind::Object(properties)) = map.get_mut("properties").map(|node| &mut node.kind) {
        for (name, property) in properties.iter_mut() {
            if unwrap_schema(property) == Some(true) {
                required.push(Node::string(name.clone(), property.origin));
            }
        }
        required.retain(|name| name.as_str().is_some_and(|name| properties.contains_key(name)));
        if properties.is_empty() {
            map.shift_remove("properties");
        }
    }
    if !required.is_empty() {
        map.insert("required".to_owned(), Node::array(required, origin));
    }
}

/// `allOf` of one schema → the schema; an array of entries → their schema. Returns whether the entries are
/// required, if they specify it.
fn unwrap_schema(node: &mut Node) -> Option<bool> {
    match &mut node.kind {
        Kind::Array(entries) => {
            let entries = std::mem::take(entries);
            let (schema, required) = alternatives::convert_alternatives(entries, node.origin);
            *node = schema;
            required
        }
        Kind::Object(map) if map.len() == 1 => {
            if let Some(Kind::Array(all)) = map.get_mut("allOf").map(|node| &mut node.kind)
                && all.len() == 1
            {
                *node = all.remove(0);
            }
            None
        }
        _ => None,
    }
}
