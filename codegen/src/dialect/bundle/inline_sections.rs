//! Path items and whole sections that stand in other files: they replace the reference.

use super::{Files, target};
use crate::source::{Kind, Map, Node};

/// How many files may refer to each other in a row.
const LIMIT: usize = 16;

/// Puts what they refer to instead of `paths`, `components`, the sections of both, and path items.
pub(super) fn fill(root: &mut Node, files: &Files) {
    let Some(map) = root.as_object_mut() else { return };
    for key in ["paths", "webhooks", "components"] {
        let Some(part) = map.get_mut(key) else { continue };
        resolve(part, files);
        for member in part.as_object_mut().into_iter().flat_map(Map::values_mut) {
            resolve(member, files);
        }
    }
    let items = map.get_mut("components").and_then(Node::as_object_mut);
    let items = items.and_then(|map| map.get_mut("pathItems")).and_then(Node::as_object_mut);
    items.into_iter().flat_map(Map::values_mut).for_each(|item| resolve(item, files));
}

/// What a reference to a file leads to, with the members beside the reference, which hold first.
fn resolve(node: &mut Node, files: &Files) {
    for _ in 0..LIMIT {
        let reference = node.get("$ref").and_then(Node::as_str);
        let Some(found) = reference.and_then(|text| target(files, text)).cloned() else { return };
        let own = std::mem::replace(node, found);
        if let (Kind::Object(map), Kind::Object(own)) = (&mut node.kind, own.kind) {
            map.extend(own.into_iter().filter(|(key, _)| key != "$ref"));
        }
    }
}
