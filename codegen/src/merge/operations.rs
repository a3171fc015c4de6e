//! Paths and webhooks, operation by operation.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::unite::same;
use super::{Part, conflict};
use crate::report::{Place, Problem, Report};
use crate::source::{Kind, Map, Node};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const SECTIONS: [&str; 2] = ["paths", "x-docwright-webhooks"];

/// Calls `change` with each operation and the other members of its path item.
pub(super) fn each(root: &mut Node, mut change: impl FnMut(&Map, &mut Map)) {
    let items = root.as_object_mut().and_then(|root| root.get_mut("paths"));
    let items = items.and_then(Node::as_object_mut).into_iter().flat_map(|map| map.values_mut());
    for item in items.filter_map(Node::as_object_mut) {
        let (operations, others) = split(std::mem::take(item));
        *item = others.clone();
        for (method, mut operation) in operations {
            if let Some(map) = operation.as_object_mut() {
                change(&others, map);
            }
            item.insert(method, operation);
        }
    }
}

/// The operations of a path item, and its other members.
fn split(item: Map) -> (Map, Map) {
    item.into_iter().partition(|(key, _)| METHODS.contains(&key.as_str()))
}

/// Takes an operation of the endpoint dialect out where another document has it in full.
pub(super) fn drop_second_forms(parts: &mut [Part], report: &mut Report) {
    let mut full: BTreeMap<(&'static str, String, String), ()> = BTreeMap::new();
    for part in parts.iter().filter(|part| !part.endpoint) {
        for_each_name(&part.root, |section, path, method| {
            full.insert((section, path.to_owned(), method.to_owned()), ());
        });
    }
    for part in parts.iter_mut().filter(|part| part.endpoint) {
        let mut names = Vec::new();
        for_each_name(&part.root, |section, path, method| {
            let name = (section, path.to_owned(), method.to_owned());
            if full.contains_key(&name) {
                names.push(name);
            }
        });
        for (section, path, method) in names {
            let items = part.root.as_object_mut().and_then(|root| root.get_mut(section));
            let item = items.and_then(|items| items.as_object_mut()?.shift_remove(&path));
            if let Some(item) = item {
                let what = format!("`{method} {path}` is read from the page that shows OpenAPI");
                report.push(Problem::note(Place::Member(item.origin), what));
            }
        }
        if SECTIONS
            .iter()
            .all(|s| part.root.get(s).and_then(Node::as_object).is_none_or(Map::is_empty))
            && let Some(root) = part.root.as_object_mut()
        {
            root.retain(|key, _| key == "info");
        }
    }
}

fn for_each_name(root: &Node, mut call: impl FnMut(&'static str, &str, &str)) {
    for section in SECTIONS {
        for (path, item) in root.get(section).and_then(Node::as_object).into_iter().flatten() {
            for method in METHODS.iter().filter(|method| item.get(method).is_some()) {
                call(section, path, method);
            }
        }
    }
}

/// The path items of all documents under `section`; the same operation twice is one if it says the
/// same.
pub(super) fn unite(parts: &mut [Part], section: &str, report: &mut Report) -> Map {
    let mut all: IndexMap<String, Vec<Node>> = IndexMap::new();
    for part in parts {
        let Some(Node { kind: Kind::Object(items), .. }) = super::take(&mut part.root, section)
        else {
            continue;
        };
        for (path, item) in items {
            all.entry(path).or_default().push(item);
        }
    }
    all.into_iter()
        .filter_map(|(path, items)| Some((path.clone(), one(&path, items, report)?)))
        .collect()
}

fn one(path: &str, items: Vec<Node>, report: &mut Report) -> Option<Node> {
    let origin = items.first()?.origin;
    let mut halves: Vec<(Map, Map)> = items
        .into_iter()
        .filter_map(|item| match item.kind {
            Kind::Object(map) => Some(split(map)),
            _ => None,
        })
        .collect();
    let common = halves.first().map(|(_, others)| others.clone()).unwrap_or_default();
    let alike = halves.iter().all(|(_, others)| *others == common);
    let mut merged = if alike { common } else { Map::new() };
    for (operations, others) in &mut halves {
        for (method, mut operation) in std::mem::take(operations) {
            if !alike && let Some(map) = operation.as_object_mut() {
                push_down(others, map);
            }
            match merged.get_mut(&method) {
                Some(held) => {
                    if !same_operation(held, &operation) {
                        let what = format!("`{method} {path}`");
                        let help = "the first one is read; keep one of the pages, the newer one";
                        conflict(&what, held, &operation, help, report);
                    }
                }
                None => {
                    merged.insert(method, operation);
                }
            }
        }
    }
    Some(Node::object(merged, origin))
}

/// Whether two pages describe the operation alike. Pages of other days may list other servers: then
/// those of the whole API hold.
fn same_operation(held: &mut Node, other: &Node) -> bool {
    let Some(map) = held.as_object_mut() else { return false };
    let servers = map.shift_remove("servers");
    let mut bare = other.clone();
    let others = super::take(&mut bare, "servers");
    let alike = same(held, &bare);
    if let Some(servers) = servers.filter(|own| !alike || others.as_ref() == Some(own))
        && let Some(map) = held.as_object_mut()
    {
        map.insert("servers".to_owned(), servers);
    }
    alike
}

/// What a path item says for all its operations, said by one of them.
fn push_down(item: &Map, operation: &mut Map) {
    if let Some(servers) = item.get("servers") {
        operation.entry("servers".to_owned()).or_insert_with(|| servers.clone());
    }
    let Some(shared) = item.get("parameters") else { return };
    let origin = shared.origin;
    let own =
        operation.entry("parameters".to_owned()).or_insert_with(|| Node::array(Vec::new(), origin));
    let Kind::Array(own) = &mut own.kind else { return };
    let key = |node: &Node| -> Vec<Option<String>> {
        ["$ref", "name", "in"]
            .map(|key| node.get(key).and_then(Node::as_str).map(str::to_owned))
            .into()
    };
    let mut all: Vec<Node> = shared.as_array().unwrap_or_default().to_vec();
    all.retain(|parameter| !own.iter().any(|own| key(own) == key(parameter)));
    all.append(own);
    *own = all;
}
