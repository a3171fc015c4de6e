//! The values of an `enum`, with the names and descriptions that extensions give them.

use super::literal::literal;
use crate::ir::{EnumValue, Literal};
use crate::lower::doc;
use crate::source::{Kind, Node};

/// Extensions that name the values, in the order of `enum`.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
/// Extensions that describe the values, in the order of `enum` or by value.
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// Whether an extension of this name affects the generated code.
pub fn reads_extension(extension: &str) -> bool {
    NAMES.contains(&extension) || DESCRIPTIONS.contains(&extension)
}

/// Returns the distinct values of a schema's `enum`, without `null`.
pub fn listed_values(node: &Node) -> Vec<EnumValue> {
    let Some(listed) = node.get("enum").and_then(Node::as_array) else { return Vec::new() };
    let names = NAMES.iter().find_map(|key| node.get(key));
    let descriptions = DESCRIPTIONS.iter().find_map(|key| node.get(key));
    let mut values: Vec<EnumValue> = Vec::with_capacity(listed.len());
    let mut seen = std::collections::BTreeSet::new();
    for (index, value) in listed.iter().enumerate().filter(|(_, v)| v.kind != Kind::Null) {
        let wire = literal(value);
        if seen.insert(value_key(&wire)) {
            let name = names.and_then(|node| text_for_value(node, index, &wire));
            let description = descriptions.and_then(|node| text_for_value(node, index, &wire));
            let name = name.map(str::to_owned);
            values.push(EnumValue { wire, name, description: doc::clean_text(description) });
        }
    }
    values
}

/// Whether a schema's `enum` lists only `null`, the form that the audit gives to `type: null`.
pub fn lists_only_null(node: &Node) -> bool {
    let listed = node.get("enum").and_then(Node::as_array).unwrap_or_default();
    !listed.is_empty() && listed.iter().all(Node::is_null)
}

/// Returns the text that an extension gives a value, by the value's index or as a key.
fn text_for_value<'n>(extension: &'n Node, index: usize, wire: &Literal) -> Option<&'n str> {
    match &extension.kind {
        Kind::Array(items) => items.get(index)?.as_str(),
        Kind::Object(map) => map.get(&value_key(wire).1)?.as_str(),
        _ => None,
    }
}

/// Returns a value as a string, with a number for its type: equal values have equal keys.
pub fn value_key(literal: &Literal) -> (u8, String) {
    match literal {
        Literal::String(text) => (0, text.clone()),
        Literal::Int(value) => (1, value.to_string()),
        Literal::Float(value) => (2, value.to_string()),
        Literal::Bool(value) => (3, value.to_string()),
        Literal::Json(value) => (4, value.to_string()),
    }
}

/// Whether every value of `some` is one of `all`.
pub fn is_subset(some: &[EnumValue], all: &[EnumValue]) -> bool {
    let all: std::collections::BTreeSet<_> = all.iter().map(|v| value_key(&v.wire)).collect();
    some.iter().all(|v| all.contains(&value_key(&v.wire)))
}
