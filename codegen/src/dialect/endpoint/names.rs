//! `refIdentifier`: which entries are a named type.
//!
//! The converter writes the *last* reference of a composition there, so that one name can stand on
//! two shapes. Entries that agree with the component of that name, or all with each other, are that
//! type; of entries that differ, the one whose properties all others have is the type, and the
//! others stay without a name.

use indexmap::IndexMap;

use super::agreement::{agree, extended, unite, within};
use super::{ENTRY_MARK, SIDE_MARK};
use crate::dialect::grammar::{Object, each, each_ref};
use crate::source::{Kind, Map, Node};

/// Turns marked entries into references, and adds the components they name.
pub(super) fn settle(root: &mut Node) {
    let mut uses: IndexMap<String, Vec<Node>> = IndexMap::new();
    each_ref(root, Object::Root, &mut |node, object| {
        if object == Object::Schema
            && let Some(name) = node.get(ENTRY_MARK).and_then(Node::as_str)
        {
            uses.entry(name.to_owned()).or_default().push(node.clone());
        }
    });
    let mut types: IndexMap<String, Node> = IndexMap::new();
    for (name, uses) in uses {
        let component = root.pointer("/components/schemas").and_then(|s| s.get(&name));
        if let Some(node) = component.cloned().or_else(|| common(root, &uses)) {
            types.insert(name, node);
        }
    }
    let before = root.clone();
    each(root, Object::Root, &mut |node, object| {
        if object == Object::Schema {
            replace(&before, node, &types);
        }
    });
    insert(root, types);
}

/// The type that `uses` are of. The fullest one is first, for its order of properties.
fn common(root: &Node, uses: &[Node]) -> Option<Node> {
    let mut order: Vec<&Node> = uses.iter().collect();
    order.sort_by_key(|entry| std::cmp::Reverse(count(entry)));
    let (first, others) = order.split_first()?;
    let mut whole = without_null((*first).clone());
    for other in others {
        if agree(root, other, &whole) {
            unite(&mut whole, other);
        } else {
            let least = |below: fn(&Node, &Node) -> bool| {
                uses.iter().find(|a| uses.iter().all(|b| below(a, b)))
            };
            return least(extended).or_else(|| least(within)).cloned().map(without_null);
        }
    }
    Some(whole)
}

fn count(entry: &Node) -> usize {
    entry.get("properties").and_then(Node::as_object).map_or(0, Map::len)
}

/// Whether null is allowed is said where the type is used.
fn without_null(mut node: Node) -> Node {
    if let Some(map) = node.as_object_mut() {
        map.shift_remove("nullable");
    }
    node
}

/// A marked entry that agrees with its type → a reference to it, with the texts that are its own.
fn replace(root: &Node, node: &mut Node, types: &IndexMap<String, Node>) {
    let name = node.get(ENTRY_MARK).and_then(Node::as_str).map(str::to_owned);
    let known = name.and_then(|name| types.get(&name).map(|known| (name, known)));
    let is_of = known.filter(|(_, known)| agree(root, node, known));
    let origin = node.origin;
    let Kind::Object(map) = &mut node.kind else { return };
    map.shift_remove(SIDE_MARK);
    let mark = map.shift_remove(ENTRY_MARK);
    let (Some((name, known)), Some(mark)) = (is_of, mark) else { return };
    let old = std::mem::take(map);
    let pointer = format!("#/components/schemas/{}", crate::source::escape(&name));
    map.insert("$ref".to_owned(), Node::string(pointer, mark.origin));
    for key in ["nullable", "title", "description", "default", "example", "deprecated"] {
        if let Some(own) = old.get(key).filter(|own| known.get(key) != Some(*own)) {
            map.insert(key.to_owned(), own.clone());
        }
    }
    node.origin = origin;
}

/// Adds the types that are no component yet, marked as made from entries.
fn insert(root: &mut Node, types: IndexMap<String, Node>) {
    if types.is_empty() {
        return;
    }
    let origin = root.origin;
    let components = root.as_object_mut().and_then(|root| root.get_mut("components"));
    let Some(components) = components.and_then(Node::as_object_mut) else { return };
    let schemas =
        components.entry("schemas".to_owned()).or_insert_with(|| Node::object(Map::new(), origin));
    let Some(schemas) = schemas.as_object_mut() else { return };
    for (name, mut node) in types {
        if schemas.contains_key(&name) {
            continue;
        }
        if let Some(map) = node.as_object_mut() {
            map.shift_remove(ENTRY_MARK);
            map.shift_remove(SIDE_MARK);
            map.insert("x-docwright-from-entry".to_owned(), Node::bool(true, origin));
        }
        schemas.insert(name, node);
    }
}
