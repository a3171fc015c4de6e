//! Merges components: those with the same name on several pages become one.

use indexmap::IndexMap;

use super::precedence::{Candidate, Conflict, ConflictResolver, Subject};
use super::{PageDocument, remove_entry};
use crate::dialect::schemas::{
    equal_ignoring_docs, is_extended_by, merge_schema, property, property_names, required_names,
};
use crate::dialect::{is_undefined_scheme, replace_references};
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Map, Node, escape};

/// Marks a component that was named after its use in an entry of the endpoint dialect.
pub(super) const FROM_ENTRY: &str = "x-docwright-from-entry";

/// A component as defined in one of the documents.
struct Definition {
    document: usize,
    node: Node,
    from_entry: bool,
}

/// Merges the components of all documents.
pub(super) fn merge_components(
    documents: &mut [PageDocument],
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) -> Map {
    let mut definitions: IndexMap<String, IndexMap<String, Vec<Definition>>> = IndexMap::new();
    let mut origin = None;
    for (index, document) in documents.iter_mut().enumerate() {
        let Some(Node { kind: Kind::Object(sections), origin: components_origin }) =
            remove_entry(&mut document.root, "components")
        else {
            continue;
        };
        origin.get_or_insert(components_origin);
        for (section, node) in sections {
            let Kind::Object(components) = node.kind else { continue };
            let definitions = definitions.entry(section).or_default();
            for (name, mut node) in components {
                let mark = node.as_object_mut().and_then(|map| map.shift_remove(FROM_ENTRY));
                let definition = Definition { document: index, node, from_entry: mark.is_some() };
                definitions.entry(name).or_default().push(definition);
            }
        }
    }
    let mut merged = Map::new();
    for (section, components) in definitions {
        let mut merged_section = Map::new();
        for (name, definitions) in components {
            let node = match section.as_str() {
                "schemas" => merge_schemas(&name, definitions, documents, resolver, report),
                _ => merge_other(&section, &name, &definitions, documents, resolver, report),
            };
            merged_section.extend(node.map(|node| (name, node)));
        }
        if let Some(origin) = origin.filter(|_| !merged_section.is_empty()) {
            merged.insert(section, Node::object(merged_section, origin));
        }
    }
    merged
}

/// Merges the definitions of a component that is not a schema. They must be equal.
fn merge_other(
    section: &str,
    name: &str,
    definitions: &[Definition],
    documents: &[PageDocument],
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) -> Option<Node> {
    let first = definitions.first()?;
    let is_equal = |a: &Node, b: &Node| equal_ignoring_docs(a, b) || section == "examples";
    let subject = Subject::Component(section, name);
    let candidates = candidates(definitions);
    let all_equal = definitions.iter().all(|it| is_equal(&first.node, &it.node));
    if let Some(preferred) = resolver.preferred(subject, &candidates, all_equal, documents) {
        return take_preferred(subject, &candidates, preferred, resolver);
    }
    let mut most_complete = &first.node;
    // Security schemes of the endpoint dialect lack token URLs and other details.
    let is_less_complete = |a: &Node, b: &Node| {
        section == "securitySchemes" && (is_undefined_scheme(a) || is_contained_in(a, b))
    };
    for definition in definitions {
        let other = &definition.node;
        if !equal_ignoring_docs(most_complete, other) && is_less_complete(most_complete, other) {
            most_complete = other;
        }
    }
    let agrees =
        |other: &Node| is_equal(most_complete, other) || is_less_complete(other, most_complete);
    if definitions.iter().all(|it| agrees(&it.node)) {
        return Some(most_complete.clone());
    }
    let (best, reason) = resolver.winner(&candidates, documents);
    let winner = candidates.get(best)?;
    let differs = |candidate: &&Candidate<'_>| !is_equal(winner.node, candidate.node);
    let losers = candidates.iter().filter(differs);
    report_losers(subject, winner, losers, reason, documents, resolver, report);
    Some(winner.node.clone())
}

fn candidates(definitions: &[Definition]) -> Vec<Candidate<'_>> {
    definitions.iter().map(|it| Candidate { document: it.document, node: &it.node }).collect()
}

/// Returns the candidate that `vendor.toml` prefers, and supersedes those that differ from it.
fn take_preferred(
    subject: Subject<'_>,
    candidates: &[Candidate<'_>],
    preferred: usize,
    resolver: &mut ConflictResolver<'_>,
) -> Option<Node> {
    let preferred = candidates.get(preferred)?.node;
    let reason = resolver.preference_reason(subject);
    let differs = |candidate: &&Candidate<'_>| !equal_ignoring_docs(preferred, candidate.node);
    for candidate in candidates.iter().filter(differs) {
        resolver.supersede(candidate.node, &subject.name(), &reason);
    }
    Some(preferred.clone())
}

/// Returns the path of the property in which two schemas contradict each other, or an empty string.
pub(super) fn conflicting_property(a: &Node, b: &Node) -> String {
    merge_schema(&mut a.clone(), b).err().unwrap_or_default()
}

/// Reports each distinct definition that loses to `winner`, and supersedes all losers.
fn report_losers<'v>(
    subject: Subject<'_>,
    winner: &Candidate<'_>,
    losers: impl Iterator<Item = &'v Candidate<'v>>,
    reason: &str,
    documents: &[PageDocument],
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) {
    let mut reported: Vec<&Node> = Vec::new();
    for loser in losers {
        let superseded = format!("another page takes precedence because {reason}");
        resolver.supersede(loser.node, &subject.name(), &superseded);
        if reported.iter().any(|other| equal_ignoring_docs(other, loser.node)) {
            continue;
        }
        reported.push(loser.node);
        let property = conflicting_property(winner.node, loser.node);
        let conflict = Conflict { winner, loser, reason, property: &property, new_name: None };
        resolver.report_conflict(subject, &conflict, documents, report);
    }
}

/// Returns whether every entry of `a`, except for descriptions, is also in `b`.
fn is_contained_in(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Object(a), Kind::Object(b)) => a.iter().all(|(key, value)| {
            key == "description" || b.get(key).is_some_and(|other| is_contained_in(value, other))
        }),
        (a, b) => a == b,
    }
}

/// Merges the definitions of a schema.
///
/// Declared definitions take precedence over inferred ones, which were named after a use. Of several
/// different inferred ones, [`choose_inferred`] selects one. A definition that is not merged is inlined
/// where it is used.
fn merge_schemas(
    name: &str,
    definitions: Vec<Definition>,
    documents: &mut [PageDocument],
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) -> Option<Node> {
    let (inferred, declared): (Vec<_>, Vec<_>) =
        definitions.into_iter().partition(|it| it.from_entry);
    let mut merged = match declared.is_empty() {
        false => merge_declared(name, &declared, documents, resolver, report),
        true => choose_inferred(&inferred),
    };
    for definition in inferred {
        if let Some(merged) = &mut merged
            && have_same_properties(merged, &definition.node)
        {
            let before = merged.clone();
            if merge_schema(merged, &definition.node).is_ok() {
                // A use cannot make a property optional that the component requires.
                restore_required(merged, &before, &definition.node);
                continue;
            }
            *merged = before;
        }
        let reference = format!("#/components/schemas/{}", escape(name));
        let document = documents.get_mut(definition.document)?;
        replace_references(&mut document.root, &reference, &definition.node);
    }
    merged
}

/// Merges the definitions that documents declare in `components`.
fn merge_declared(
    name: &str,
    declared: &[Definition],
    documents: &[PageDocument],
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) -> Option<Node> {
    let subject = Subject::Component("schemas", name);
    let candidates = candidates(declared);
    let first = &declared.first()?.node;
    let all_equal = candidates.iter().all(|it| equal_ignoring_docs(first, it.node));
    if let Some(preferred) = resolver.preferred(subject, &candidates, all_equal, documents) {
        return take_preferred(subject, &candidates, preferred, resolver);
    }
    if all_equal {
        return Some(first.clone());
    }
    let mut additions = Vec::new();
    if let Some(merged) = merge_all(first, &candidates, &mut additions) {
        let notes = additions.into_iter().map(|node| {
            let message = format!("pages define `{name}` differently; the definitions are merged");
            Problem::note(Location::Entry(node.origin), message)
        });
        report.problems.extend(notes);
        return Some(merged);
    }
    let (best, reason) = resolver.winner(&candidates, documents);
    let winner = candidates.get(best)?;
    let mut merged = winner.node.clone();
    let mut losers = Vec::new();
    for candidate in &candidates {
        let mut result = merged.clone();
        match merge_schema(&mut result, candidate.node) {
            Ok(()) => merged = result,
            Err(_) => losers.push(candidate),
        }
    }
    report_losers(subject, winner, losers.into_iter(), reason, documents, resolver, report);
    Some(merged)
}

/// Merges all candidates, or returns `None` if they contradict each other. Adds to `additions` the
/// candidates that contribute something to `first`.
fn merge_all<'v>(
    first: &Node,
    candidates: &[Candidate<'v>],
    additions: &mut Vec<&'v Node>,
) -> Option<Node> {
    let mut merged = first.clone();
    for candidate in candidates.iter().filter(|it| !equal_ignoring_docs(first, it.node)) {
        if equal_ignoring_docs(&merged, candidate.node) {
            continue;
        }
        let before = merged.clone();
        merge_schema(&mut merged, candidate.node).ok()?;
        if merged != before {
            additions.push(candidate.node);
        }
    }
    Some(merged)
}

/// Selects the inferred definition that most of the others are equal to or extend. Of several, the
/// one with the most properties: a request does not have the properties that only responses have.
fn choose_inferred(definitions: &[Definition]) -> Option<Node> {
    let mut best: Option<(usize, &Node)> = None;
    let mut distinct: Vec<&Node> = Vec::new();
    for Definition { node, .. } in definitions {
        if distinct.iter().any(|other| equal_ignoring_docs(other, node)) {
            continue;
        }
        distinct.push(node);
        let weight = definitions.iter().filter(|it| is_extended_by(node, &it.node)).count();
        if best.is_none_or(|(best_weight, _)| weight > best_weight) {
            best = Some((weight, node));
        }
    }
    let (_, best) = best?;
    let has = |node: &Node, name: &str| property(node, name) == property(best, name);
    let compatible = distinct.into_iter().filter(|other| {
        have_same_properties(best, other) && property_names(best).all(|name| has(other, name))
    });
    compatible.rev().max_by_key(|node| property_names(node).count()).cloned()
}

/// Returns whether two schemas have the same properties, except for `readOnly` and `writeOnly` ones.
fn have_same_properties(a: &Node, b: &Node) -> bool {
    let is_one_way = |node: &Node, name: &str| {
        let flag = |key: &str| {
            property(node, name).and_then(|it| it.get(key)).and_then(Node::as_bool) == Some(true)
        };
        flag("readOnly") || flag("writeOnly")
    };
    let is_subset = |a: &Node, b: &Node| {
        property_names(a).all(|name| property(b, name).is_some() || is_one_way(a, name))
    };
    is_subset(a, b) && is_subset(b, a)
}

fn restore_required(merged: &mut Node, before: &Node, other: &Node) {
    let mut names = required_names(before).to_vec();
    for name in required_names(other) {
        let is_new = name.as_str().is_some_and(|name| property(before, name).is_none());
        if is_new && !names.contains(name) {
            names.push(name.clone());
        }
    }
    let origin = merged.origin;
    let Some(map) = merged.as_object_mut() else { return };
    if !names.is_empty() {
        map.insert("required".to_owned(), Node::array(names, origin));
    }
}
