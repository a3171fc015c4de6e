//! Whether two descriptions of one schema say the same.
//!
//! Texts, examples and the default may differ, and whether the schema allows null: each location says it
//! for itself.
//! A request lacks the read-only properties and a response the write-only ones, because the converter
//! takes them out.

use std::collections::BTreeSet;

use super::{ENTRY_MARK, SIDE_MARK};
use crate::source::{Kind, Map, Node};

/// How deep compositions are looked into.
const DEPTH: usize = 16;

/// What does not count in a comparison.
const TEXTS: [&str; 11] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "nullable",
    "deprecated",
    "discriminator",
    ENTRY_MARK,
    SIDE_MARK,
    "required",
];

/// Whether the entry `a` and the schema `b` (an entry, or a component of `root`) agree.
pub(super) fn agree(root: &Node, a: &Node, b: &Node) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), alias(root, b)) else { return false };
    if ["allOf", "oneOf", "anyOf"].iter().any(|key| b.contains_key(*key)) {
        return same_names(root, a, b);
    }
    shape(a) == shape(b) && same_properties(a, b)
}

/// What `node` says, through components that are only another name.
fn alias<'n>(root: &'n Node, mut node: &'n Node) -> Option<&'n Map> {
    for _ in 0..DEPTH {
        match node.get("$ref").and_then(Node::as_str) {
            Some(reference) => node = root.pointer(reference.strip_prefix('#')?)?,
            None => return node.as_object(),
        }
    }
    None
}

/// The members that must be equal: all but texts, extensions and what is compared by itself. The
/// converter drops `format` of numbers, null in `enum`, and `additionalProperties: true`.
fn shape(map: &Map) -> Map {
    let kind = map.get("type").and_then(Node::as_str).unwrap_or_default();
    let number = matches!(kind, "number" | "integer");
    let counts = |key: &str, node: &Node| match key {
        "properties" => false,
        "format" => !number,
        "additionalProperties" => node.as_bool() != Some(true),
        _ => !TEXTS.contains(&key) && !key.starts_with("x-"),
    };
    let members = map.iter().filter(|(key, node)| counts(key, node));
    let mut shape: Map = members.map(|(key, node)| (key.clone(), node.clone())).collect();
    if let Some(word) = implied(map) {
        shape.entry("type".to_owned()).or_insert_with(|| Node::string(word, Default::default()));
    }
    if let Some(Kind::Array(values)) = shape.get_mut("enum").map(|node| &mut node.kind) {
        values.retain(|value| value.kind != Kind::Null);
    }
    shape.sort_keys();
    shape
}

/// The type that the converter writes where a component states none.
fn implied(map: &Map) -> Option<&'static str> {
    let values = map.get("enum").and_then(Node::as_array).unwrap_or_default();
    if map.contains_key("properties") {
        Some("object")
    } else if map.contains_key("items") {
        Some("array")
    } else if !values.is_empty() && values.iter().all(|value| value.as_str().is_some()) {
        Some("string")
    } else {
        None
    }
}

fn same_properties(a: &Map, b: &Map) -> bool {
    let common = |name: &str| match (property(a, name), property(b, name)) {
        (Some(of_a), Some(of_b)) => of_a == of_b,
        (Some(only), None) => lacks(b, only),
        (None, Some(only)) => lacks(a, only),
        (None, None) => true,
    };
    let names: BTreeSet<&str> = names(a).chain(names(b)).collect();
    let both = |name: &&str| property(a, name).is_some() && property(b, name).is_some();
    let required = |map: &'_ Map| -> BTreeSet<String> {
        let list = map.get("required").and_then(Node::as_array).unwrap_or_default();
        let names = list.iter().filter_map(Node::as_str).filter(both);
        names.map(str::to_owned).collect()
    };
    names.into_iter().all(common) && required(a) == required(b)
}

/// Whether the converter takes `property` out of what `map` stands for.
fn lacks(map: &Map, property: &Node) -> bool {
    match map.get(SIDE_MARK).and_then(Node::as_str) {
        Some("request") => flagged(property, "readOnly"),
        Some("response") => flagged(property, "writeOnly"),
        Some(_) | None => false,
    }
}

fn flagged(property: &Node, key: &str) -> bool {
    let own = property.get(key).and_then(Node::as_bool) == Some(true);
    let parts = property.get("allOf").and_then(Node::as_array).unwrap_or_default();
    own || parts.iter().any(|part| part.get(key).and_then(Node::as_bool) == Some(true))
}

fn property<'n>(map: &'n Map, name: &str) -> Option<&'n Node> {
    map.get("properties")?.get(name)
}

fn names(map: &Map) -> impl Iterator<Item = &str> {
    let properties = map.get("properties").and_then(Node::as_object);
    properties.into_iter().flat_map(|map| map.keys().map(String::as_str))
}

/// A composition was merged into the entry: the names of its properties have to be the same.
fn same_names(root: &Node, entry: &Map, component: &Map) -> bool {
    let mut all = BTreeSet::new();
    let mut hidden = BTreeSet::new();
    gather(root, component, entry, (&mut all, &mut hidden), DEPTH);
    let names: BTreeSet<&str> = names(entry).collect();
    !all.is_empty() && names.iter().all(|name| all.contains(name)) && {
        let mut missing = all.difference(&names);
        missing.all(|name| hidden.contains(name))
    }
}

fn gather<'n>(
    root: &'n Node,
    map: &'n Map,
    entry: &Map,
    found: (&mut BTreeSet<&'n str>, &mut BTreeSet<&'n str>),
    depth: usize,
) {
    let (all, hidden) = found;
    for name in names(map) {
        all.insert(name);
        if property(map, name).is_some_and(|property| lacks(entry, property)) {
            hidden.insert(name);
        }
    }
    let parts = map.get("allOf").and_then(Node::as_array).unwrap_or_default();
    for part in parts.iter().filter(|_| depth > 0) {
        if let Some(part) = alias(root, part) {
            gather(root, part, entry, (all, hidden), depth - 1);
        }
    }
}

/// The properties of both, and what both require.
pub(super) fn unite(into: &mut Node, other: &Node) {
    let Some(map) = into.as_object_mut() else { return };
    let more = other.get("properties").and_then(Node::as_object);
    for (name, property) in more.into_iter().flatten() {
        let Some(properties) = map.get_mut("properties").and_then(Node::as_object_mut) else {
            break;
        };
        properties.entry(name.clone()).or_insert_with(|| property.clone());
    }
    for name in other.get("required").and_then(Node::as_array).unwrap_or_default() {
        let list = map
            .entry("required".to_owned())
            .or_insert_with(|| Node::array(Vec::new(), name.origin));
        if let Kind::Array(list) = &mut list.kind
            && !list.contains(name)
        {
            list.push(name.clone());
        }
    }
    // One that stands for both sides lacks nothing.
    if map.get(SIDE_MARK) != other.get(SIDE_MARK) {
        map.shift_remove(SIDE_MARK);
    }
}

/// Whether every property of `a` is also one of `b`.
pub(super) fn within(a: &Node, b: &Node) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return false };
    names(a).all(|name| property(b, name).is_some())
}

/// Whether `b` is made of `a` by an `allOf`, or is the same: every property of `a` is one of `b`, as
/// it is or as one of several schemas.
pub(crate) fn extended(a: &Node, b: &Node) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return false };
    names(a).all(|name| match (property(a, name), property(b, name)) {
        (Some(own), Some(other)) => {
            let others = parts(other);
            let all =
                |own: &[Node]| !own.is_empty() && own.iter().all(|part| others.contains(part));
            own == other || others.contains(own) || all(parts(own))
        }
        (_, None) | (None, _) => false,
    })
}

/// The schemas of a property that several parts of an `allOf` declare.
fn parts(node: &Node) -> &[Node] {
    node.get("allOf").and_then(Node::as_array).filter(|parts| parts.len() > 1).unwrap_or_default()
}
