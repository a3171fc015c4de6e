//! Moves the targets of references that are nested inside other objects into components.

use std::collections::{BTreeMap, BTreeSet};

use super::resolve::ResolvedReferences;
use super::target;
use crate::dialect::free_name::free_name;
use crate::dialect::grammar::{ObjectKind, for_each_object_mut, kind_at};
use crate::dialect::keyword_ledger::KeywordLedger;
use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// Moves every target whose pointer is not `/components/KIND/NAME` into a component of its own,
/// leaves a reference in its place, and updates `targets`.
pub(super) fn hoist_deep_targets(root: &mut Node, targets: &mut ResolvedReferences) {
    let deep: BTreeSet<&String> = targets.values().filter(|p| !is_component(p)).collect();
    let mut deep: Vec<String> = deep.into_iter().cloned().collect();
    // Inner targets first: moving them does not change the pointers to outer ones.
    deep.sort_by_key(|pointer| std::cmp::Reverse(pointer.len()));
    let mut moved = BTreeMap::new();
    for pointer in deep {
        let tokens = target::split_tokens(&pointer);
        let Some(object) = kind_at(ObjectKind::Root, &tokens) else { continue };
        let section = super::section_name(object);
        let name = unused_name(root, section, &component_name(&tokens));
        let new = format!("/components/{section}/{name}");
        let Some(node) = root.pointer_mut(&pointer) else { continue };
        let origin = node.origin;
        let reference = Node::string(format!("#{new}"), origin);
        let replacement = Node::object(Map::from_iter([("$ref".to_owned(), reference)]), origin);
        let node = std::mem::replace(node, replacement);
        add_component(root, section, name, node);
        moved.insert(pointer, new);
    }
    for pointer in targets.values_mut() {
        if let Some(new) = moved.get(pointer) {
            pointer.clone_from(new);
        }
    }
}

fn is_component(pointer: &str) -> bool {
    pointer.starts_with("/components/") && target::split_tokens(pointer).len() == 3
}

/// Adds a component, or replaces the one of that name.
pub(in crate::dialect) fn add_component(
    root: &mut Node,
    section: &'static str,
    name: String,
    node: Node,
) {
    let origin = node.origin;
    if let Some(section) = child_map(root, "components", origin)
        .and_then(|components| child_map(components, section, origin))
        .and_then(Node::as_object_mut)
    {
        section.insert(name, node);
    }
}

/// Returns the object under `key`, and creates it if it is missing.
fn child_map<'n>(node: &'n mut Node, key: &str, origin: Origin) -> Option<&'n mut Node> {
    let map = node.as_object_mut()?;
    Some(map.entry(key.to_owned()).or_insert_with(|| Node::object(Map::new(), origin)))
}

/// Tokens of a pointer that reflect the structure of the document, not its subject.
const STRUCTURE: [&str; 24] = [
    "components",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "examples",
    "securitySchemes",
    "paths",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "schema",
    "content",
    "$defs",
    "definitions",
    "prefixItems",
    "patternProperties",
    "webhooks",
    "additionalProperties",
    "encoding",
];

/// Derives a name from the pointer `tokens`: the last token if it names a definition, otherwise all
/// tokens with a meaning.
fn component_name(tokens: &[String]) -> String {
    if let [.., before, last] = tokens
        && matches!(before.as_str(), "$defs" | "definitions")
    {
        return identifier(last, false);
    }
    let meaningful = tokens.iter().filter(|token| {
        !STRUCTURE.contains(&token.as_str())
            && !token.contains("json")
            && !token.chars().all(|c| c.is_ascii_digit() && token.len() < 3)
    });
    meaningful.map(|token| identifier(token, true)).collect()
}

/// Returns the letters and digits of `token`. With `capital`, each word starts with a capital
/// letter; otherwise `_`, `-` and `.` are kept.
fn identifier(token: &str, capital: bool) -> String {
    let mut text = String::new();
    let mut word_start = capital;
    for c in token.chars() {
        if c.is_alphanumeric() || (!capital && matches!(c, '_' | '-' | '.')) {
            if word_start {
                text.extend(c.to_uppercase());
            } else {
                text.push(c);
            }
            word_start = false;
        } else {
            word_start = capital;
        }
    }
    text
}

/// Returns a name for a component of the section that no other one has.
fn unused_name(root: &Node, section: &str, name: &str) -> String {
    let used = super::components_of(root, section);
    let name = if name.is_empty() { "Inline" } else { name };
    free_name(name, |name| used.is_some_and(|used| used.contains_key(name)))
}

/// Removes `$defs` and `definitions`, whose referenced entries have become components.
pub(super) fn remove_definitions(root: &mut Node, ledger: &mut KeywordLedger) {
    for_each_object_mut(root, ObjectKind::Root, &mut |node, object| {
        let Kind::Object(map) = &mut node.kind else { return };
        if !matches!(object, ObjectKind::Schema | ObjectKind::Root) {
            return;
        }
        for key in ["$defs", "definitions"] {
            let Some(definitions) = map.shift_remove(key) else { continue };
            for (name, node) in definitions.as_object().into_iter().flatten() {
                if super::reference_text(node).is_none() {
                    ledger.supersede(node, name, "an unused definition");
                }
            }
        }
    });
}
