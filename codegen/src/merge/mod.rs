//! Merges all documents of a vendor into one. The result does not depend on the order in which they
//! were read: they are sorted by file name.

mod components;
mod operations;
mod page_documents;
mod precedence;
mod rename_conflicts;
mod security;
mod servers;
mod unrelated;
mod unused;

use crate::dialect::{KeywordLedger, OpenApi30, WEBHOOKS_REASON};
use crate::manifest::Manifest;
use crate::page::Page;
use crate::report::{Origin, Report, Severity};
use crate::source::{Kind, Map, Node};

use precedence::ConflictResolver;
pub use unrelated::check_related;

/// The webhooks of a normalised document.
const WEBHOOKS: &str = "x-docwright-webhooks";

/// A normalised document, and the page that contains it.
pub(crate) struct PageDocument {
    page: Page,
    root: Node,
    /// Whether it was read from the endpoint dialect, which is less specific than OpenAPI.
    is_endpoint: bool,
    /// When the page was fetched, from `vendor.toml` or the file name.
    date: Option<String>,
    /// Its position among the documents of its file, starting at 1.
    number: usize,
    /// Whether its file contains several documents.
    shares_file: bool,
}

/// Merges the normalised documents of one vendor into one. Returns `None` if there is no document, or
/// if errors were reported. Conflicts between pages are resolved as `vendor.toml` prefers.
pub fn merge(
    documents: Vec<(Page, OpenApi30)>,
    manifest: &Manifest,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> Option<OpenApi30> {
    let (pages, documents): (Vec<Page>, Vec<OpenApi30>) = documents.into_iter().unzip();
    OpenApi30::combine(documents, report, |roots, report| {
        merge_roots(pages.into_iter().zip(roots).collect(), manifest, report, ledger)
    })
}

fn merge_roots(
    documents: Vec<(Page, Node)>,
    manifest: &Manifest,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> Option<Node> {
    let mut documents = page_documents::sort_documents(documents, manifest);
    let unmerged = unused::list_documents(&documents);
    let before = report.problems.len();
    let origin = documents.first()?.root.origin;
    let mut resolver = ConflictResolver::new(manifest, report.strict, ledger);
    operations::resolve_conflicts(&mut documents, &mut resolver, report);
    rename_conflicts::rename_conflicts(&mut documents, &mut resolver, report);
    let servers = servers::merge_servers(&mut documents);
    let security = security::merge_security(&mut documents);
    let components = components::merge_components(&mut documents, &mut resolver, report);
    resolver.finish(report);
    let mut merged = Map::new();
    merged.insert("openapi".to_owned(), Node::string("3.0.3", origin));
    merged.insert("info".to_owned(), merge_info(&documents, origin));
    let tags = merge_tags(&mut documents);
    for (key, node) in [("servers", servers), ("security", security), ("tags", tags)] {
        if let Some(node) = node {
            merged.insert(key.to_owned(), node);
        }
    }
    let paths = operations::merge_path_items(&mut documents, "paths");
    merged.insert("paths".to_owned(), Node::object(paths, origin));
    if let Some(webhooks) = merge_webhooks(&mut documents, ledger) {
        merged.insert(WEBHOOKS.to_owned(), webhooks);
    }
    if !components.is_empty() {
        merged.insert("components".to_owned(), Node::object(components, origin));
    }
    merge_extensions(documents, &mut merged);
    unused::report_unused(&unmerged, &merged, report);
    let new = report.problems.get(before..).unwrap_or_default();
    let has_errors = new.iter().any(|problem| problem.severity == Severity::Error);
    (!has_errors).then(|| Node::object(merged, origin))
}

/// Returns the webhooks of all documents. Their node has the origin of the first document's
/// `webhooks`, where the note about them is shown, and counts the keywords of that document. Those
/// of the other documents are recorded in the ledger.
fn merge_webhooks(documents: &mut [PageDocument], ledger: &mut KeywordLedger) -> Option<Node> {
    let sections = documents.iter().filter_map(|document| document.root.get(WEBHOOKS));
    let mut sections = sections.filter(|it| it.as_object().is_some_and(|map| !map.is_empty()));
    let origin = sections.next()?.origin;
    for section in sections {
        ledger.supersede(section, "webhooks", WEBHOOKS_REASON);
    }
    Some(Node::object(operations::merge_path_items(documents, WEBHOOKS), origin))
}

/// Returns the first `info` with a version. A page of the endpoint dialect only has a title of its
/// own, which is the API's title if there is no other page.
fn merge_info(documents: &[PageDocument], origin: Origin) -> Node {
    let infos = || documents.iter().filter_map(|document| document.root.get("info"));
    let is_versioned = |info: &&Node| {
        info.get("version").and_then(Node::as_str).is_some_and(|version| !version.is_empty())
    };
    let mut openapi_infos = documents
        .iter()
        .filter(|document| !document.is_endpoint)
        .filter_map(|document| document.root.get("info"));
    let found = infos().find(is_versioned).or_else(|| openapi_infos.next());
    match (found, documents) {
        (Some(info), _) => info.clone(),
        (None, [only]) => only.root.get("info").cloned().unwrap_or_else(|| empty_info(origin)),
        (None, _) => empty_info(origin),
    }
}

fn empty_info(origin: Origin) -> Node {
    let empty = |key: &str| (key.to_owned(), Node::string("", origin));
    Node::object(Map::from_iter([empty("title"), empty("version")]), origin)
}

/// Returns the tags of all documents, without duplicates.
fn merge_tags(documents: &mut [PageDocument]) -> Option<Node> {
    let mut tags: Map = Map::new();
    let mut origin = None;
    for document in documents {
        let Some(Node { kind: Kind::Array(list), origin: list_origin }) =
            remove_entry(&mut document.root, "tags")
        else {
            continue;
        };
        origin.get_or_insert(list_origin);
        for tag in list {
            let Some(name) = tag.get("name").and_then(Node::as_str) else { continue };
            let merged = tags.entry(name.to_owned()).or_insert_with(|| tag.clone());
            if merged.get("description").is_none() && tag.get("description").is_some() {
                *merged = tag;
            }
        }
    }
    let origin = origin.filter(|_| !tags.is_empty())?;
    Some(Node::array(tags.into_values().collect(), origin))
}

/// Adds the extensions of the root objects. The first document that has an extension wins.
fn merge_extensions(documents: Vec<PageDocument>, merged: &mut Map) {
    for document in documents {
        let Kind::Object(root) = document.root.kind else { continue };
        for (key, node) in root {
            if key.starts_with("x-") && !merged.contains_key(&key) {
                merged.insert(key, node);
            }
        }
    }
}

/// Removes the entry `key` and returns its value.
fn remove_entry(node: &mut Node, key: &str) -> Option<Node> {
    node.as_object_mut()?.shift_remove(key)
}
