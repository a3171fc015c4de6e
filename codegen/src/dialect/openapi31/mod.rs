//! Converts OpenAPI 3.1 to 3.0, one schema at a time, in an audited tree with resolved references.
//! Each construct has its own function. Documents that declare OpenAPI 3.0 are converted too,
//! because they may use these constructs.

mod bounds;
mod constant;
mod content;
mod examples;
mod nulls;
mod pattern_properties;
mod prefix_items;
mod siblings;
mod types;

use super::grammar::{ObjectKind, for_each_object_mut};
use crate::source::{Kind, Map, Node};

/// Converts every schema below `root`, and the `webhooks`.
pub(super) fn convert_to_openapi30(root: &mut Node) {
    for_each_object_mut(root, ObjectKind::Root, &mut convert_object);
    let origin = root.origin;
    let Some(map) = root.as_object_mut() else { return };
    map.insert("openapi".to_owned(), Node::string("3.0.3", origin));
    if let Some(webhooks) = map.shift_remove("webhooks") {
        map.insert("x-docwright-webhooks".to_owned(), webhooks);
    }
}

/// Converts one object whose inner objects are already converted.
pub(super) fn convert_object(node: &mut Node, object: ObjectKind) {
    if object == ObjectKind::Schema {
        convert_schema(node);
    }
}

/// Converts one schema whose inner schemas are already converted.
fn convert_schema(node: &mut Node) {
    convert_boolean_schema(node);
    let origin = node.origin;
    let Kind::Object(map) = &mut node.kind else { return };
    constant::rewrite(map);
    prefix_items::rewrite(map, origin);
    pattern_properties::rewrite(map, origin);
    bounds::rewrite(map);
    examples::rewrite(map);
    content::rewrite(map);
    types::rewrite(map, origin);
    nulls::rewrite(map, origin);
    siblings::rewrite(map);
}

/// Converts the schema `true`, which allows any value, and `false`, which allows none.
fn convert_boolean_schema(node: &mut Node) {
    let Kind::Bool(flag) = node.kind else { return };
    let mut map = Map::new();
    if !flag {
        map.insert("not".to_owned(), Node::object(Map::new(), node.origin));
    }
    node.kind = Kind::Object(map);
}

/// Renames a key and keeps its position, unless the new key exists.
fn rename_key(map: &mut Map, old: &str, new: &str) {
    if let Some((index, _, node)) = map.shift_remove_full(old) {
        if map.contains_key(new) {
            map.insert(new.to_owned(), node);
        } else {
            map.shift_insert(index, new.to_owned(), node);
        }
    }
}

/// Creates an `anyOf` of `schemas` without duplicates. Returns the schema itself if there is only
/// one, and an empty schema for an empty list.
fn any_of(schemas: Vec<Node>, origin: crate::report::Origin) -> Node {
    let mut distinct: Vec<Node> = Vec::with_capacity(schemas.len());
    for schema in schemas {
        if !distinct.contains(&schema) {
            distinct.push(schema);
        }
    }
    if distinct.len() == 1 {
        return distinct.remove(0);
    }
    let mut map = Map::new();
    if !distinct.is_empty() {
        map.insert("anyOf".to_owned(), Node::array(distinct, origin));
    }
    Node::object(map, origin)
}
