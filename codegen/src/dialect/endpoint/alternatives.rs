//! A list of entries: the alternatives of one schema.

use super::entry;
use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// The schema of `entries`, and what they say of `required`. An entry of type null makes the others
/// nullable; several others become `oneOf`.
pub(super) fn invert(entries: Vec<Node>, origin: Origin) -> (Node, Option<bool>) {
    let stated = entries.iter().filter_map(|entry| entry.get("required")?.as_bool());
    let required = stated.reduce(|a, b| a || b);
    let (all, mut nullable) = (entries.len(), false);
    let mut schemas: Vec<Node> = Vec::new();
    for node in entries {
        let Kind::Object(map) = node.kind else { continue };
        if map.get("type").and_then(Node::as_str) == Some("null") {
            nullable = true;
            continue;
        }
        let schema = entry::schema(map, node.origin);
        if !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }
    let null = all > 0 && nullable && schemas.is_empty();
    let texts = common_texts(&mut schemas);
    if let Some(one) = but_for_required(&schemas) {
        schemas = vec![one];
    }
    let mut map = match schemas.len() {
        0 => Map::new(),
        1 => match schemas.remove(0).kind {
            Kind::Object(map) => map,
            _ => Map::new(),
        },
        _ => Map::from_iter([("oneOf".to_owned(), Node::array(schemas, origin))]),
    };
    map.extend(texts);
    if nullable {
        map.insert("nullable".to_owned(), Node::bool(true, origin));
    }
    if null {
        let null = Node { kind: Kind::Null, origin };
        map.insert("enum".to_owned(), Node::array(vec![null], origin));
    }
    (Node::object(map, origin), required)
}

/// The texts that all alternatives share, taken out of them: the converter writes what the union says
/// of itself into each.
fn common_texts(schemas: &mut [Node]) -> Map {
    let mut texts = Map::new();
    let Some((first, others)) = schemas.split_first() else { return texts };
    for key in ["title", "description"] {
        if let Some(text) = first.get(key)
            && !others.is_empty()
            && others.iter().all(|other| other.get(key) == Some(text))
        {
            texts.insert(key.to_owned(), text.clone());
        }
    }
    for map in schemas.iter_mut().filter_map(Node::as_object_mut) {
        map.retain(|key, _| !texts.contains_key(key));
    }
    texts
}

/// The one object that alternatives are, where all they disagree on is what they require: that is
/// what becomes of `anyOf: [{required: [a]}, {required: [b]}]` beside the properties.
fn but_for_required(schemas: &[Node]) -> Option<Node> {
    let (first, others) = schemas.split_first().filter(|(_, others)| !others.is_empty())?;
    first.get("properties")?;
    let without = |schema: &Node| {
        let mut map = schema.as_object()?.clone();
        map.shift_remove("required");
        Some(map)
    };
    let mut map = without(first)?;
    if !others.iter().all(|other| without(other).as_ref() == Some(&map)) {
        return None;
    }
    if let Some(Kind::Array(names)) = first.get("required").map(|node| &node.kind) {
        let all_require = |name: &&Node| {
            let lists = others.iter().map(|other| other.get("required").and_then(Node::as_array));
            lists.into_iter().all(|list| list.is_some_and(|list| list.contains(name)))
        };
        let names: Vec<Node> = names.iter().filter(all_require).cloned().collect();
        if !names.is_empty() {
            map.insert("required".to_owned(), Node::array(names, first.origin));
        }
    }
    Some(Node::object(map, first.origin))
}
