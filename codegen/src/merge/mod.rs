//! All documents of one vendor → one. The order in which they were read does not matter: they are
//! taken by the names of their files.

mod apart;
mod components;
mod operations;
mod security;
mod servers;
mod unite;

use crate::page::Page;
use crate::report::{Origin, Place, Problem, Report};
use crate::source::{Kind, Map, Node};

/// One normalised document with what its page says.
pub(crate) struct Part {
    page: Page,
    root: Node,
    /// It was read from the endpoint dialect, which says less than OpenAPI does.
    endpoint: bool,
}

/// Unites the normalised documents of one vendor into one; nothing where errors were reported, or
/// where there is no document.
pub fn merge(parts: Vec<(Page, Node)>, report: &mut Report) -> Option<Node> {
    let mut parts: Vec<Part> = parts
        .into_iter()
        .map(|(page, mut root)| {
            let mark =
                root.as_object_mut().and_then(|map| map.shift_remove("x-docwright-endpoint"));
            Part { page, root, endpoint: mark.is_some() }
        })
        .collect();
    parts.sort_by(|a, b| (&a.page.file, a.page.document).cmp(&(&b.page.file, b.page.document)));
    let before = report.problems.len();
    let origin = parts.first()?.root.origin;
    operations::drop_second_forms(&mut parts, report);
    apart::set(&mut parts, report);
    let servers = servers::unite(&mut parts);
    let security = security::unite(&mut parts);
    let components = components::unite(&mut parts, report);
    let mut merged = Map::new();
    merged.insert("openapi".to_owned(), Node::string("3.0.3", origin));
    merged.insert("info".to_owned(), info(&parts, origin));
    for (key, node) in [("servers", servers), ("security", security), ("tags", tags(&mut parts))] {
        if let Some(node) = node {
            merged.insert(key.to_owned(), node);
        }
    }
    let paths = operations::unite(&mut parts, "paths", report);
    merged.insert("paths".to_owned(), Node::object(paths, origin));
    let webhooks = operations::unite(&mut parts, "x-docwright-webhooks", report);
    if !webhooks.is_empty() {
        merged.insert("x-docwright-webhooks".to_owned(), Node::object(webhooks, origin));
    }
    if !components.is_empty() {
        merged.insert("components".to_owned(), Node::object(components, origin));
    }
    extensions(parts, &mut merged);
    let new = report.problems.get(before..).unwrap_or_default();
    let whole = new.iter().all(|problem| problem.severity != crate::report::Severity::Error);
    whole.then(|| Node::object(merged, origin))
}

/// The first `info` that comes with a version; pages of the endpoint dialect have only their own
/// title, which is the API's where there is one page.
fn info(parts: &[Part], origin: Origin) -> Node {
    let infos = || parts.iter().filter_map(|part| part.root.get("info"));
    let versioned = |info: &&Node| {
        info.get("version").and_then(Node::as_str).is_some_and(|version| !version.is_empty())
    };
    let of_document = parts.iter().filter(|part| !part.endpoint).filter_map(|p| p.root.get("info"));
    let found = infos().find(versioned).or_else(|| of_document.into_iter().next());
    match (found, parts) {
        (Some(info), _) => info.clone(),
        (None, [only]) => only.root.get("info").cloned().unwrap_or_else(|| untitled(origin)),
        (None, _) => untitled(origin),
    }
}

fn untitled(origin: Origin) -> Node {
    let empty = |key: &str| (key.to_owned(), Node::string("", origin));
    Node::object(Map::from_iter([empty("title"), empty("version")]), origin)
}

/// The tags of all, once each.
fn tags(parts: &mut [Part]) -> Option<Node> {
    let mut tags: Map = Map::new();
    let mut origin = None;
    for part in parts {
        let Some(Node { kind: Kind::Array(list), origin: at }) = take(&mut part.root, "tags")
        else {
            continue;
        };
        origin.get_or_insert(at);
        for tag in list {
            let Some(name) = tag.get("name").and_then(Node::as_str) else { continue };
            let held = tags.entry(name.to_owned()).or_insert_with(|| tag.clone());
            if held.get("description").is_none() && tag.get("description").is_some() {
                *held = tag;
            }
        }
    }
    let origin = origin.filter(|_| !tags.is_empty())?;
    Some(Node::array(tags.into_values().collect(), origin))
}

/// Extensions of the roots; the first one of a name holds.
fn extensions(parts: Vec<Part>, merged: &mut Map) {
    for part in parts {
        let Kind::Object(root) = part.root.kind else { continue };
        for (key, node) in root {
            if key.starts_with("x-") && !merged.contains_key(&key) {
                merged.insert(key, node);
            }
        }
    }
}

/// The member `key`, taken out.
fn take(node: &mut Node, key: &str) -> Option<Node> {
    node.as_object_mut()?.shift_remove(key)
}

/// Says of both places that they describe the same thing differently.
fn conflict(what: &str, first: &Node, second: &Node, help: &str, report: &mut Report) {
    for (node, order) in [(first, "first"), (second, "second")] {
        let text = format!("{what} is described in two ways; this is the {order}");
        report.tolerate(Problem::error(Place::Member(node.origin), text).help(help));
    }
}
