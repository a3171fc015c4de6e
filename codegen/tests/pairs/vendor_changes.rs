//! What vendors changed between the two pages of a pair. A change explains a difference where it is
//! written in `changes.tsv` *and* the texts of the two pages show it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use docwright::source::{Kind, Node};

use super::difference::{Difference, What};

/// The lines of `changes.tsv`: vendor, subject and member, kind and both sides.
pub struct Changes {
    lines: Vec<(String, String, String)>,
    used: RefCell<BTreeSet<usize>>,
}

impl Changes {
    /// The list beside this file.
    pub fn read() -> Self {
        let lines = include_str!("changes.tsv").lines().filter(|line| !line.starts_with('#'));
        let lines = lines.map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [vendor, subject, words] = columns.as_slice() else {
                panic!("changes.tsv: {line}")
            };
            ((*vendor).to_owned(), (*subject).to_owned(), (*words).to_owned())
        });
        Self { lines: lines.collect(), used: RefCell::default() }
    }

    /// The lines that explained nothing.
    pub fn unused(&self) -> Vec<&(String, String, String)> {
        let used = self.used.borrow();
        let unused = self.lines.iter().enumerate().filter(|(index, _)| !used.contains(index));
        unused.map(|(_, line)| line).collect()
    }
}

/// A pair of which PAIRS.tsv says that the vendor changed something.
pub struct Changed<'a> {
    /// The whole list.
    pub changes: &'a Changes,
    /// The vendor.
    pub vendor: &'a str,
    /// The blocks of the two pages as parsed.
    pub blocks: (&'a Node, &'a Node),
}

impl Changed<'_> {
    /// Whether the vendor changed what differs.
    pub fn explains(&self, found: &Difference) -> bool {
        let line = (self.vendor.to_owned(), key(found), found.words());
        let Some(index) = self.changes.lines.iter().position(|other| *other == line) else {
            return false;
        };
        let shown = self.shown(found);
        if shown {
            self.changes.used.borrow_mut().insert(index);
        }
        shown
    }

    /// Whether the texts of the pages show the change: a word that only one of them has, a member
    /// that only one of them requires undeclared, or one that they declare differently.
    fn shown(&self, found: &Difference) -> bool {
        let (a, b) = self.blocks;
        let member = found.member().unwrap_or_default();
        let word = member.trim_start_matches('=');
        match found.what {
            What::Only(first, _) => {
                let (with, without) = if first { (a, b) } else { (b, a) };
                let such = |is: fn(&Node, &str) -> bool| is(with, word) && !is(without, word);
                such(has_word) || such(only_required)
            }
            What::Order(ref words, _) => {
                let words: BTreeSet<&str> = words.split(' ').collect();
                met(a, &words) != met(b, &words)
            }
            _ => declarations(a, word) != declarations(b, word),
        }
    }
}

/// `Pet.name`: what a line of the list calls a difference.
pub fn key(found: &Difference) -> String {
    match found.member() {
        Some(member) => format!("{}.{member}", found.subject()),
        None => found.subject().to_owned(),
    }
}

/// Whether `word` is a key or a whole text anywhere in `node`.
fn has_word(node: &Node, word: &str) -> bool {
    match &node.kind {
        Kind::String(text) => text == word,
        Kind::Array(items) => items.iter().any(|item| has_word(item, word)),
        Kind::Object(map) => map.iter().any(|(key, node)| key == word || has_word(node, word)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => false,
    }
}

/// Whether an object anywhere requires the member and does not declare it.
fn only_required(node: &Node, name: &str) -> bool {
    let list = node.get("required").and_then(Node::as_array).unwrap_or_default();
    let declared = node.get("properties").is_some_and(|all| all.get(name).is_some());
    let own = !declared && list.iter().any(|other| other.as_str() == Some(name));
    own || match &node.kind {
        Kind::Array(items) => items.iter().any(|item| only_required(item, name)),
        Kind::Object(map) => map.values().any(|node| only_required(node, name)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => false,
    }
}

/// The order in which `words` are first met as keys or whole texts.
fn met<'n>(node: &'n Node, words: &BTreeSet<&str>) -> Vec<&'n str> {
    let mut found = Vec::new();
    meet(node, words, &mut found);
    found
}

fn meet<'n>(node: &'n Node, words: &BTreeSet<&str>, found: &mut Vec<&'n str>) {
    let mut text = |text: &'n str| {
        if words.contains(text) && !found.contains(&text) {
            found.push(text);
        }
    };
    match &node.kind {
        Kind::String(own) => text(own),
        Kind::Array(items) => items.iter().for_each(|item| meet(item, words, found)),
        Kind::Object(map) => {
            for (key, node) in map {
                if words.contains(key.as_str()) && !found.contains(&key.as_str()) {
                    found.push(key);
                }
                meet(node, words, found);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => (),
    }
}

/// What stands under `properties.NAME` anywhere in a block, and whether it is required there. Texts
/// and examples do not count.
fn declarations(node: &Node, name: &str) -> BTreeMap<String, BTreeSet<bool>> {
    let mut found = BTreeMap::new();
    declared(node, name, &mut found);
    found
}

fn declared(node: &Node, name: &str, found: &mut BTreeMap<String, BTreeSet<bool>>) {
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(|item| declared(item, name, found)),
        Kind::Object(map) => {
            if let Some(property) = node.get("properties").and_then(|all| all.get(name)) {
                let only = property.get("allOf").and_then(Node::as_array).unwrap_or_default();
                let property = if let [only] = only { only } else { property };
                let lists = ["required", "requiredProperties"].map(|key| node.get(key));
                let names = lists.into_iter().flatten().filter_map(Node::as_array).flatten();
                let required = names.into_iter().any(|other| other.as_str() == Some(name));
                let shape = bare(property).to_json().to_string();
                found.entry(shape).or_default().insert(required);
            }
            map.values().for_each(|node| declared(node, name, found));
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => (),
    }
}

/// A schema without texts.
fn bare(node: &Node) -> Node {
    let mut node = node.clone();
    if let Some(map) = node.as_object_mut() {
        map.retain(|key, _| !matches!(key.as_str(), "title" | "description" | "example"));
    }
    node
}
