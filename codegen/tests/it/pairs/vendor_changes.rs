//! Changes that vendors made between the two pages of a pair.
//!
//! A change explains a difference if it is listed in `vendor_changes.tsv` *and* the blocks of the
//! two pages show it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use docwright::source::{Kind, Node};

use super::difference::{Aspect, Difference};

/// The lines of `vendor_changes.tsv`: the vendor, the element that differs, and the aspect with
/// both values.
pub struct VendorChanges {
    lines: Vec<(String, String, String)>,
    used: RefCell<BTreeSet<usize>>,
}

impl VendorChanges {
    /// Reads the list.
    pub fn read() -> Self {
        let lines = include_str!("vendor_changes.tsv").lines();
        let lines = lines.filter(|line| !line.starts_with('#')).map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [vendor, element, summary] = columns.as_slice() else {
                panic!("vendor_changes.tsv: {line}")
            };
            ((*vendor).to_owned(), (*element).to_owned(), (*summary).to_owned())
        });
        Self { lines: lines.collect(), used: RefCell::default() }
    }

    /// Returns the lines that explained no difference.
    pub fn unused(&self) -> Vec<&(String, String, String)> {
        let used = self.used.borrow();
        let unused = self.lines.iter().enumerate().filter(|(index, _)| !used.contains(index));
        unused.map(|(_, line)| line).collect()
    }
}

/// A pair of pages between which the vendor changed something, as stated in `PAIRS.tsv`.
pub struct ChangedPair<'a> {
    /// The list of changes.
    pub changes: &'a VendorChanges,
    /// The vendor.
    pub vendor: &'a str,
    /// The parsed blocks of the two pages.
    pub blocks: (&'a Node, &'a Node),
}

impl ChangedPair<'_> {
    /// Returns whether a listed change explains the difference.
    pub fn explains(&self, difference: &Difference) -> bool {
        let line = (self.vendor.to_owned(), element_key(difference), difference.summary());
        let Some(index) = self.changes.lines.iter().position(|other| *other == line) else {
            return false;
        };
        let is_in_blocks = self.blocks_differ(difference);
        if is_in_blocks {
            self.changes.used.borrow_mut().insert(index);
        }
        is_in_blocks
    }

    /// Returns whether the blocks show the change: a string that only one of them has, a property
    /// that only one of them requires without declaring it, or different declarations of a
    /// property.
    fn blocks_differ(&self, difference: &Difference) -> bool {
        let (a, b) = self.blocks;
        let element = difference.element().unwrap_or_default();
        let name = element.trim_start_matches('=');
        match difference.aspect {
            Aspect::Only(first, _) => {
                let (with, without) = if first { (a, b) } else { (b, a) };
                let in_one =
                    |is_in: fn(&Node, &str) -> bool| is_in(with, name) && !is_in(without, name);
                in_one(contains_string) || in_one(requires_undeclared)
            }
            Aspect::Order(ref names, _) => {
                let names: BTreeSet<&str> = names.split(' ').collect();
                first_occurrences(a, &names) != first_occurrences(b, &names)
            }
            _ => declarations(a, name) != declarations(b, name),
        }
    }
}

/// Returns the name of the element that differs as listed in `vendor_changes.tsv`: `Pet.name`.
pub fn element_key(difference: &Difference) -> String {
    match difference.element() {
        Some(element) => format!("{}.{element}", difference.subject()),
        None => difference.subject().to_owned(),
    }
}

/// Returns whether `string` is a key or a value anywhere in `node`.
fn contains_string(node: &Node, string: &str) -> bool {
    match &node.kind {
        Kind::String(value) => value == string,
        Kind::Array(items) => items.iter().any(|item| contains_string(item, string)),
        Kind::Object(map) => {
            map.iter().any(|(key, node)| key == string || contains_string(node, string))
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => false,
    }
}

/// Returns whether any object in `node` requires a property without declaring it.
fn requires_undeclared(node: &Node, name: &str) -> bool {
    let required = node.get("required").and_then(Node::as_array).unwrap_or_default();
    let is_declared = node.get("properties").is_some_and(|all| all.get(name).is_some());
    let is_required = required.iter().any(|other| other.as_str() == Some(name));
    let is_undeclared = !is_declared && is_required;
    is_undeclared
        || match &node.kind {
            Kind::Array(items) => items.iter().any(|item| requires_undeclared(item, name)),
            Kind::Object(map) => map.values().any(|node| requires_undeclared(node, name)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => false,
        }
}

/// Returns `strings` in the order of their first occurrence as a key or value.
fn first_occurrences<'n>(node: &'n Node, strings: &BTreeSet<&str>) -> Vec<&'n str> {
    let mut found = Vec::new();
    collect_occurrences(node, strings, &mut found);
    found
}

fn collect_occurrences<'n>(node: &'n Node, strings: &BTreeSet<&str>, found: &mut Vec<&'n str>) {
    let add = |string: &'n str, found: &mut Vec<&'n str>| {
        if strings.contains(string) && !found.contains(&string) {
            found.push(string);
        }
    };
    match &node.kind {
        Kind::String(value) => add(value, found),
        Kind::Array(items) => {
            items.iter().for_each(|item| collect_occurrences(item, strings, found));
        }
        Kind::Object(map) => {
            for (key, node) in map {
                add(key, found);
                collect_occurrences(node, strings, found);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => (),
    }
}

/// Returns the schemas of `properties.NAME` anywhere in a block, without titles, descriptions and
/// examples, each with whether the property is required.
fn declarations(node: &Node, name: &str) -> BTreeMap<String, BTreeSet<bool>> {
    let mut found = BTreeMap::new();
    collect_declarations(node, name, &mut found);
    found
}

fn collect_declarations(node: &Node, name: &str, found: &mut BTreeMap<String, BTreeSet<bool>>) {
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(|item| collect_declarations(item, name, found)),
        Kind::Object(map) => {
            if let Some(property) = node.get("properties").and_then(|all| all.get(name)) {
                let only = property.get("allOf").and_then(Node::as_array).unwrap_or_default();
                let property = if let [only] = only { only } else { property };
                let lists = ["required", "requiredProperties"].map(|key| node.get(key));
                let names = lists.into_iter().flatten().filter_map(Node::as_array).flatten();
                let required = names.into_iter().any(|other| other.as_str() == Some(name));
                let schema = without_documentation(property).to_json().to_string();
                found.entry(schema).or_default().insert(required);
            }
            map.values().for_each(|node| collect_declarations(node, name, found));
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => (),
    }
}

/// Returns a schema without title, description and example.
fn without_documentation(node: &Node) -> Node {
    let mut node = node.clone();
    if let Some(map) = node.as_object_mut() {
        map.retain(|key, _| !matches!(key.as_str(), "title" | "description" | "example"));
    }
    node
}
