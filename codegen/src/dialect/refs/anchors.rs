//! Names that schemas give themselves: `$anchor`, and `$id` (JSON Schema 2020-12 §8.2).

use std::collections::BTreeMap;

use crate::dialect::grammar::{Object, each};
use crate::source::{Node, escape};

/// Members whose values are data, whatever they look like.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Writes references to such names as pointers, on a tree as it was read.
pub(in crate::dialect) fn resolve(root: &mut Node) {
    let mut names = BTreeMap::new();
    collect(root, &mut Vec::new(), &mut names);
    if names.is_empty() {
        return;
    }
    each(root, Object::Root, &mut |node, object| {
        if object != Object::Schema {
            return;
        }
        let Some(location) = node.as_object_mut().and_then(|map| map.get_mut("$ref")) else {
            return;
        };
        let pointer = location.as_str().and_then(|text| names.get(text));
        if let Some(pointer) = pointer {
            *location = Node::string(format!("#{pointer}"), location.origin);
        }
    });
}

/// What a reference may say, with the pointer that it stands for; the first of a name holds.
fn collect<'n>(node: &'n Node, path: &mut Vec<&'n str>, names: &mut BTreeMap<String, String>) {
    if let Some(items) = node.as_array() {
        // Few lists hold schemas, and their locations are only put together where a name stands.
        for (index, item) in items.iter().enumerate() {
            let mut inner = BTreeMap::new();
            collect(item, &mut Vec::new(), &mut inner);
            for (name, pointer) in inner {
                names.entry(name).or_insert(format!("{}/{index}{pointer}", pointer_of(path)));
            }
        }
        return;
    }
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    let (id, anchor) = (text("$id"), text("$anchor"));
    let said = [
        id.map(str::to_owned),
        anchor.map(|anchor| format!("#{anchor}")),
        id.zip(anchor).map(|(id, anchor)| format!("{id}#{anchor}")),
    ];
    for name in said.into_iter().flatten() {
        names.entry(name).or_insert_with(|| pointer_of(path));
    }
    for (key, value) in node.as_object().into_iter().flatten() {
        if !DATA.contains(&key.as_str()) {
            path.push(key);
            collect(value, path, names);
            path.pop();
        }
    }
}

fn pointer_of(path: &[&str]) -> String {
    path.iter().flat_map(|key| ["/".to_owned(), escape(key)]).collect()
}
