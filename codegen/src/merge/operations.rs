//! Merges paths and webhooks, operation by operation.

use indexmap::IndexMap;

use super::PageDocument;
use super::precedence::{Candidate, Conflict, ConflictResolver, Subject};
use crate::dialect::schemas::equal_ignoring_docs;
use crate::method::Method;
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Map, Node};

const SECTIONS: [&str; 2] = ["paths", super::WEBHOOKS];

/// Calls `change` with the other entries of its path item and each operation.
pub(super) fn for_each_operation(root: &mut Node, mut change: impl FnMut(&Map, &mut Map)) {
    let items = root.as_object_mut().and_then(|root| root.get_mut("paths"));
    let items = items.and_then(Node::as_object_mut).into_iter().flat_map(|map| map.values_mut());
    for item in items.filter_map(Node::as_object_mut) {
        let (operations, others) = split_path_item(std::mem::take(item));
        *item = others.clone();
        for (method, mut operation) in operations {
            if let Some(map) = operation.as_object_mut() {
                change(&others, map);
            }
            item.insert(method, operation);
        }
    }
}

/// Splits a path item into its operations and its other entries.
fn split_path_item(item: Map) -> (Map, Map) {
    item.into_iter().partition(|(key, _)| Method::from_key(key).is_some())
}

/// The documents that define an operation, by its section, path and method.
type Definitions = IndexMap<(&'static str, String, String), Vec<usize>>;

/// Selects a document for each operation that several documents define, and removes the operation
/// from the documents that contradict it. The remaining definitions of an operation are equal.
pub(super) fn resolve_conflicts(
    documents: &mut [PageDocument],
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) {
    let mut definitions = Definitions::new();
    for (index, document) in documents.iter().enumerate() {
        for_each_operation_key(&document.root, |section, path, method| {
            let key = (section, path.to_owned(), method.to_owned());
            definitions.entry(key).or_default().push(index);
        });
    }
    definitions.retain(|_, indices| indices.len() > 1);
    for ((section, path, method), indices) in definitions {
        let key = (section, path.as_str(), method.as_str());
        for (index, reason) in find_losers(documents, key, &indices, resolver, report) {
            let Some(document) = documents.get_mut(index) else { continue };
            remove_operation(document, key, &reason, resolver);
        }
    }
}

/// Returns the documents whose definition of an operation loses, each with the reason.
fn find_losers(
    documents: &[PageDocument],
    (section, path, method): (&str, &str, &str),
    indices: &[usize],
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) -> Vec<(usize, String)> {
    let subject = Subject::Operation(method, path);
    let found = indices.iter().filter_map(|index| {
        let root = &documents.get(*index)?.root;
        let node = root.get(section)?.get(path)?.get(method)?;
        let effective = effective_operation(root, section, path, method)?;
        Some((Candidate { document: *index, node }, effective))
    });
    let (candidates, effective): (Vec<_>, Vec<_>) = found.unzip();
    let equal_to = |index: usize| -> Vec<bool> {
        let operation = effective.get(index);
        let is_equal = |other: &Node| operation.is_some_and(|it| equal_ignoring_docs(it, other));
        effective.iter().map(is_equal).collect()
    };
    let all_equal = equal_to(0).iter().all(|is_equal| *is_equal);
    if let Some(preferred) = resolver.preferred(subject, &candidates, all_equal, documents) {
        let reason = resolver.preference_reason(subject);
        let losers = candidates.iter().zip(equal_to(preferred)).filter(|(_, is_equal)| !is_equal);
        return losers.map(|(loser, _)| (loser.document, reason.clone())).collect();
    }
    let is_endpoint = |candidate: &Candidate<'_>| {
        documents.get(candidate.document).is_some_and(|document| document.is_endpoint)
    };
    let has_openapi = candidates.iter().any(|candidate| !is_endpoint(candidate));
    let (best, reason) = resolver.winner(&candidates, documents);
    let Some(winner) = candidates.get(best) else { return Vec::new() };
    let mut losers = Vec::new();
    let mut reported: Vec<&Node> = Vec::new();
    for ((candidate, operation), is_equal) in candidates.iter().zip(&effective).zip(equal_to(best))
    {
        if has_openapi && is_endpoint(candidate) {
            let message =
                format!("`{}` is read from the page with an OpenAPI document", subject.name());
            report.push(Problem::note(Location::Entry(candidate.node.origin), message.clone()));
            losers.push((candidate.document, message));
        } else if !is_equal {
            if !reported.iter().any(|other| equal_ignoring_docs(other, operation)) {
                let (loser, property) = (candidate, "");
                let conflict = Conflict { winner, loser, reason, property, new_name: None };
                resolver.report_conflict(subject, &conflict, documents, report);
                reported.push(operation);
            }
            let superseded = format!("another page takes precedence because {reason}");
            losers.push((candidate.document, superseded));
        }
    }
    losers
}

/// Returns an operation with the settings that it inherits from its path item and document. Servers
/// are not compared: pages of different dates may list different ones, and then those of the whole
/// API are used.
fn effective_operation(root: &Node, section: &str, path: &str, method: &str) -> Option<Node> {
    let item = root.get(section)?.get(path)?;
    let mut operation = item.get(method)?.clone();
    let map = operation.as_object_mut()?;
    let (_, others) = split_path_item(item.as_object()?.clone());
    inherit_from_path_item(&others, map);
    map.shift_remove("servers");
    if section == "paths" && !map.contains_key("security") {
        map.extend(root.get("security").map(|shared| ("security".to_owned(), shared.clone())));
    }
    if map.get("security").and_then(Node::as_array).is_some_and(<[Node]>::is_empty) {
        map.shift_remove("security");
    }
    Some(operation)
}

/// Removes an operation from a document, and everything else but `info` if it was the last one.
fn remove_operation(
    document: &mut PageDocument,
    (section, path, method): (&str, &str, &str),
    reason: &str,
    resolver: &mut ConflictResolver<'_>,
) {
    let items = document.root.as_object_mut().and_then(|root| root.get_mut(section));
    let Some(items) = items.and_then(Node::as_object_mut) else { return };
    let Some(item) = items.get_mut(path).and_then(Node::as_object_mut) else { return };
    if let Some(operation) = item.shift_remove(method) {
        resolver.supersede(&operation, method, reason);
    }
    if !item.keys().any(|key| Method::from_key(key).is_some())
        && let Some(item) = items.shift_remove(path)
    {
        resolver.supersede(&item, path, reason);
    }
    let is_empty = |section: &&str| {
        document.root.get(section).and_then(Node::as_object).is_none_or(Map::is_empty)
    };
    if SECTIONS.iter().all(is_empty)
        && let Some(root) = document.root.as_object_mut()
    {
        let (info, rest): (Map, Map) =
            std::mem::take(root).into_iter().partition(|(key, _)| key == "info");
        *root = info;
        for (key, node) in rest.iter().filter(|(key, _)| *key != "openapi") {
            resolver.supersede(node, key, reason);
        }
    }
}

fn for_each_operation_key(root: &Node, mut call: impl FnMut(&'static str, &str, &str)) {
    for section in SECTIONS {
        for (path, item) in root.get(section).and_then(Node::as_object).into_iter().flatten() {
            let keys = Method::ALL.map(Method::key);
            for key in keys.into_iter().filter(|key| item.get(key).is_some()) {
                call(section, path, key);
            }
        }
    }
}

/// Merges the path items of all documents under `section`. The definitions of an operation are equal
/// by now except for documentation, which comes from the first one.
pub(super) fn merge_path_items(documents: &mut [PageDocument], section: &str) -> Map {
    let mut items_by_path: IndexMap<String, Vec<Node>> = IndexMap::new();
    for document in documents {
        let Some(Node { kind: Kind::Object(items), .. }) =
            super::remove_entry(&mut document.root, section)
        else {
            continue;
        };
        for (path, item) in items {
            items_by_path.entry(path).or_default().push(item);
        }
    }
    let merged = items_by_path.into_iter();
    merged.filter_map(|(path, items)| Some((path, merge_path_item(items)?))).collect()
}

fn merge_path_item(items: Vec<Node>) -> Option<Node> {
    let origin = items.first()?.origin;
    let mut halves: Vec<(Map, Map)> = items
        .into_iter()
        .filter_map(|item| match item.kind {
            Kind::Object(map) => Some(split_path_item(map)),
            _ => None,
        })
        .collect();
    let common = halves.first().map(|(_, others)| others.clone()).unwrap_or_default();
    let all_equal = halves.iter().all(|(_, others)| *others == common);
    let mut merged = if all_equal { common } else { Map::new() };
    for (operations, others) in &mut halves {
        for (method, mut operation) in std::mem::take(operations) {
            if !all_equal && let Some(map) = operation.as_object_mut() {
                inherit_from_path_item(others, map);
            }
            match merged.get_mut(&method) {
                Some(merged) => remove_differing_servers(merged, &operation),
                None => {
                    merged.insert(method, operation);
                }
            }
        }
    }
    Some(Node::object(merged, origin))
}

/// Removes the servers of an operation if another page lists different ones, so that those of the
/// whole API are used.
fn remove_differing_servers(operation: &mut Node, other: &Node) {
    if let Some(map) = operation.as_object_mut()
        && map.get("servers") != other.get("servers")
    {
        map.shift_remove("servers");
    }
}

/// Adds to an operation the servers and parameters that its path item declares for all operations.
fn inherit_from_path_item(item: &Map, operation: &mut Map) {
    if let Some(servers) = item.get("servers") {
        operation.entry("servers".to_owned()).or_insert_with(|| servers.clone());
    }
    let Some(shared) = item.get("parameters") else { return };
    let origin = shared.origin;
    let parameters =
        operation.entry("parameters".to_owned()).or_insert_with(|| Node::array(Vec::new(), origin));
    let Kind::Array(parameters) = &mut parameters.kind else { return };
    let key = |node: &Node| -> Vec<Option<String>> {
        ["$ref", "name", "in"]
            .map(|key| node.get(key).and_then(Node::as_str).map(str::to_owned))
            .into()
    };
    let mut all: Vec<Node> = shared.as_array().unwrap_or_default().to_vec();
    all.retain(|inherited| !parameters.iter().any(|it| key(it) == key(inherited)));
    all.append(parameters);
    *parameters = all;
}
