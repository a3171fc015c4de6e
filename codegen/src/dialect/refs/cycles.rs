//! Schemas that contain themselves with nothing between: no value could be written down for them.

use std::collections::BTreeMap;

use crate::dialect::grammar::Object;
use crate::report::{Place, Problem, Report};
use crate::source::{Node, escape};

/// Reports components that lead back to themselves through `$ref` and `allOf` alone, or through
/// `$ref`, `oneOf` and `anyOf` alone. (A base whose variants extend it by `allOf` mixes both.)
pub(in crate::dialect) fn check(root: &Node, report: &mut Report) {
    for object in [Object::Response, Object::Parameter, Object::RequestBody, Object::Header] {
        circle(root, super::section(object), &[], report);
    }
    for object in [Object::Example, Object::SecurityScheme] {
        circle(root, super::section(object), &[], report);
    }
    let before = report.problems.len();
    circle(root, "schemas", &["allOf"], report);
    if report.problems.len() == before {
        circle(root, "schemas", &["oneOf", "anyOf"], report);
    }
}

/// What is known of a component on the search for circles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// On the way that is being followed.
    Open,
    /// Leads to no circle that was not reported.
    Done,
}

fn circle(root: &Node, section: &str, through: &[&str], report: &mut Report) {
    let Some(components) = super::components(root, section) else { return };
    let prefix = format!("#/components/{section}/");
    let by_key: BTreeMap<String, &Node> =
        components.iter().map(|(name, node)| (escape(name), node)).collect();
    let mut marks: BTreeMap<&str, Mark> = BTreeMap::new();
    for start in by_key.keys() {
        // Each entry: a component and those it leads to that were not followed yet.
        let mut way = vec![(start.as_str(), None)];
        while let Some((name, next)) = way.last_mut() {
            let name = *name;
            if next.is_none() && marks.contains_key(name) {
                way.pop();
                continue;
            }
            let next = next.get_or_insert_with(|| {
                marks.insert(name, Mark::Open);
                by_key.get(name).map(|node| edges(node, through, &prefix)).unwrap_or_default()
            });
            match next.pop() {
                Some(to) if marks.get(to) == Some(&Mark::Open) => {
                    if let Some(node) = by_key.get(to) {
                        let what = format!("`{to}` contains itself with nothing between");
                        report.push(
                            Problem::error(Place::Member(node.origin), what)
                                .help("a type may hold itself only in a property or in a list"),
                        );
                    }
                }
                Some(to) => way.push((to, None)),
                None => {
                    marks.insert(name, Mark::Done);
                    way.pop();
                }
            }
        }
    }
}

/// The components that `node` is, or is made of through the keywords `through`.
fn edges<'n>(node: &'n Node, through: &[&str], prefix: &str) -> Vec<&'n str> {
    let mut found = Vec::new();
    if let Some((reference, _)) = super::text(node) {
        found.extend(reference.strip_prefix(prefix));
    }
    for key in through {
        for member in node.get(key).and_then(Node::as_array).unwrap_or_default() {
            found.extend(edges(member, through, prefix));
        }
    }
    found
}
