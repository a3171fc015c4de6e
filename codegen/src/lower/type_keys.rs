//! The keys of types in `vendor.toml` and `names.toml`.

use crate::ir::{Api, TypeDef, TypeName};
use crate::source::{Node, escape, unescape};

/// Returns the key of every type: the component's own, or the JSON pointer of an inline schema. In
/// such a pointer, a parameter has its location and name instead of its index, which would change
/// with every parameter added before it.
pub fn type_keys(api: &Api, openapi: &Node) -> Vec<String> {
    api.types.iter().map(|def| type_key(def, openapi)).collect()
}

fn type_key(def: &TypeDef, openapi: &Node) -> String {
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
        if token != "parameters" || node.is_none_or(|node| node.as_array().is_none()) {
            continue;
        }
        let Some(index) = tokens.next() else { break };
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
