//! An entry, and the schemas wrapped inside it.

use super::{ENTRY_MARK, alternatives};
use crate::report::Origin;
use crate::source::{Kind, Map, Node, unescape};

/// The schema of one entry. What the entry says of the body or parameter it stands in (`required`)
/// was read before and goes.
pub(super) fn schema(mut map: Map, origin: Origin) -> Node {
    map.shift_remove("required");
    identifier(&mut map);
    entry_type(&mut map, origin);
    if let Some(items) = map.get_mut("items") {
        open(items);
    }
    if let Some(rest) = map.get_mut("additionalProperties") {
        open(rest);
    }
    properties(&mut map, origin);
    Node::object(map, origin)
}

/// `refIdentifier` → a mark that [`names`](super::names) reads.
fn identifier(map: &mut Map) {
    let Some(node) = map.shift_remove("refIdentifier") else { return };
    if let Some(name) = node.as_str().and_then(|s| s.strip_prefix("#/components/schemas/")) {
        map.insert(ENTRY_MARK.to_owned(), Node::string(unescape(name), node.origin));
    }
}

/// `enum<T>` → `T`, `file` → a binary string, `any` → no type.
fn entry_type(map: &mut Map, origin: Origin) {
    let Some(node) = map.get_mut("type") else { return };
    let word = node.as_str().unwrap_or_default().to_owned();
    let inner = word.strip_prefix("enum<").and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inner {
        *node = Node::string(inner, node.origin);
    } else if word == "any" {
        map.shift_remove("type");
    } else if word == "file" {
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

/// `requiredProperties` → `required`, as far as the properties are there: the converter takes
/// read-only properties from requests and write-only ones from responses, but not their names from the
/// list. In older pages each property is a list of entries which say themselves that they are
/// required.
fn properties(map: &mut Map, origin: Origin) {
    let mut required = match map.shift_remove("requiredProperties").map(|node| node.kind) {
        Some(Kind::Array(names)) => names,
        _ => Vec::new(),
    };
    if let Some(Kind::Object(properties)) = map.get_mut("properties").map(|node| &mut node.kind) {
        for (name, property) in properties.iter_mut() {
            if open(property) == Some(true) {
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

/// `allOf` of one schema → the schema; a list of entries → their schema, and whether they say that
/// the property is required.
fn open(node: &mut Node) -> Option<bool> {
    match &mut node.kind {
        Kind::Array(entries) => {
            let entries = std::mem::take(entries);
            let (schema, required) = alternatives::invert(entries, node.origin);
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
