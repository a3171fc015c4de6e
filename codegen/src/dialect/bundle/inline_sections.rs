//! Replaces references to path items and whole sections in other files by their targets.

use super::{Files, find_target};
use crate::source::{Kind, Map, Node};

/// The maximum length of a chain of references.
const MAX_REFERENCE_CHAIN: usize = 16;

/// Inlines the references to files in `paths`, `webhooks` and `components`: as a whole, in their
/// entries, and in path items.
pub(super) fn inline_sections(root: &mut Node, files: &Files) {
    let Some(map) = root.as_object_mut() else { return };
    for key in ["paths", "webhooks", "components"] {
        let Some(section) = map.get_mut(key) else { continue };
        inline_reference(section, files);
        for entry in section.as_object_mut().into_iter().flat_map(Map::values_mut) {
            inline_reference(entry, files);
        }
    }
    let items = map.get_mut("components").and_then(Node::as_object_mut);
    let items = items.and_then(|map| map.get_mut("pathItems")).and_then(Node::as_object_mut);
    items.into_iter().flat_map(Map::values_mut).for_each(|item| inline_reference(item, files));
}

/// Replaces a reference to a file by its target. The siblings of the reference take precedence.
fn inline_reference(node: &mut Node, files: &Files) {
    for _ in 0..MAX_REFERENCE_CHAIN {
        let reference = node.get("$ref").and_then(Node::as_str);
        let Some(found) = reference.and_then(|it| find_target(files, it)).cloned() else { return };
        let siblings = std::mem::replace(node, found);
        if let (Kind::Object(map), Kind::Object(siblings)) = (&mut node.kind, siblings.kind) {
            map.extend(siblings.into_iter().filter(|(key, _)| key != "$ref"));
        }
    }
}
