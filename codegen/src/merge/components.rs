//! Components: the same name on many pages is one.

use indexmap::IndexMap;

use super::unite::{same, unite as unite_schema};
use super::{Part, conflict, take};
use crate::dialect::{extended, replace_references};
use crate::report::{Place, Problem, Report};
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
pub(super) fn unite(parts: &mut [Part], report: &mut Report) -> Map {
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
                "schemas" => schema(&name, definitions, parts, report),
                _ => other(&section, &name, definitions, report),
            };
            united.extend(node.map(|node| (name, node)));
        }
        if let Some(origin) = origin.filter(|_| !united.is_empty()) {
            merged.insert(section, Node::object(united, origin));
        }
    }
    merged
}

/// A parameter, an answer and the like: one and the same, or a conflict.
fn other(
    section: &str,
    name: &str,
    definitions: Vec<Definition>,
    report: &mut Report,
) -> Option<Node> {
    let mut definitions = definitions.into_iter();
    let mut held = definitions.next()?.node;
    for definition in definitions {
        if same(&held, &definition.node) || section == "examples" {
            continue;
        }
        // The endpoint dialect does not say where OAuth tokens come from, nor the like.
        let fuller = [(&held, &definition.node), (&definition.node, &held)]
            .into_iter()
            .find(|(a, b)| section == "securitySchemes" && says_less(a, b))
            .map(|(_, fuller)| fuller.clone());
        match fuller {
            Some(fuller) => held = fuller,
            None => {
                let what = format!("`components.{section}.{name}`");
                let help = "keep the pages of one version of the API";
                conflict(&what, &held, &definition.node, help, report);
                return Some(held);
            }
        }
    }
    Some(held)
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
    report: &mut Report,
) -> Option<Node> {
    let (uses, stated): (Vec<_>, Vec<_>) = definitions.into_iter().partition(|d| d.from_entry);
    let mut held = match stated.split_first() {
        Some((first, others)) => Some(stated_schema(name, first, others, report)),
        None => common(&uses),
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
    first: &Definition,
    others: &[Definition],
    report: &mut Report,
) -> Node {
    let mut held = first.node.clone();
    for other in others {
        if same(&held, &other.node) {
            continue;
        }
        let before = held.clone();
        if let Err(member) = unite_schema(&mut held, &other.node) {
            let what = format!("`{name}`, in `{member}`,");
            let help = "keep the pages of one version of the API";
            conflict(&what, &first.node, &other.node, help, report);
            return before;
        }
        if held != before {
            let what = format!("pages differ on `{name}`; it has what any of them says");
            report.push(Problem::note(Place::Member(other.node.origin), what));
        }
    }
    held
}

/// The type that uses are of: the one that the most of them are or extend. Of several such the one
/// with the most properties: a request lacks those that only answers have.
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
