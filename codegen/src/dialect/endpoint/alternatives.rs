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
    let mut map = match schemas.len() {
        0 => Map::new(),
        1 => match schemas.remove(0).kind {
            Kind::Object(map) => map,
            _ => Map::new(),
        },
        _ => Map::from_iter([("oneOf".to_owned(), Node::array(schemas, origin))]),
    };
    if nullable {
        map.insert("nullable".to_owned(), Node::bool(true, origin));
    }
    if null {
        let null = Node { kind: Kind::Null, origin };
        map.insert("enum".to_owned(), Node::array(vec![null], origin));
    }
    (Node::object(map, origin), required)
}
