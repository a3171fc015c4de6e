//! The locations of items in the document.

use crate::ir::ParameterIn;
use crate::report::Location;
use crate::source::{Node, escape};

/// Returns the location of the value at a JSON pointer.
pub(super) fn locate(openapi: &Node, pointer: &str) -> Option<Location> {
    Some(Location::Entry(openapi.pointer(pointer)?.origin))
}

/// Returns the location of a property of a schema, or else of the schema.
pub(super) fn locate_property(schema: &Node, property: &str) -> Location {
    let own = schema.get("properties").and_then(|properties| properties.get(property));
    let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default().iter();
    let inherited = || parts.filter_map(|part| part.get("properties")?.get(property)).next();
    Location::Entry(own.or_else(inherited).map_or(schema.origin, |found| found.origin))
}

/// Returns the location of a value of an enum, or else of the schema.
pub(super) fn locate_value(schema: &Node, value: &str) -> Location {
    let values = schema.get("enum").and_then(Node::as_array).unwrap_or_default();
    let is_value = |node: &&Node| {
        node.as_str() == Some(value) || node.as_int().is_some_and(|it| it.to_string() == value)
    };
    match values.iter().find(is_value) {
        Some(found) => Location::Value(found.origin),
        None => Location::Entry(schema.origin),
    }
}

/// Returns the location of a parameter, which the operation or its path item declares, or else of the
/// operation at `pointer`.
pub(super) fn locate_parameter(
    openapi: &Node,
    pointer: &str,
    location: ParameterIn,
    wire: &str,
) -> Option<Location> {
    let path_item = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    let lists = [pointer, path_item]
        .into_iter()
        .filter_map(|pointer| openapi.pointer(pointer)?.get("parameters").and_then(Node::as_array));
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let is_parameter = |node: &&Node| {
        let target = text(node, "$ref");
        let declared = target.and_then(|it| openapi.pointer(it.strip_prefix('#')?));
        let declared = declared.unwrap_or(node);
        text(declared, "in").as_deref() == Some(location.name())
            && text(declared, "name").is_some_and(|name| name.eq_ignore_ascii_case(wire))
    };
    match lists.flatten().find(is_parameter) {
        Some(found) => Some(Location::Entry(found.origin)),
        None => locate(openapi, pointer),
    }
}

/// Returns the location of a response to the operation at `pointer`, or else of the operation.
pub(super) fn locate_response(openapi: &Node, pointer: &str, status: &str) -> Option<Location> {
    let response = format!("{pointer}/responses/{}", escape(status));
    locate(openapi, &response).or_else(|| locate(openapi, pointer))
}
