//! Schemas that contain themselves with nothing between: no value could be written down for them.

use std::collections::BTreeMap;

use crate::dialect::grammar::Object;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Node, escape, unescape};

const ALL: &[&str] = &["allOf"];
const ONE: &[&str] = &["oneOf", "anyOf"];

/// Reports components that lead back to themselves through `$ref` and `allOf` alone, or through
/// `$ref`, `oneOf` and `anyOf` alone. (A base whose variants extend it by `allOf` mixes both.) Where the
/// report is lenient, the run goes on without the step that closes the circle, which says nothing.
pub(in crate::dialect) fn check(root: &mut Node, report: &mut Report) {
    use Object::{Example, Header, Parameter, RequestBody, Response, SecurityScheme};
    for object in [Response, Parameter, RequestBody, Header, Example, SecurityScheme] {
        let section = super::section(object);
        for circle in circles(root, section, &[]) {
            let node = root.pointer_mut(&format!("/components/{section}/{}", circle.from));
            match node.and_then(|node| Some((super::broken::empty(object, node.origin)?, node))) {
                Some((empty, node)) => {
                    report.tolerate(circle.problem());
                    *node = empty;
                }
                None => report.push(circle.problem()),
            }
        }
    }
    for through in [ALL, ONE] {
        for circle in circles(root, "schemas", through) {
            report.tolerate(circle.problem());
            if let Some(node) = root.pointer_mut(&format!("/components/schemas/{}", circle.from)) {
                cut(node, through, &format!("#/components/schemas/{}", circle.to));
            }
        }
    }
}

/// Takes the steps to `reference` out of a schema: alone, it says nothing afterwards.
fn cut(node: &mut Node, through: &[&str], reference: &str) {
    let is_step = |node: &Node| super::text(node).is_some_and(|(text, _)| text == reference);
    let whole = is_step(node);
    let Some(map) = node.as_object_mut() else { return };
    if whole {
        map.clear();
    }
    for key in through {
        let Some(Kind::Array(members)) = map.get_mut(*key).map(|node| &mut node.kind) else {
            continue;
        };
        members.retain(|member| !is_step(member));
        if members.is_empty() {
            map.shift_remove(*key);
        } else {
            members.iter_mut().for_each(|member| cut(member, through, reference));
        }
    }
}

/// A component that leads to another from which it came.
struct Circle {
    /// The component with the last step, as it stands in a pointer.
    from: String,
    /// Where that step leads.
    to: String,
    origin: Origin,
}

impl Circle {
    fn problem(&self) -> Problem {
        let what = format!("`{}` contains itself with nothing between", unescape(&self.to));
        Problem::error(Location::Member(self.origin), what)
            .help("a type may hold itself only in a property or in a list")
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

fn circles(root: &Node, section: &str, through: &[&str]) -> Vec<Circle> {
    let mut found = Vec::new();
    let Some(components) = super::components(root, section) else { return found };
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
                    let origin = by_key.get(to).map_or(root.origin, |node| node.origin);
                    found.push(Circle { from: name.to_owned(), to: to.to_owned(), origin });
                }
                Some(to) => way.push((to, None)),
                None => {
                    marks.insert(name, Mark::Done);
                    way.pop();
                }
            }
        }
    }
    found
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
