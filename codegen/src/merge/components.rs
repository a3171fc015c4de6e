//! Components: the same name on many pages is one.

use indexmap::IndexMap;

use super::choice::{Conflict, Resolver, Subject, Version};
use super::unite::{same, unite as unite_schema};
use super::{Part, take};
use crate::dialect::{extended, is_undefined_scheme, replace_references};
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Map, Node, escape};

/// On a component that was named after one use of it.
pub(super) const FROM_ENTRY: &str = "x-docwright-from-entry";

/// A component as one of the documents has it.
struct Definition {
    part: usize,
    node: Node,
    from_entry: bool,
}

/// The components of all documents.
pub(super) fn unite(parts: &mut [Part], chooser: &mut Resolver<'_>, report: &mut Report) -> Map {
    let mut all: IndexMap<String, IndexMap<String, Vec<Definition>>> = IndexMap::new();
    let mut origin = None;
    for (part, from) in parts.iter_mut().enumerate() {
        let Some(Node { kind: Kind::Object(sections), origin: at }) =
            take(&mut from.root, "components")
        else {
            continue;
        };
        origin.get_or_insert(at);
        for (section, node) in sections {
            let Kind::Object(members) = node.kind else { continue };
            let all = all.entry(section).or_default();
            for (name, mut node) in members {
                let mark = node.as_object_mut().and_then(|map| map.shift_remove(FROM_ENTRY));
                let definition = Definition { part, node, from_entry: mark.is_some() };
                all.entry(name).or_default().push(definition);
            }
        }
    }
    let mut merged = Map::new();
    for (section, members) in all {
        let mut united = Map::new();
        for (name, definitions) in members {
            let node = match section.as_str() {
                "schemas" => schema(&name, definitions, parts, chooser, report),
                _ => other(&section, &name, &definitions, parts, chooser, report),
            };
            united.extend(node.map(|node| (name, node)));
        }
        if let Some(origin) = origin.filter(|_| !united.is_empty()) {
            merged.insert(section, Node::object(united, origin));
        }
    }
    merged
}

/// A parameter, a response and the like: one and the same, or a conflict.
fn other(
    section: &str,
    name: &str,
    definitions: &[Definition],
    parts: &[Part],
    chooser: &mut Resolver<'_>,
    report: &mut Report,
) -> Option<Node> {
    let first = definitions.first()?;
    let alike = |a: &Node, b: &Node| same(a, b) || section == "examples";
    let subject = Subject::Component(section, name);
    let versions = versions(definitions);
    let all_alike = definitions.iter().all(|d| alike(&first.node, &d.node));
    if let Some(held) = chooser.settled(subject, &versions, all_alike, parts) {
        return give_way(subject, &versions, held, chooser);
    }
    let mut held = &first.node;
    // The endpoint dialect does not say where OAuth tokens come from, nor the like.
    let less = |a: &Node, b: &Node| {
        section == "securitySchemes" && (is_undefined_scheme(a) || says_less(a, b))
    };
    for definition in definitions {
        let other = &definition.node;
        if !same(held, other) && less(held, other) {
            held = other;
        }
    }
    let fits = |other: &Node| alike(held, other) || less(other, held);
    if definitions.iter().all(|d| fits(&d.node)) {
        return Some(held.clone());
    }
    let (best, why) = chooser.best(&versions, parts);
    let winner = versions.get(best)?;
    let differs = |version: &&Version<'_>| !alike(winner.node, version.node);
    tell_each(subject, winner, versions.iter().filter(differs), why, parts, chooser, report);
    Some(winner.node.clone())
}

fn versions(definitions: &[Definition]) -> Vec<Version<'_>> {
    definitions.iter().map(|d| Version { part: d.part, node: &d.node }).collect()
}

/// The version that `vendor.toml` names; those that differ give way.
fn give_way(
    subject: Subject<'_>,
    versions: &[Version<'_>],
    held: usize,
    chooser: &mut Resolver<'_>,
) -> Option<Node> {
    let held = versions.get(held)?.node;
    let reason = chooser.reason(subject);
    for version in versions.iter().filter(|version| !same(held, version.node)) {
        chooser.supersede(version.node, &subject.words(), &reason);
    }
    Some(held.clone())
}

/// The member in which two schemas contradict each other, as far as they are schemas.
pub(super) fn differing(a: &Node, b: &Node) -> String {
    unite_schema(&mut a.clone(), b).err().unwrap_or_default()
}

/// Says of each way in which something is described otherwise that it gives way.
fn tell_each<'v>(
    subject: Subject<'_>,
    winner: &Version<'_>,
    losers: impl Iterator<Item = &'v Version<'v>>,
    why: &str,
    parts: &[Part],
    chooser: &mut Resolver<'_>,
    report: &mut Report,
) {
    let mut told: Vec<&Node> = Vec::new();
    for loser in losers {
        let why_lost = format!("another page's version holds, because {why}");
        chooser.supersede(loser.node, &subject.words(), &why_lost);
        if told.iter().any(|told| same(told, loser.node)) {
            continue;
        }
        told.push(loser.node);
        let member = differing(winner.node, loser.node);
        let conflict = Conflict { winner, loser, why, member: &member, own_name: None };
        chooser.conflict(subject, &conflict, parts, report);
    }
}

/// Whether `b` says everything that `a` says.
fn says_less(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Object(a), Kind::Object(b)) => a.iter().all(|(key, value)| {
            key == "description" || b.get(key).is_some_and(|other| says_less(value, other))
        }),
        (a, b) => a == b,
    }
}

/// A schema. Those that were named after one use give way to the component itself; of several such
/// that differ, the one whose properties all have is the type. What gives way stands inline where it
/// is used.
fn schema(
    name: &str,
    definitions: Vec<Definition>,
    parts: &mut [Part],
    chooser: &mut Resolver<'_>,
    report: &mut Report,
) -> Option<Node> {
    let (uses, stated): (Vec<_>, Vec<_>) = definitions.into_iter().partition(|d| d.from_entry);
    let mut held = match stated.is_empty() {
        false => stated_schema(name, &stated, parts, chooser, report),
        true => common(&uses),
    };
    for used in uses {
        if let Some(held) = &mut held
            && fits(held, &used.node)
        {
            let before = held.clone();
            if unite_schema(held, &used.node).is_ok() {
                // A use never says less of what is required than the component does.
                restore_required(held, &before, &used.node);
                continue;
            }
            *held = before;
        }
        let reference = format!("#/components/schemas/{}", escape(name));
        replace_references(&mut parts_root(parts, used.part)?.root, &reference, &used.node);
    }
    held
}

fn parts_root(parts: &mut [Part], index: usize) -> Option<&mut Part> {
    parts.get_mut(index)
}

/// Components of one name that documents state.
fn stated_schema(
    name: &str,
    stated: &[Definition],
    parts: &[Part],
    chooser: &mut Resolver<'_>,
    report: &mut Report,
) -> Option<Node> {
    let subject = Subject::Component("schemas", name);
    let versions = versions(stated);
    let first = &stated.first()?.node;
    let alike = versions.iter().all(|version| same(first, version.node));
    if let Some(held) = chooser.settled(subject, &versions, alike, parts) {
        return give_way(subject, &versions, held, chooser);
    }
    if alike {
        return Some(first.clone());
    }
    let mut differ = Vec::new();
    if let Some(held) = united(first, &versions, &mut differ) {
        let notes = differ.into_iter().map(|node| {
            let what = format!("pages differ on `{name}`; it has what any of them says");
            Problem::note(Location::Member(node.origin), what)
        });
        report.problems.extend(notes);
        return Some(held);
    }
    let (best, why) = chooser.best(&versions, parts);
    let winner = versions.get(best)?;
    let mut held = winner.node.clone();
    let mut losers = Vec::new();
    for version in &versions {
        let mut more = held.clone();
        match unite_schema(&mut more, version.node) {
            Ok(()) => held = more,
            Err(_) => losers.push(version),
        }
    }
    tell_each(subject, winner, losers.into_iter(), why, parts, chooser, report);
    Some(held)
}

/// What all versions say together, if they do not contradict each other; `differ` are those that
/// say something more.
fn united<'v>(first: &Node, versions: &[Version<'v>], differ: &mut Vec<&'v Node>) -> Option<Node> {
    let mut held = first.clone();
    for version in versions.iter().filter(|version| !same(first, version.node)) {
        if same(&held, version.node) {
            continue;
        }
        let before = held.clone();
        unite_schema(&mut held, version.node).ok()?;
        if held != before {
            differ.push(version.node);
        }
    }
    Some(held)
}

/// The type that uses are of: the one that the most of them are or extend. Of several such the one
/// with the most properties: a request lacks those that only responses have.
fn common(uses: &[Definition]) -> Option<Node> {
    let mut best: Option<(usize, &Node)> = None;
    let mut tried: Vec<&Node> = Vec::new();
    for Definition { node, .. } in uses {
        if tried.iter().any(|other| same(other, node)) {
            continue;
        }
        tried.push(node);
        let weight = uses.iter().filter(|used| extended(node, &used.node)).count();
        if best.is_none_or(|(held, _)| weight > held) {
            best = Some((weight, node));
        }
    }
    let (_, best) = best?;
    let has = |node: &Node, name: &str| property(node, name) == property(best, name);
    let alike =
        tried.into_iter().filter(|other| fits(best, other) && names(best).all(|n| has(other, n)));
    alike.rev().max_by_key(|node| names(node).count()).cloned()
}

/// Whether the two have the same properties but for those that only one direction has.
fn fits(a: &Node, b: &Node) -> bool {
    let one_way = |node: &Node, name: &str| {
        let flag = |key: &str| {
            property(node, name).and_then(|p| p.get(key)).and_then(Node::as_bool) == Some(true)
        };
        flag("readOnly") || flag("writeOnly")
    };
    let within =
        |a: &Node, b: &Node| names(a).all(|name| property(b, name).is_some() || one_way(a, name));
    within(a, b) && within(b, a)
}

fn restore_required(held: &mut Node, before: &Node, used: &Node) {
    let list = |node: &Node| -> Vec<Node> {
        node.get("required").and_then(Node::as_array).unwrap_or_default().to_vec()
    };
    let mut all = list(before);
    for name in list(used) {
        let new = name.as_str().is_some_and(|name| property(before, name).is_none());
        if new && !all.contains(&name) {
            all.push(name);
        }
    }
    let origin = held.origin;
    let Some(map) = held.as_object_mut() else { return };
    if !all.is_empty() {
        map.insert("required".to_owned(), Node::array(all, origin));
    }
}

fn property<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    node.get("properties")?.get(name)
}

fn names(node: &Node) -> impl Iterator<Item = &str> {
    let properties = node.get("properties").and_then(Node::as_object);
    properties.into_iter().flat_map(|map| map.keys().map(String::as_str))
}
