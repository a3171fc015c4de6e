//! Components of one name that contradict each other, where the run goes on: each stays what its page
//! says it is, all but the first under names of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::unite::{same, unite};
use super::{Part, conflict};
use crate::dialect::redirect_references;
use crate::report::Report;
use crate::source::{Map, Node, escape};

/// What is referred to by name alone. (A security scheme is asked for by its name.)
const SECTIONS: [&str; 5] = ["schemas", "responses", "parameters", "requestBodies", "headers"];

/// Components that refer to each other part one after the other; no chain is longer.
const ROUNDS: usize = 32;

/// Gives a component that contradicts the one of the same name on an earlier page a name of its own,
/// with the references of its page, and says so. Nothing is done where that is an error.
pub(super) fn set(parts: &mut [Part], report: &mut Report) {
    if !report.lenient || parts.len() < 2 {
        return;
    }
    for _ in 0..ROUNDS {
        let mut changed = false;
        for section in SECTIONS {
            changed |= round(parts, section, report);
        }
        if !changed {
            return;
        }
    }
}

/// One section, looked through once; whether anything got another name.
fn round(parts: &mut [Part], section: &str, report: &mut Report) -> bool {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, part) in parts.iter().enumerate() {
        for (name, node) in components(part, section).into_iter().flatten() {
            if node.get(super::components::FROM_ENTRY).is_none() {
                holders.entry(name.clone()).or_default().push(index);
            }
        }
    }
    let mut taken: BTreeSet<String> = holders.keys().cloned().collect();
    let mut changed = false;
    for (name, holders) in &holders {
        if !differ(parts, section, name, holders) {
            continue;
        }
        let mut variants: Vec<(String, Node)> = Vec::new();
        for index in holders {
            let Some(node) = component(parts, *index, section, name).cloned() else { continue };
            let fitting = variants
                .iter_mut()
                .find_map(|(own, held)| takes(section, held, &node).then(|| own.clone()));
            let own = match (fitting, variants.first()) {
                (Some(own), _) => own,
                (None, None) => name.clone(),
                (None, Some((_, first))) => {
                    let own = free(name, &mut taken);
                    let what = format!("`components.{section}.{name}`");
                    let help = format!(
                        "the second one becomes `{own}`; keep the pages of one version of the API"
                    );
                    conflict(&what, first, &node, &help, report);
                    own
                }
            };
            if own != *name
                && let Some(part) = parts.get_mut(*index)
            {
                rename(part, section, name, &own);
                changed = true;
            }
            if variants.iter().all(|(known, _)| *known != own) {
                variants.push((own, node));
            }
        }
    }
    changed
}

/// Whether a component is not the same on all these pages.
fn differ(parts: &[Part], section: &str, name: &str, holders: &[usize]) -> bool {
    let mut nodes = holders.iter().filter_map(|index| component(parts, *index, section, name));
    nodes.next().is_some_and(|first| !nodes.all(|node| same(first, node)))
}

fn component<'n>(parts: &'n [Part], index: usize, section: &str, name: &str) -> Option<&'n Node> {
    components(parts.get(index)?, section)?.get(name)
}

fn components<'n>(part: &'n Part, section: &str) -> Option<&'n Map> {
    part.root.get("components")?.get(section)?.as_object()
}

/// Whether the two can be one; `held` is that one then.
fn takes(section: &str, held: &mut Node, node: &Node) -> bool {
    if same(held, node) {
        return true;
    }
    let mut united = held.clone();
    let fits = section == "schemas" && unite(&mut united, node).is_ok();
    if fits {
        *held = united;
    }
    fits
}

fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut number = 2_u64;
    loop {
        let own = format!("{name}{number}");
        if taken.insert(own.clone()) {
            return own;
        }
        number = number.saturating_add(1);
    }
}

fn rename(part: &mut Part, section: &str, name: &str, own: &str) {
    let reference = |name: &str| format!("#/components/{section}/{}", escape(name));
    redirect_references(&mut part.root, &reference(name), &reference(own));
    let members = part.root.pointer_mut(&format!("/components/{section}"));
    if let Some(members) = members.and_then(Node::as_object_mut) {
        let renamed = |key: String| if key == name { own.to_owned() } else { key };
        *members = std::mem::take(members).into_iter().map(|(k, v)| (renamed(k), v)).collect();
    }
}
