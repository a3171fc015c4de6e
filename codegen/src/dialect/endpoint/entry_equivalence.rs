//! Compares entries with schemas: whether both may have been converted from the same schema. This is
//! not the comparison of `schemas`, because an entry lacks what the pages' converter removes.
//!
//! Documentation, examples, the default value and whether null is allowed may differ, because each
//! use of a schema has its own. Read-only properties may be missing in a request, and write-only
//! ones in a response, because the converter removes them.

use std::collections::BTreeSet;

use super::{DIRECTION_MARKER, IDENTIFIER_MARKER};
use crate::depth::MAX_COMPARED_DEPTH;
use crate::dialect::schemas::{is_doc_keyword, property, property_names, required_names};
use crate::source::{Kind, Map, Node};

/// Keywords that are not compared, besides documentation and examples.
const NOT_COMPARED: [&str; 6] =
    ["default", "nullable", "discriminator", IDENTIFIER_MARKER, DIRECTION_MARKER, "required"];

/// Returns whether the entry `a` and the schema `b` (an entry, or a component of `root`) are
/// equivalent.
pub(super) fn is_equivalent(root: &Node, a: &Node, b: &Node) -> bool {
    let Some(b) = resolve_alias(root, b) else { return false };
    let (Some(map_a), Some(map_b)) = (a.as_object(), b.as_object()) else { return false };
    if ["allOf", "oneOf", "anyOf"].iter().any(|key| map_b.contains_key(*key)) {
        return has_same_property_names(root, a, b);
    }
    comparable_keywords(map_a) == comparable_keywords(map_b) && has_same_properties(a, b)
}

/// Returns the schema that `node` is or refers to.
fn resolve_alias<'n>(root: &'n Node, mut node: &'n Node) -> Option<&'n Node> {
    for _ in 0..MAX_COMPARED_DEPTH {
        match node.get("$ref").and_then(Node::as_str) {
            Some(reference) => node = root.pointer(reference.strip_prefix('#')?)?,
            None => return Some(node),
        }
    }
    None
}

/// Returns the keywords that must be equal: all except documentation, extensions, and what is
/// compared separately. The converter drops `format` of numbers, null in `enum`, and
/// `additionalProperties: true`.
fn comparable_keywords(map: &Map) -> Map {
    let type_name = map.get("type").and_then(Node::as_str).unwrap_or_default();
    let is_number = matches!(type_name, "number" | "integer");
    let is_compared = |key: &str, node: &Node| match key {
        "properties" => false,
        "format" => !is_number,
        "additionalProperties" => node.as_bool() != Some(true),
        _ => {
            let is_ignored = NOT_COMPARED.contains(&key) || is_doc_keyword(map, key);
            !is_ignored && !key.starts_with("x-")
        }
    };
    let compared = map.iter().filter(|(key, node)| is_compared(key, node));
    let mut keywords: Map = compared.map(|(key, node)| (key.clone(), node.clone())).collect();
    if let Some(type_name) = implied_type(map) {
        keywords
            .entry("type".to_owned())
            .or_insert_with(|| Node::string(type_name, Default::default()));
    }
    if let Some(Kind::Array(values)) = keywords.get_mut("enum").map(|node| &mut node.kind) {
        values.retain(|value| value.kind != Kind::Null);
    }
    keywords.sort_keys();
    keywords
}

/// Returns the type that the converter infers if a component does not specify it.
fn implied_type(map: &Map) -> Option<&'static str> {
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

fn has_same_properties(a: &Node, b: &Node) -> bool {
    let is_same = |name: &str| match (property(a, name), property(b, name)) {
        (Some(in_a), Some(in_b)) => in_a == in_b,
        (Some(only), None) => is_stripped(b, only),
        (None, Some(only)) => is_stripped(a, only),
        (None, None) => true,
    };
    let names: BTreeSet<&str> = property_names(a).chain(property_names(b)).collect();
    let is_common = |name: &&str| property(a, name).is_some() && property(b, name).is_some();
    let required = |schema: &Node| -> BTreeSet<String> {
        let names = required_names(schema).iter().filter_map(Node::as_str).filter(is_common);
        names.map(str::to_owned).collect()
    };
    names.into_iter().all(is_same) && required(a) == required(b)
}

/// Returns whether the converter removes `property` from entries of the direction of `entry`.
fn is_stripped(entry: &Node, property: &Node) -> bool {
    match entry.get(DIRECTION_MARKER).and_then(Node::as_str) {
        Some("request") => has_flag(property, "readOnly"),
        Some("response") => has_flag(property, "writeOnly"),
        Some(_) | None => false,
    }
}

fn has_flag(property: &Node, key: &str) -> bool {
    let is_set = property.get(key).and_then(Node::as_bool) == Some(true);
    let parts = property.get("allOf").and_then(Node::as_array).unwrap_or_default();
    is_set || parts.iter().any(|part| part.get(key).and_then(Node::as_bool) == Some(true))
}

/// Compares an entry with a composition, which the converter merges: only the names of the
/// properties can be compared.
fn has_same_property_names(root: &Node, entry: &Node, component: &Node) -> bool {
    let mut declared = BTreeSet::new();
    let mut stripped = BTreeSet::new();
    collect_property_names(
        root,
        component,
        entry,
        (&mut declared, &mut stripped),
        MAX_COMPARED_DEPTH,
    );
    let names: BTreeSet<&str> = property_names(entry).collect();
    !declared.is_empty() && names.iter().all(|name| declared.contains(name)) && {
        let mut missing = declared.difference(&names);
        missing.all(|name| stripped.contains(name))
    }
}

fn collect_property_names<'n>(
    root: &'n Node,
    schema: &'n Node,
    entry: &Node,
    found: (&mut BTreeSet<&'n str>, &mut BTreeSet<&'n str>),
    depth: usize,
) {
    let (declared, stripped) = found;
    for name in property_names(schema) {
        declared.insert(name);
        if property(schema, name).is_some_and(|property| is_stripped(entry, property)) {
            stripped.insert(name);
        }
    }
    let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
    for part in parts.iter().filter(|_| depth > 0) {
        if let Some(part) = resolve_alias(root, part) {
            collect_property_names(root, part, entry, (declared, stripped), depth - 1);
        }
    }
}
