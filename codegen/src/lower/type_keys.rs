//! The keys of types in `vendor.toml` and `names.toml`.

use super::alternative_label::AlternativeLabels;
use crate::ir::{Api, TypeDef, TypeName};
use crate::source::{Node, escape, unescape};

/// Returns the key of every type: the component's own, or the JSON pointer of an inline schema. In
/// such a pointer, a parameter has its location and name instead of its index, and an alternative of
/// a union has its label: an index would change with everything added before it.
pub fn type_keys(api: &Api, openapi: &Node) -> Vec<String> {
    let labels = AlternativeLabels::default();
    api.types.iter().map(|def| type_key(def, openapi, &labels)).collect()
}

fn type_key(def: &TypeDef, openapi: &Node, labels: &AlternativeLabels) -> String {
    if let TypeName::Component(key) = &def.name {
        return key.clone();
    }
    let mut key = String::new();
    let mut node = Some(openapi);
    let mut tokens = def.pointer.split('/').skip(1);
    while let Some(token) = tokens.next() {
        node = child(node, token);
        key.push('/');
        key.push_str(token);
        let is_list = node.is_some_and(|node| node.as_array().is_some());
        if !is_list || !matches!(token, "parameters" | "oneOf" | "anyOf") {
            continue;
        }
        let Some(index) = tokens.next() else { break };
        if token != "parameters" {
            let label = node.and_then(|node| labels.label(node, index));
            key.push('/');
            key.push_str(&label.map_or_else(|| index.to_owned(), |label| escape(&label)));
            node = child(node, index);
            continue;
        }
        node = child(node, index);
        let text = |key: &str| node.and_then(|node| node.get(key)).and_then(Node::as_str);
        key.push('/');
        match (text("in"), text("name")) {
            (Some(location), Some(name)) => key.push_str(&escape(&format!("{location}:{name}"))),
            (Some(_) | None, _) => key.push_str(index),
        }
    }
    key
}

fn child<'n>(node: Option<&'n Node>, token: &str) -> Option<&'n Node> {
    let node = node?;
    match node.as_array() {
        Some(items) => items.get(token.parse::<usize>().ok()?),
        None => node.get(&unescape(token)),
    }
}
