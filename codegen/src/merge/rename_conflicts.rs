//! Renames conflicting components, so that each page keeps its own definition. This only happens in
//! runs that are not strict, and not for components for which `vendor.toml` prefers a page.

use std::collections::{BTreeMap, BTreeSet};

use super::PageDocument;
use super::components::conflicting_property;
use super::precedence::{Candidate, Conflict, ConflictResolver, Subject};
use crate::dialect::schemas::{equal_ignoring_docs, merge_schema};
use crate::dialect::{free_name, redirect_references};
use crate::report::Report;
use crate::source::{Map, Node, escape};

/// Sections whose components are only reached by `$ref`, so that they can be renamed. Security schemes
/// are not: requirements refer to them by name.
const SECTIONS: [&str; 5] = ["schemas", "responses", "parameters", "requestBodies", "headers"];

/// The maximum number of rounds. A renamed component makes the components that refer to it differ,
/// which are then renamed in the next round.
const MAX_ROUNDS: usize = 32;

/// Renames the components that contradict one of the same name on another page, redirects the
/// references of their page, and reports it. Does nothing in strict runs, where conflicts are errors.
pub(super) fn rename_conflicts(
    documents: &mut [PageDocument],
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) {
    if report.strict || documents.len() < 2 {
        return;
    }
    for _ in 0..MAX_ROUNDS {
        let mut changed = false;
        for section in SECTIONS {
            changed |= rename_in_section(documents, section, resolver, report);
        }
        if !changed {
            return;
        }
    }
}

/// Renames the conflicting components of one section. Returns whether there were any.
fn rename_in_section(
    documents: &mut [PageDocument],
    section: &str,
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) -> bool {
    let mut documents_by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        for (name, node) in components(document, section).into_iter().flatten() {
            if node.get(super::components::FROM_ENTRY).is_none() {
                documents_by_name.entry(name.clone()).or_default().push(index);
            }
        }
    }
    let mut taken: BTreeSet<String> = documents_by_name.keys().cloned().collect();
    let mut changed = false;
    for (name, indices) in documents_by_name {
        let subject = Subject::Component(section, &name);
        if indices.len() < 2 || resolver.has_preference(subject) {
            continue;
        }
        let names = new_names(documents, subject, &indices, &mut taken, resolver, report);
        for (index, new_name) in indices.into_iter().zip(names) {
            if let Some((document, new_name)) = documents.get_mut(index).zip(new_name) {
                rename_component(document, section, &name, &new_name);
                changed = true;
            }
        }
    }
    changed
}

/// A definition that is kept.
struct Variant {
    node: Node,
    /// Its new name, unless it keeps its own.
    new_name: Option<String>,
}

/// Returns the new name of the component in each document of `indices`, or `None` if it keeps its own.
fn new_names(
    documents: &[PageDocument],
    subject: Subject<'_>,
    indices: &[usize],
    taken: &mut BTreeSet<String>,
    resolver: &mut ConflictResolver<'_>,
    report: &mut Report,
) -> Vec<Option<String>> {
    let Subject::Component(section, name) = subject else { return Vec::new() };
    let candidate = |index: &usize| {
        let node = components(documents.get(*index)?, section)?.get(name)?;
        Some(Candidate { document: *index, node })
    };
    let candidates: Vec<Candidate<'_>> = indices.iter().filter_map(candidate).collect();
    let (best, reason) = resolver.winner(&candidates, documents);
    let Some(winner) = candidates.get(best) else { return Vec::new() };
    let mut variants = vec![Variant { node: winner.node.clone(), new_name: None }];
    let mut names = Vec::with_capacity(candidates.len());
    for loser in &candidates {
        let merged_name = |variant: &mut Variant| {
            try_merge(section, &mut variant.node, loser.node).then(|| variant.new_name.clone())
        };
        if let Some(new_name) = variants.iter_mut().find_map(merged_name) {
            names.push(new_name);
            continue;
        }
        let new_name = free_name(name, |name| taken.contains(name));
        taken.insert(new_name.clone());
        let property = match section {
            "schemas" => conflicting_property(winner.node, loser.node),
            _ => String::new(),
        };
        let conflict = Conflict {
            winner,
            loser,
            reason,
            property: property.as_str(),
            new_name: Some(new_name.as_str()),
        };
        resolver.report_conflict(subject, &conflict, documents, report);
        variants.push(Variant { node: loser.node.clone(), new_name: Some(new_name.clone()) });
        names.push(Some(new_name));
    }
    names
}

fn components<'n>(document: &'n PageDocument, section: &str) -> Option<&'n Map> {
    document.root.get("components")?.get(section)?.as_object()
}

/// Merges `node` into `merged` if they do not contradict each other, and returns whether it did.
fn try_merge(section: &str, merged: &mut Node, node: &Node) -> bool {
    if equal_ignoring_docs(merged, node) {
        return true;
    }
    let mut result = merged.clone();
    let is_merged = section == "schemas" && merge_schema(&mut result, node).is_ok();
    if is_merged {
        *merged = result;
    }
    is_merged
}

fn rename_component(document: &mut PageDocument, section: &str, name: &str, new_name: &str) {
    let reference = |name: &str| format!("#/components/{section}/{}", escape(name));
    redirect_references(&mut document.root, &reference(name), &reference(new_name));
    let components = document.root.pointer_mut(&format!("/components/{section}"));
    if let Some(components) = components.and_then(Node::as_object_mut) {
        let renamed = |key: String| if key == name { new_name.to_owned() } else { key };
        *components =
            std::mem::take(components).into_iter().map(|(k, v)| (renamed(k), v)).collect();
    }
}
