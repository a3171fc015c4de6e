//! Security schemes that operations ask for and nobody defines.

use super::grammar::closest;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

/// Reports each scheme that is asked for and not defined, and defines it as `type: http`,
/// `scheme: unknown`: a client has to be told how to send it.
pub(super) fn add_undefined(root: &mut Node, report: &mut Report) {
    let mut asked: Vec<(String, Origin)> = Vec::new();
    gather(root, &mut asked);
    let items = root.get("paths").and_then(Node::as_object).into_iter().flat_map(|m| m.values());
    for operation in items.filter_map(Node::as_object).flat_map(|item| item.values()) {
        gather(operation, &mut asked);
    }
    let known = root.get("components").and_then(|components| components.get("securitySchemes"));
    let names: Vec<String> =
        known.and_then(Node::as_object).into_iter().flat_map(|map| map.keys().cloned()).collect();
    let mut missing = Map::new();
    for (name, origin) in asked {
        if names.contains(&name) || missing.contains_key(&name) {
            continue;
        }
        let what = format!("the security scheme `{name}` is asked for and not defined");
        let help = match closest(&name, names.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "define it under `components.securitySchemes`".to_owned(),
        };
        report.push(Problem::warning(Location::Member(origin), what).help(help));
        missing.insert(name, Node::object(undefined(origin), origin));
    }
    if !missing.is_empty() {
        insert(root, missing);
    }
}

/// A scheme of which a page says only its name.
pub(super) fn undefined(origin: Origin) -> Map {
    let text = |key: &str, text: &str| (key.to_owned(), Node::string(text, origin));
    Map::from_iter([text("type", "http"), text("scheme", "unknown")])
}

/// Whether the scheme is one of which only the name is known; another page may say more.
pub(crate) fn is_undefined_scheme(node: &Node) -> bool {
    node.as_object().is_some_and(|map| *map == undefined(node.origin))
}

fn gather(owner: &Node, asked: &mut Vec<(String, Origin)>) {
    let alternatives = owner.get("security").and_then(Node::as_array).unwrap_or_default();
    for schemes in alternatives.iter().filter_map(Node::as_object) {
        asked.extend(schemes.iter().map(|(name, scopes)| (name.clone(), scopes.origin)));
    }
}

fn insert(root: &mut Node, missing: Map) {
    let origin = root.origin;
    let mut location = Some(root);
    for key in ["components", "securitySchemes"] {
        location = location.and_then(Node::as_object_mut).map(|map| {
            map.entry(key.to_owned()).or_insert_with(|| Node::object(Map::new(), origin))
        });
    }
    if let Some(Kind::Object(schemes)) = location.map(|node| &mut node.kind) {
        schemes.extend(missing);
    }
}
