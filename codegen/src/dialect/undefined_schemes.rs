//! Security schemes that operations require but the document does not define.

use crate::report::{Location, Origin, Problem, Report, closest};
use crate::source::{Kind, Map, Node};

/// Reports each scheme that is required but not defined, and defines it as `type: http`,
/// `scheme: unknown`: the caller has to send the credential.
pub(super) fn add_undefined_schemes(root: &mut Node, report: &mut Report) {
    let mut required: Vec<(String, Origin)> = Vec::new();
    collect_required_schemes(root, &mut required);
    let items = root.get("paths").and_then(Node::as_object).into_iter().flat_map(|m| m.values());
    for operation in items.filter_map(Node::as_object).flat_map(|item| item.values()) {
        collect_required_schemes(operation, &mut required);
    }
    let known = root.get("components").and_then(|components| components.get("securitySchemes"));
    let names: Vec<String> =
        known.and_then(Node::as_object).into_iter().flat_map(|map| map.keys().cloned()).collect();
    let mut missing = Map::new();
    for (name, origin) in required {
        if names.contains(&name) || missing.contains_key(&name) {
            continue;
        }
        let message = format!("the security scheme `{name}` is required but not defined");
        let help = match closest(&name, names.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "define it under `components.securitySchemes`".to_owned(),
        };
        report.push(Problem::warning(Location::Entry(origin), message).help(help));
        missing.insert(name, Node::object(undefined_scheme(origin), origin));
    }
    if !missing.is_empty() {
        insert_schemes(root, missing);
    }
}

/// Returns the definition of a scheme of which only the name is known.
pub(super) fn undefined_scheme(origin: Origin) -> Map {
    let entry = |key: &str, value: &str| (key.to_owned(), Node::string(value, origin));
    Map::from_iter([entry("type", "http"), entry("scheme", "unknown")])
}

/// Returns whether only the name of the scheme is known; another page may define it.
pub(crate) fn is_undefined_scheme(node: &Node) -> bool {
    node.as_object().is_some_and(|map| *map == undefined_scheme(node.origin))
}

fn collect_required_schemes(owner: &Node, required: &mut Vec<(String, Origin)>) {
    let alternatives = owner.get("security").and_then(Node::as_array).unwrap_or_default();
    for schemes in alternatives.iter().filter_map(Node::as_object) {
        required.extend(schemes.iter().map(|(name, scopes)| (name.clone(), scopes.origin)));
    }
}

fn insert_schemes(root: &mut Node, missing: Map) {
    let origin = root.origin;
    let mut node = Some(root);
    for key in ["components", "securitySchemes"] {
        node = node.and_then(Node::as_object_mut).map(|map| {
            map.entry(key.to_owned()).or_insert_with(|| Node::object(Map::new(), origin))
        });
    }
    if let Some(Kind::Object(schemes)) = node.map(|node| &mut node.kind) {
        schemes.extend(missing);
    }
}
