//! Converts parameters, which are grouped by location.

use super::{DIRECTION_MARKER, alternatives};
use crate::source::{Kind, Map, Node};

/// `{path: {NAME: …}, query: {…}, header: {…}, cookie: {…}}` → an array of parameters.
pub(super) fn convert_parameters(locations: Node) -> Vec<Node> {
    let Kind::Object(locations) = locations.kind else { return Vec::new() };
    let mut list = Vec::new();
    for (location, parameters) in locations {
        let Kind::Object(parameters) = parameters.kind else { continue };
        for (name, parameter) in parameters {
            list.push(convert_parameter(&location, name, parameter));
        }
    }
    list
}

/// Converts one parameter. Its description and `deprecated`, which the converter copies into each
/// entry, are moved back to the parameter.
fn convert_parameter(location: &str, name: String, node: Node) -> Node {
    let origin = node.origin;
    let Kind::Object(mut parameter) = node.kind else { return node };
    let entries = match parameter.shift_remove("schema").map(|node| node.kind) {
        Some(Kind::Array(entries)) => entries,
        _ => Vec::new(),
    };
    let first_value = |key: &str| entries.iter().find_map(|entry| entry.get(key)).cloned();
    let (description, deprecated) = (first_value("description"), first_value("deprecated"));
    let entries = entries.into_iter().map(|mut entry| {
        if let Some(map) = entry.as_object_mut() {
            map.retain(|key, _| key != "description" && key != "deprecated");
            map.insert(DIRECTION_MARKER.to_owned(), Node::string("request", origin));
        }
        entry
    });
    let (schema, required) = alternatives::convert_alternatives(entries.collect(), origin);
    let mut map = Map::new();
    map.insert("name".to_owned(), Node::string(name, origin));
    map.insert("in".to_owned(), Node::string(location, origin));
    if let Some(description) = description {
        map.insert("description".to_owned(), description);
    }
    if location == "path" || required == Some(true) {
        map.insert("required".to_owned(), Node::bool(true, origin));
    }
    if let Some(deprecated) = deprecated.filter(|node| node.as_bool() == Some(true)) {
        map.insert("deprecated".to_owned(), deprecated);
    }
    for key in ["style", "explode"] {
        if let Some(node) = parameter.shift_remove(key) {
            map.insert(key.to_owned(), node);
        }
    }
    map.insert("schema".to_owned(), schema);
    map.extend(parameter);
    Node::object(map, origin)
}
