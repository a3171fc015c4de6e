//! The values of an `enum`, with the names and texts that extensions give them.

use super::doc;
use super::literal::literal;
use crate::ir::{EnumValue, Literal};
use crate::source::{Kind, Node};

/// One listed value.
pub type Choice = EnumValue;

/// Extensions that name the values, in the order of `enum`.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
/// Extensions that describe the values, in the order of `enum` or by value.
const TEXTS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// Whether an extension of this name is read.
pub fn reads(extension: &str) -> bool {
    NAMES.contains(&extension) || TEXTS.contains(&extension)
}

/// The listed values without `null` and without repetition.
pub fn of(node: &Node) -> Vec<Choice> {
    let Some(listed) = node.get("enum").and_then(Node::as_array) else { return Vec::new() };
    let names = NAMES.iter().find_map(|key| node.get(key));
    let texts = TEXTS.iter().find_map(|key| node.get(key));
    let mut values: Vec<Choice> = Vec::with_capacity(listed.len());
    let mut seen = std::collections::BTreeSet::new();
    for (index, value) in listed.iter().enumerate().filter(|(_, v)| v.kind != Kind::Null) {
        let wire = literal(value);
        if seen.insert(key(&wire)) {
            let name = names.and_then(|names| said(names, index, &wire)).map(str::to_owned);
            let description = doc::text(texts.and_then(|texts| said(texts, index, &wire)));
            values.push(Choice { wire, name, description });
        }
    }
    values
}

fn said<'n>(node: &'n Node, index: usize, wire: &Literal) -> Option<&'n str> {
    match &node.kind {
        Kind::Array(items) => items.get(index)?.as_str(),
        Kind::Object(map) => map.get(&key(wire).1)?.as_str(),
        _ => None,
    }
}

/// A value as text, with its kind: what makes two values the same.
pub fn key(literal: &Literal) -> (u8, String) {
    match literal {
        Literal::Text(text) => (0, text.clone()),
        Literal::Int(value) => (1, value.to_string()),
        Literal::Float(value) => (2, value.to_string()),
        Literal::Bool(value) => (3, value.to_string()),
        Literal::Json(value) => (4, value.to_string()),
    }
}

/// Whether every value of `some` is one of `all`.
pub fn is_subset(some: &[Choice], all: &[Choice]) -> bool {
    let all: std::collections::BTreeSet<_> = all.iter().map(|v| key(&v.wire)).collect();
    some.iter().all(|v| all.contains(&key(&v.wire)))
}
