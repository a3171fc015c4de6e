//! Replaces references to path items and whole sections in other files by their targets.

use super::{Files, find_target};
use crate::depth::MAX_REFERENCE_CHAIN;
use crate::source::{Kind, Map, Node};

/// Inlines the references to files in `paths`, `webhooks` and `components`: as a whole, in their
/// entries, and in path items. Returns the sections of `components` that are the content of a file,
/// each with the reference to it.
pub(super) fn inline_sections(root: &mut Node, files: &Files) -> Vec<(String, String)> {
    let Some(map) = root.as_object_mut() else { return Vec::new() };
    let mut component_files = Vec::new();
    for key in ["paths", "webhooks", "components"] {
        let Some(section) = map.get_mut(key) else { continue };
        inline_reference(section, files);
        for (name, entry) in section.as_object_mut().into_iter().flatten() {
            if key == "components" {
                let reference = entry.get("$ref").and_then(Node::as_str);
                component_files.extend(reference.map(|it| (name.clone(), it.to_owned())));
            }
            inline_reference(entry, files);
        }
    }
    let items = map.get_mut("components").and_then(Node::as_object_mut);
    let items = items.and_then(|map| map.get_mut("pathItems")).and_then(Node::as_object_mut);
    items.into_iter().flat_map(Map::values_mut).for_each(|item| inline_reference(item, files));
    component_files
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
