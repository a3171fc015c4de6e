//! Resolves references to the identifiers of schemas: `$anchor` and `$id` (JSON Schema 2020-12
//! §8.2).

use std::collections::BTreeMap;

use crate::dialect::grammar::{ObjectKind, for_each_object_mut};
use crate::source::{Node, escape};

/// Keys whose values are data and never contain schemas.
const DATA_KEYS: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Replaces references to `$anchor` and `$id` with JSON pointers, in the tree as it was parsed.
pub(in crate::dialect) fn resolve_anchors(root: &mut Node) {
    let mut names = BTreeMap::new();
    collect_names(root, &mut Vec::new(), &mut names);
    if names.is_empty() {
        return;
    }
    for_each_object_mut(root, ObjectKind::Root, &mut |node, object| {
        if object != ObjectKind::Schema {
            return;
        }
        let Some(reference) = node.as_object_mut().and_then(|map| map.get_mut("$ref")) else {
            return;
        };
        let pointer = reference.as_str().and_then(|text| names.get(text));
        if let Some(pointer) = pointer {
            *reference = Node::string(format!("#{pointer}"), reference.origin);
        }
    });
}

/// Collects the text of every possible reference to an identifier, with the JSON pointer to its
/// schema. The first of several equal identifiers wins.
fn collect_names<'n>(
    node: &'n Node,
    path: &mut Vec<&'n str>,
    names: &mut BTreeMap<String, String>,
) {
    if let Some(items) = node.as_array() {
        // Few arrays contain identifiers, so pointers to their items are only built if one is
        // found.
        for (index, item) in items.iter().enumerate() {
            let mut inner = BTreeMap::new();
            collect_names(item, &mut Vec::new(), &mut inner);
            for (name, pointer) in inner {
                names.entry(name).or_insert(format!("{}/{index}{pointer}", pointer_to(path)));
            }
        }
        return;
    }
    let string = |key: &str| node.get(key).and_then(Node::as_str);
    let (id, anchor) = (string("$id"), string("$anchor"));
    let spellings = [
        id.map(str::to_owned),
        anchor.map(|anchor| format!("#{anchor}")),
        id.zip(anchor).map(|(id, anchor)| format!("{id}#{anchor}")),
    ];
    for name in spellings.into_iter().flatten() {
        names.entry(name).or_insert_with(|| pointer_to(path));
    }
    for (key, value) in node.as_object().into_iter().flatten() {
        if !DATA_KEYS.contains(&key.as_str()) {
            path.push(key);
            collect_names(value, path, names);
            path.pop();
        }
    }
}

fn pointer_to(path: &[&str]) -> String {
    path.iter().flat_map(|key| ["/".to_owned(), escape(key)]).collect()
}
