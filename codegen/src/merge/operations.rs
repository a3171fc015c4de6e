//! Paths and webhooks, operation by operation.

use indexmap::IndexMap;

use super::Part;
use super::choice::{Conflict, Resolver, Subject, Version};
use super::unite::same;
use crate::report::{Location, Problem, Report};
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

/// Where operations stand that several documents describe: section, path, method; the documents.
type Repeated = IndexMap<(&'static str, String, String), Vec<usize>>;

/// Settles which document holds for each operation that several describe, and takes it out of the
/// others. What is left of an operation says the same wherever it stands.
pub(super) fn choose(parts: &mut [Part], chooser: &mut Resolver<'_>, report: &mut Report) {
    let mut all = Repeated::new();
    for (index, part) in parts.iter().enumerate() {
        for_each_name(&part.root, |section, path, method| {
            let name = (section, path.to_owned(), method.to_owned());
            all.entry(name).or_default().push(index);
        });
    }
    all.retain(|_, parts| parts.len() > 1);
    for ((section, path, method), holders) in all {
        let lost = losers(parts, (section, &path, &method), &holders, chooser, report);
        for (index, why) in lost {
            let Some(part) = parts.get_mut(index) else { continue };
            drop_operation(part, (section, &path, &method), &why, chooser);
        }
    }
}

/// The documents whose version of an operation gives way, and why.
fn losers(
    parts: &[Part],
    (section, path, method): (&str, &str, &str),
    holders: &[usize],
    chooser: &mut Resolver<'_>,
    report: &mut Report,
) -> Vec<(usize, String)> {
    let subject = Subject::Operation(method, path);
    let found = holders.iter().filter_map(|index| {
        let root = &parts.get(*index)?.root;
        let node = root.get(section)?.get(path)?.get(method)?;
        Some((Version { part: *index, node }, effective(root, section, path, method)?))
    });
    let (versions, whole): (Vec<_>, Vec<_>) = found.unzip();
    let like = |held: usize| -> Vec<bool> {
        let held = whole.get(held);
        whole.iter().map(|other| held.is_some_and(|held| same(held, other))).collect()
    };
    let alike = like(0).iter().all(|alike| *alike);
    if let Some(held) = chooser.settled(subject, &versions, alike, parts) {
        let lost = versions.iter().zip(like(held)).filter(|(_, alike)| !alike);
        return lost.map(|(version, _)| (version.part, chooser.reason(subject))).collect();
    }
    let endpoint = |version: &Version<'_>| parts.get(version.part).is_some_and(|p| p.endpoint);
    let full = versions.iter().any(|version| !endpoint(version));
    let (held, why) = chooser.best(&versions, parts);
    let Some(winner) = versions.get(held) else { return Vec::new() };
    let mut lost = Vec::new();
    let mut told: Vec<&Node> = Vec::new();
    for ((version, whole), alike) in versions.iter().zip(&whole).zip(like(held)) {
        if full && endpoint(version) {
            let what = format!("`{}` is read from the page that shows OpenAPI", subject.words());
            report.push(Problem::note(Location::Member(version.node.origin), what.clone()));
            lost.push((version.part, what));
        } else if !alike {
            if !told.iter().any(|told| same(told, whole)) {
                let (loser, member) = (version, "");
                let conflict = Conflict { winner, loser, why, member, own_name: None };
                chooser.conflict(subject, &conflict, parts, report);
                told.push(whole);
            }
            lost.push((version.part, format!("another page's version holds, because {why}")));
        }
    }
    lost
}

/// An operation with what its path item and its document say for it. Servers are left out: pages of
/// other days may list others, and then those of the whole API hold.
fn effective(root: &Node, section: &str, path: &str, method: &str) -> Option<Node> {
    let item = root.get(section)?.get(path)?;
    let mut operation = item.get(method)?.clone();
    let map = operation.as_object_mut()?;
    let (_, others) = split(item.as_object()?.clone());
    push_down(&others, map);
    map.shift_remove("servers");
    if section == "paths" && !map.contains_key("security") {
        map.extend(root.get("security").map(|own| ("security".to_owned(), own.clone())));
    }
    if map.get("security").and_then(Node::as_array).is_some_and(<[Node]>::is_empty) {
        map.shift_remove("security");
    }
    Some(operation)
}

/// Takes an operation out of a document, and everything else if that was the last one.
fn drop_operation(
    part: &mut Part,
    (section, path, method): (&str, &str, &str),
    why: &str,
    chooser: &mut Resolver<'_>,
) {
    let items = part.root.as_object_mut().and_then(|root| root.get_mut(section));
    let Some(items) = items.and_then(Node::as_object_mut) else { return };
    let Some(item) = items.get_mut(path).and_then(Node::as_object_mut) else { return };
    if let Some(operation) = item.shift_remove(method) {
        chooser.supersede(&operation, method, why);
    }
    if !item.keys().any(|key| METHODS.contains(&key.as_str()))
        && let Some(item) = items.shift_remove(path)
    {
        chooser.supersede(&item, path, why);
    }
    let empty =
        |section: &&str| part.root.get(section).and_then(Node::as_object).is_none_or(Map::is_empty);
    if SECTIONS.iter().all(empty)
        && let Some(root) = part.root.as_object_mut()
    {
        let (info, rest): (Map, Map) =
            std::mem::take(root).into_iter().partition(|(key, _)| key == "info");
        *root = info;
        for (key, node) in rest.iter().filter(|(key, _)| *key != "openapi") {
            chooser.supersede(node, key, why);
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

/// The path items of all documents under `section`. An operation that several of them describe says
/// the same in each, but perhaps for texts: those of the first one hold.
pub(super) fn unite(parts: &mut [Part], section: &str) -> Map {
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
    all.into_iter().filter_map(|(path, items)| Some((path, one(items)?))).collect()
}

fn one(items: Vec<Node>) -> Option<Node> {
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
                Some(held) => common_servers(held, &operation),
                None => {
                    merged.insert(method, operation);
                }
            }
        }
    }
    Some(Node::object(merged, origin))
}

/// Where two pages list other servers for an operation, those of the whole API hold.
fn common_servers(held: &mut Node, other: &Node) {
    if let Some(map) = held.as_object_mut()
        && map.get("servers") != other.get("servers")
    {
        map.shift_remove("servers");
    }
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
