//! Resolves `refIdentifier`, which names the type of an entry.
//!
//! The converter writes the *last* reference of a composition there, so different schemas can have
//! the same name. Entries that are equivalent to the component of that name, or all to each other,
//! are of that type. Of entries that differ, the one whose properties all the others have defines
//! the type, and the others remain unnamed.

use indexmap::IndexMap;

use super::entry_equivalence::is_equivalent;
use super::{DIRECTION_MARKER, IDENTIFIER_MARKER};
use crate::dialect::grammar::{ObjectKind, for_each_object, for_each_object_mut};
use crate::dialect::schemas::{add_properties, is_extended_by, is_subset_of};
use crate::source::{Kind, Map, Node};

/// Replaces marked entries by references, and adds the components that they name.
pub(super) fn resolve_identifiers(root: &mut Node) {
    let mut uses: IndexMap<String, Vec<Node>> = IndexMap::new();
    for_each_object(root, ObjectKind::Root, &mut |node, object| {
        if object == ObjectKind::Schema
            && let Some(name) = node.get(IDENTIFIER_MARKER).and_then(Node::as_str)
        {
            uses.entry(name.to_owned()).or_default().push(node.clone());
        }
    });
    let mut types: IndexMap<String, Node> = IndexMap::new();
    for (name, uses) in uses {
        let component = root.pointer("/components/schemas").and_then(|s| s.get(&name));
        if let Some(node) = component.cloned().or_else(|| common_type(root, &uses)) {
            types.insert(name, node);
        }
    }
    let before = root.clone();
    for_each_object_mut(root, ObjectKind::Root, &mut |node, object| {
        if object == ObjectKind::Schema {
            replace_with_reference(&before, node, &types);
        }
    });
    insert_components(root, types);
}

/// Returns the type that the `uses` of a name define. Starts with the use that has the most
/// properties, to keep their order.
fn common_type(root: &Node, uses: &[Node]) -> Option<Node> {
    let mut by_size: Vec<&Node> = uses.iter().collect();
    by_size.sort_by_key(|entry| std::cmp::Reverse(property_count(entry)));
    let (first, others) = by_size.split_first()?;
    let mut merged = without_nullable((*first).clone());
    for other in others {
        if is_equivalent(root, other, &merged) {
            add_properties(&mut merged, other);
            add_direction(&mut merged, other);
        } else {
            let find_base = |is_base: fn(&Node, &Node) -> bool| {
                uses.iter().find(|a| uses.iter().all(|b| is_base(a, b)))
            };
            return find_base(is_extended_by)
                .or_else(|| find_base(is_subset_of))
                .cloned()
                .map(without_nullable);
        }
    }
    Some(merged)
}

/// Removes the direction of a schema that is used in both: it has all properties.
fn add_direction(merged: &mut Node, other: &Node) {
    if merged.get(DIRECTION_MARKER) != other.get(DIRECTION_MARKER)
        && let Some(map) = merged.as_object_mut()
    {
        map.shift_remove(DIRECTION_MARKER);
    }
}

fn property_count(entry: &Node) -> usize {
    entry.get("properties").and_then(Node::as_object).map_or(0, Map::len)
}

/// Removes `nullable`, which belongs to each use of a type.
fn without_nullable(mut node: Node) -> Node {
    if let Some(map) = node.as_object_mut() {
        map.shift_remove("nullable");
    }
    node
}

/// Replaces a marked entry that is equivalent to its type by a reference, with the documentation
/// that differs from that of the type.
fn replace_with_reference(root: &Node, node: &mut Node, types: &IndexMap<String, Node>) {
    let name = node.get(IDENTIFIER_MARKER).and_then(Node::as_str).map(str::to_owned);
    let known = name.and_then(|name| types.get(&name).map(|known| (name, known)));
    let equivalent = known.filter(|(_, known)| is_equivalent(root, node, known));
    let origin = node.origin;
    let Kind::Object(map) = &mut node.kind else { return };
    map.shift_remove(DIRECTION_MARKER);
    let marker = map.shift_remove(IDENTIFIER_MARKER);
    let (Some((name, known)), Some(marker)) = (equivalent, marker) else { return };
    let old = std::mem::take(map);
    let pointer = format!("#/components/schemas/{}", crate::source::escape(&name));
    map.insert("$ref".to_owned(), Node::string(pointer, marker.origin));
    for key in ["nullable", "title", "description", "default", "example", "deprecated"] {
        if let Some(value) = old.get(key).filter(|value| known.get(key) != Some(*value)) {
            map.insert(key.to_owned(), value.clone());
        }
    }
    node.origin = origin;
}

/// Adds the types that are not components yet, marked as created from entries.
fn insert_components(root: &mut Node, types: IndexMap<String, Node>) {
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
            map.shift_remove(IDENTIFIER_MARKER);
            map.shift_remove(DIRECTION_MARKER);
            map.insert("x-docwright-from-entry".to_owned(), Node::bool(true, origin));
        }
        schemas.insert(name, node);
    }
}
