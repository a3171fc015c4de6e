//! What a longer pointer names becomes a component.

use std::collections::{BTreeMap, BTreeSet};

use super::resolve::Targets;
use super::target;
use crate::dialect::account::KeywordLedger;
use crate::dialect::grammar::{Object, each, kind_at};
use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// Moves everything that `targets` names by a longer pointer than `/components/KIND/NAME` into a
/// component of its own, leaves a reference in its location, and corrects `targets`.
pub(super) fn deep_targets(root: &mut Node, targets: &mut Targets) {
    let deep: BTreeSet<&String> = targets.values().filter(|p| !is_component(p)).collect();
    let mut deep: Vec<String> = deep.into_iter().cloned().collect();
    // The inner ones first: moving them does not change where the outer ones stand.
    deep.sort_by_key(|pointer| std::cmp::Reverse(pointer.len()));
    let mut moved = BTreeMap::new();
    for pointer in deep {
        let tokens = target::split(&pointer);
        let Some(object) = kind_at(Object::Root, &tokens) else { continue };
        let section = super::section(object);
        let name = claim(root, section, &name_of(&tokens));
        let new = format!("/components/{section}/{name}");
        let Some(node) = root.pointer_mut(&pointer) else { continue };
        let origin = node.origin;
        let reference = Node::string(format!("#{new}"), origin);
        let location = Node::object(Map::from_iter([("$ref".to_owned(), reference)]), origin);
        let node = std::mem::replace(node, location);
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
    pointer.starts_with("/components/") && target::split(pointer).len() == 3
}

/// Adds a component, or puts it instead of the one of that name.
pub(in crate::dialect) fn add_component(
    root: &mut Node,
    section: &'static str,
    name: String,
    node: Node,
) {
    let origin = node.origin;
    if let Some(section) = member(root, "components", origin)
        .and_then(|components| member(components, section, origin))
        .and_then(Node::as_object_mut)
    {
        section.insert(name, node);
    }
}

/// The map under `key`, made where it is missing.
fn member<'n>(node: &'n mut Node, key: &str, origin: Origin) -> Option<&'n mut Node> {
    let map = node.as_object_mut()?;
    Some(map.entry(key.to_owned()).or_insert_with(|| Node::object(Map::new(), origin)))
}

/// Words of a pointer that say how a description is built, not what it is about.
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

/// A name for what `tokens` lead to: the last one where it is a definition, else the words on the way.
fn name_of(tokens: &[String]) -> String {
    if let [.., before, last] = tokens
        && matches!(before.as_str(), "$defs" | "definitions")
    {
        return word(last, false);
    }
    let words = tokens.iter().filter(|token| {
        !STRUCTURE.contains(&token.as_str())
            && !token.contains("json")
            && !token.chars().all(|c| c.is_ascii_digit() && token.len() < 3)
    });
    words.map(|token| word(token, true)).collect()
}

/// The letters and digits of `token`, with a capital at the start of each word.
fn word(token: &str, capital: bool) -> String {
    let mut text = String::new();
    let mut start = capital;
    for c in token.chars() {
        if c.is_alphanumeric() || (!capital && matches!(c, '_' | '-' | '.')) {
            if start {
                text.extend(c.to_uppercase());
            } else {
                text.push(c);
            }
            start = false;
        } else {
            start = capital;
        }
    }
    text
}

/// `name`, or the first of `name2`, `name3`, … that no component of the section holds.
fn claim(root: &Node, section: &str, name: &str) -> String {
    let taken = super::components(root, section);
    let name = if name.is_empty() { "Inline" } else { name };
    let mut claimed = name.to_owned();
    let mut number = 2_u32;
    while taken.is_some_and(|taken| taken.contains_key(&claimed)) {
        claimed = format!("{name}{number}");
        number += 1;
    }
    claimed
}

/// Removes `$defs` and `definitions`: what is referred to of them has become a component.
pub(super) fn definitions(root: &mut Node, account: &mut KeywordLedger) {
    each(root, Object::Root, &mut |node, object| {
        let Kind::Object(map) = &mut node.kind else { return };
        if !matches!(object, Object::Schema | Object::Root) {
            return;
        }
        for key in ["$defs", "definitions"] {
            let Some(definitions) = map.shift_remove(key) else { continue };
            for (name, node) in definitions.as_object().into_iter().flatten() {
                if super::text(node).is_none() {
                    let why = "a definition that nothing refers to";
                    account.supersede(node, name, why);
                }
            }
        }
    });
}
