//! What types are called in `vendor.toml` and `names.toml`.

use crate::ir::{Api, TypeDef, TypeName};
use crate::source::{Node, escape, unescape};

/// The key of every type: a component's own, or the JSON pointer of an inline schema. A parameter on
/// the way goes by its location and name, since its number changes with every parameter before it.
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
        node = step(node, token);
        key.push('/');
        key.push_str(token);
        if token != "parameters" || node.is_none_or(|node| node.as_array().is_none()) {
            continue;
        }
        let Some(number) = tokens.next() else { break };
        node = step(node, number);
        let text = |key: &str| node.and_then(|node| node.get(key)).and_then(Node::as_str);
        key.push('/');
        match (text("in"), text("name")) {
            (Some(location), Some(name)) => key.push_str(&escape(&format!("{location}:{name}"))),
            (Some(_) | None, _) => key.push_str(number),
        }
    }
    key
}

fn step<'n>(node: Option<&'n Node>, token: &str) -> Option<&'n Node> {
    let node = node?;
    match node.as_array() {
        Some(items) => items.get(token.parse::<usize>().ok()?),
        None => node.get(&unescape(token)),
    }
}
