//! All documents of one vendor → one. The order in which they were read does not matter: they are
//! taken by the names of their files.

mod apart;
mod choice;
mod components;
mod operations;
mod security;
mod servers;
mod unite;
mod versions;

use crate::dialect::KeywordLedger;
use crate::manifest::Manifest;
use crate::page::Page;
use crate::report::{Origin, Report, Severity};
use crate::source::{Kind, Map, Node};

use choice::Resolver;

/// One normalised document with what its page says.
pub(crate) struct Part {
    page: Page,
    root: Node,
    /// It was read from the endpoint dialect, which says less than OpenAPI does.
    endpoint: bool,
    /// When the page was fetched, as `vendor.toml` or the file's name says.
    date: Option<String>,
    /// Its position among the documents of its file, from 1.
    number: usize,
    /// Its file holds several documents.
    several: bool,
}

/// Unites the normalised documents of one vendor into one; nothing where errors were reported, or
/// where there is no document. Where pages contradict each other, `vendor.toml` settles it.
pub fn merge(
    parts: Vec<(Page, Node)>,
    manifest: &Manifest,
    report: &mut Report,
    account: &mut KeywordLedger,
) -> Option<Node> {
    let mut parts = versions::parts(parts, manifest);
    let before = report.problems.len();
    let origin = parts.first()?.root.origin;
    let mut chooser = Resolver::new(manifest, report.lenient, account);
    operations::choose(&mut parts, &mut chooser, report);
    apart::set(&mut parts, &mut chooser, report);
    let servers = servers::unite(&mut parts);
    let security = security::unite(&mut parts);
    let components = components::unite(&mut parts, &mut chooser, report);
    chooser.finish(report);
    let mut merged = Map::new();
    merged.insert("openapi".to_owned(), Node::string("3.0.3", origin));
    merged.insert("info".to_owned(), info(&parts, origin));
    for (key, node) in [("servers", servers), ("security", security), ("tags", tags(&mut parts))] {
        if let Some(node) = node {
            merged.insert(key.to_owned(), node);
        }
    }
    merged.insert("paths".to_owned(), Node::object(operations::unite(&mut parts, "paths"), origin));
    let webhooks = operations::unite(&mut parts, "x-docwright-webhooks");
    if !webhooks.is_empty() {
        merged.insert("x-docwright-webhooks".to_owned(), Node::object(webhooks, origin));
    }
    if !components.is_empty() {
        merged.insert("components".to_owned(), Node::object(components, origin));
    }
    extensions(parts, &mut merged);
    let new = report.problems.get(before..).unwrap_or_default();
    let whole = new.iter().all(|problem| problem.severity != Severity::Error);
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
