//! Names and labels of the alternatives of a `oneOf` or `anyOf`. They depend on what the alternatives contain and
//! not on their order, so that names and recorded keys stay when the order changes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::source::{Node, unescape};

/// The labels of all lists of alternatives in a document, by the list.
#[derive(Debug, Default)]
pub struct AlternativeLabels(RefCell<BTreeMap<*const Node, Rc<[String]>>>);

impl AlternativeLabels {
    /// Returns the label of the alternative at `index` of a list in the document.
    pub fn label(&self, list: &Node, index: &str) -> Option<String> {
        let alternatives = list.as_array()?;
        let mut labels = self.0.borrow_mut();
        let labels = labels
            .entry(std::ptr::from_ref(list))
            .or_insert_with(|| alternative_labels(&alternatives.iter().collect::<Vec<_>>()).into());
        labels.get(index.parse::<usize>().ok()?).cloned()
    }
}

/// Returns words for each alternative that distinguish it from the others: the key of its component,
/// its title, its only value or its type; and if others have the same, a property or value that they
/// lack. Those with the same words are numbered.
pub fn alternative_labels(alternatives: &[&Node]) -> Vec<String> {
    let names: Vec<Option<String>> = alternatives.iter().map(|node| variant_name(node)).collect();
    let bases = names.iter().zip(alternatives);
    let bases: Vec<String> =
        bases.map(|(name, node)| name.clone().unwrap_or_else(|| kind(node))).collect();
    let contents: Vec<Vec<String>> = alternatives.iter().map(|node| contents(node)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut content_counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (base, contents) in bases.iter().zip(&contents) {
        *counts.entry(base).or_default() += 1;
        for content in contents {
            *content_counts.entry((base, content)).or_default() += 1;
        }
    }
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut labels = Vec::with_capacity(alternatives.len());
    for ((base, name), contents) in bases.iter().zip(&names).zip(&contents) {
        let is_own = |it: &&String| content_counts.get(&(base.as_str(), it.as_str())) == Some(&1);
        let label = match (counts.get(base.as_str()), contents.iter().find(is_own), name) {
            (Some(1), _, _) | (_, None, _) => base.clone(),
            (_, Some(content), Some(name)) => format!("{name} {content}"),
            (_, Some(content), None) => content.clone(),
        };
        let number = numbers.entry(label.clone()).or_default();
        *number += 1;
        labels.push(if *number == 1 { label } else { format!("{label} {number}") });
    }
    labels
}

/// Returns the name of an alternative of a union: its component's key, its title, or the value of a
/// property with a single value.
pub fn variant_name(node: &Node) -> Option<String> {
    if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
        return reference.rsplit('/').next().map(unescape);
    }
    if let Some(title) =
        node.get("title").and_then(Node::as_str).map(str::trim).filter(|t| !t.is_empty())
    {
        return Some(title.to_owned());
    }
    if let Some([only]) = node.get("allOf").and_then(Node::as_array) {
        return variant_name(only);
    }
    node.get("properties")?.as_object()?.values().find_map(|property| {
        match property.get("enum")?.as_array()? {
            [only] => only.as_str().filter(|text| !text.is_empty()).map(str::to_owned),
            _ => None,
        }
    })
}

/// Returns the kind of value that a schema without a name allows.
fn kind(node: &Node) -> String {
    let has = |keyword: &str| node.get(keyword).is_some();
    match (values(node).as_slice(), node.get("type").and_then(Node::as_str)) {
        ([only], _) if only.is_empty() => "empty string".to_owned(),
        ([only], _) => only.clone(),
        ([_, ..], _) => "enum".to_owned(),
        ([], Some("array")) => "list".to_owned(),
        ([], _) if has("properties") || has("allOf") => "object".to_owned(),
        ([], _) if has("oneOf") || has("anyOf") => "union".to_owned(),
        ([], Some("object")) => "map".to_owned(),
        ([], Some(ty)) => ty.to_owned(),
        ([], None) => "any".to_owned(),
    }
}

/// Returns words for what a schema contains: its properties, its values, its format, its items.
fn contents(node: &Node) -> Vec<String> {
    let properties = node.get("properties").and_then(Node::as_object);
    let properties = properties.into_iter().flat_map(|map| map.keys().cloned());
    let format = node.get("format").and_then(Node::as_str).map(str::to_owned);
    let items = node.get("items").map(|items| {
        let label = variant_name(items).unwrap_or_else(|| kind(items));
        format!("{label} list")
    });
    properties.chain(values(node)).chain(format).chain(items).collect()
}

fn values(node: &Node) -> Vec<String> {
    let values = node.get("enum").and_then(Node::as_array).unwrap_or_default();
    values.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}
