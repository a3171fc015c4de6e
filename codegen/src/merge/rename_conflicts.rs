//! Components of one name that contradict each other, where the run goes on: each stays what its page
//! says it is, all but one under names of their own. What `vendor.toml` settles is not set apart.

use std::collections::{BTreeMap, BTreeSet};

use super::Part;
use super::choice::{Conflict, Resolver, Subject, Version};
use super::components::differing;
use super::unite::{same, unite};
use crate::dialect::redirect_references;
use crate::report::Report;
use crate::source::{Map, Node, escape};

/// What is referred to by name alone. (A security scheme is asked for by its name.)
const SECTIONS: [&str; 5] = ["schemas", "responses", "parameters", "requestBodies", "headers"];

/// Components that refer to each other part one after the other; no chain is longer.
const ROUNDS: usize = 32;

/// Gives a component that contradicts the one of the same name on an earlier page a name of its own,
/// with the references of its page, and says so. Nothing is done where that is an error.
pub(super) fn set(parts: &mut [Part], chooser: &mut Resolver<'_>, report: &mut Report) {
    if !report.lenient || parts.len() < 2 {
        return;
    }
    for _ in 0..ROUNDS {
        let mut changed = false;
        for section in SECTIONS {
            changed |= round(parts, section, chooser, report);
        }
        if !changed {
            return;
        }
    }
}

/// One section, looked through once; whether anything got another name.
fn round(
    parts: &mut [Part],
    section: &str,
    chooser: &mut Resolver<'_>,
    report: &mut Report,
) -> bool {
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
    for (name, holders) in holders {
        let subject = Subject::Component(section, &name);
        if holders.len() < 2 || chooser.is_settled(subject) {
            continue;
        }
        let names = names(parts, subject, &holders, &mut taken, chooser, report);
        for (index, own) in holders.into_iter().zip(names) {
            if let Some((part, own)) = parts.get_mut(index).zip(own) {
                rename(part, section, &name, &own);
                changed = true;
            }
        }
    }
    changed
}

/// A way to describe a component.
struct Variant {
    node: Node,
    /// The name it gets, if it does not keep its own.
    own: Option<String>,
}

/// The name that each holder's component gets, if it does not keep its own.
fn names(
    parts: &[Part],
    subject: Subject<'_>,
    holders: &[usize],
    taken: &mut BTreeSet<String>,
    chooser: &mut Resolver<'_>,
    report: &mut Report,
) -> Vec<Option<String>> {
    let Subject::Component(section, name) = subject else { return Vec::new() };
    let component = |index: &usize| {
        let node = components(parts.get(*index)?, section)?.get(name)?;
        Some(Version { part: *index, node })
    };
    let versions: Vec<Version<'_>> = holders.iter().filter_map(component).collect();
    let (best, why) = chooser.best(&versions, parts);
    let Some(winner) = versions.get(best) else { return Vec::new() };
    let mut variants = vec![Variant { node: winner.node.clone(), own: None }];
    let mut names = Vec::with_capacity(versions.len());
    for loser in &versions {
        let taker = |held: &mut Variant| {
            takes(section, &mut held.node, loser.node).then(|| held.own.clone())
        };
        if let Some(own) = variants.iter_mut().find_map(taker) {
            names.push(own);
            continue;
        }
        let own = free(name, taken);
        let member = match section {
            "schemas" => differing(winner.node, loser.node),
            _ => String::new(),
        };
        let (member, own_name) = (member.as_str(), Some(own.as_str()));
        let conflict = Conflict { winner, loser, why, member, own_name };
        chooser.conflict(subject, &conflict, parts, report);
        variants.push(Variant { node: loser.node.clone(), own: Some(own.clone()) });
        names.push(Some(own));
    }
    names
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
