//! Converts an array of entries: the alternatives of one schema.

use super::entry;
use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// Returns the schema of `entries`, and whether they are `required` if they specify it. An entry of
/// type null makes the others nullable; several other entries become `oneOf`.
pub(super) fn convert_alternatives(entries: Vec<Node>, origin: Origin) -> (Node, Option<bool>) {
    let flags = entries.iter().filter_map(|entry| entry.get("required")?.as_bool());
    let required = flags.reduce(|a, b| a || b);
    let (count, mut nullable) = (entries.len(), false);
    let mut schemas: Vec<Node> = Vec::new();
    for node in entries {
        let Kind::Object(map) = node.kind else { continue };
        if map.get("type").and_then(Node::as_str) == Some("null") {
            nullable = true;
            continue;
        }
        let schema = entry::convert_entry(map, node.origin);
        if !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }
    let only_null = count > 0 && nullable && schemas.is_empty();
    let docs = take_common_docs(&mut schemas);
    if let Some(merged) = merge_if_only_required_differs(&schemas) {
        schemas = vec![merged];
    }
    let mut map = match schemas.len() {
        0 => Map::new(),
        1 => match schemas.remove(0).kind {
            Kind::Object(map) => map,
            _ => Map::new(),
        },
        _ => Map::from_iter([("oneOf".to_owned(), Node::array(schemas, origin))]),
    };
    map.extend(docs);
    if nullable {
        map.insert("nullable".to_owned(), Node::bool(true, origin));
    }
    if only_null {
        let null = Node { kind: Kind::Null, origin };
        map.insert("enum".to_owned(), Node::array(vec![null], origin));
    }
    (Node::object(map, origin), required)
}

/// Removes and returns the documentation that all alternatives share: the converter copies that of
/// the union into each of them.
fn take_common_docs(schemas: &mut [Node]) -> Map {
    let mut docs = Map::new();
    let Some((first, others)) = schemas.split_first() else { return docs };
    for key in ["title", "description"] {
        if let Some(text) = first.get(key)
            && !others.is_empty()
            && others.iter().all(|other| other.get(key) == Some(text))
        {
            docs.insert(key.to_owned(), text.clone());
        }
    }
    for map in schemas.iter_mut().filter_map(Node::as_object_mut) {
        map.retain(|key, _| !docs.contains_key(key));
    }
    docs
}

/// Merges alternatives that differ only in the properties that they require. The converter writes them
/// for `anyOf: [{required: [a]}, {required: [b]}]` beside `properties`.
fn merge_if_only_required_differs(schemas: &[Node]) -> Option<Node> {
    let (first, others) = schemas.split_first().filter(|(_, others)| !others.is_empty())?;
    first.get("properties")?;
    let without_required = |schema: &Node| {
        let mut map = schema.as_object()?.clone();
        map.shift_remove("required");
        Some(map)
    };
    let mut map = without_required(first)?;
    if !others.iter().all(|other| without_required(other).as_ref() == Some(&map)) {
        return None;
    }
    if let Some(Kind::Array(names)) = first.get("required").map(|node| &node.kind) {
        let is_required_by_all = |name: &&Node| {
            let lists = others.iter().map(|other| other.get("required").and_then(Node::as_array));
            lists.into_iter().all(|list| list.is_some_and(|list| list.contains(name)))
        };
        let names: Vec<Node> = names.iter().filter(is_required_by_all).cloned().collect();
        if !names.is_empty() {
            map.insert("required".to_owned(), Node::array(names, first.origin));
        }
    }
    Some(Node::object(map, first.origin))
}
