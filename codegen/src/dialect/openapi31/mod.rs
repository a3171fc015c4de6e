//! OpenAPI 3.1 → 3.0, one schema at a time, on a tree that was audited and whose references are
//! settled. Each construct has its function; documents that call themselves 3.0 use them too.

mod bounds;
mod constant;
mod content;
mod lists;
mod maps;
mod nulls;
mod samples;
mod siblings;
mod types;

use super::grammar::{Object, each};
use crate::source::{Kind, Map, Node};

/// Rewrites every schema below `root`, and what else 3.1 says in other words.
pub(super) fn rewrite(root: &mut Node) {
    each(root, Object::Root, &mut |node, object| {
        if object == Object::Schema {
            schema(node);
        }
    });
    let origin = root.origin;
    let Some(map) = root.as_object_mut() else { return };
    map.insert("openapi".to_owned(), Node::string("3.0.3", origin));
    if let Some(webhooks) = map.shift_remove("webhooks") {
        map.insert("x-docwright-webhooks".to_owned(), webhooks);
    }
}

/// Rewrites one schema whose inner schemas are done.
fn schema(node: &mut Node) {
    boolean(node);
    let origin = node.origin;
    let Kind::Object(map) = &mut node.kind else { return };
    constant::rewrite(map);
    lists::rewrite(map, origin);
    maps::rewrite(map, origin);
    bounds::rewrite(map);
    samples::rewrite(map);
    content::rewrite(map);
    types::rewrite(map, origin);
    nulls::rewrite(map, origin);
    siblings::rewrite(map);
}

/// `true` allows every value, `false` none.
fn boolean(node: &mut Node) {
    let Kind::Bool(flag) = node.kind else { return };
    let mut map = Map::new();
    if !flag {
        map.insert("not".to_owned(), Node::object(Map::new(), node.origin));
    }
    node.kind = Kind::Object(map);
}

/// Puts `key` instead of the members `old`, or at the end.
fn rename(map: &mut Map, old: &str, key: &str) {
    if let Some((index, _, node)) = map.shift_remove_full(old) {
        if map.contains_key(key) {
            map.insert(key.to_owned(), node);
        } else {
            map.shift_insert(index, key.to_owned(), node);
        }
    }
}

/// `anyOf` of `schemas` without repetition; of one, the schema itself; of none, any value.
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
