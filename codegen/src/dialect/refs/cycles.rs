//! Finds infinitely recursive components: schemas without any finite value.

use std::collections::BTreeMap;

use crate::dialect::grammar::ObjectKind;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Node, escape, unescape};

const ALL_OF: &[&str] = &["allOf"];
const ONE_OF: &[&str] = &["oneOf", "anyOf"];

/// Reports components that refer to themselves through `$ref` and `allOf` only, or through `$ref`,
/// `oneOf` and `anyOf` only. A mix of both is valid: a base schema whose variants extend it by
/// `allOf`. If the report is not strict, the reference that closes the cycle is removed.
pub(in crate::dialect) fn check_cycles(root: &mut Node, report: &mut Report) {
    use ObjectKind::{Example, Header, Parameter, RequestBody, Response, SecurityScheme};
    for object in [Response, Parameter, RequestBody, Header, Example, SecurityScheme] {
        let section = super::section_name(object);
        for cycle in find_circular_references(root, section, &[]) {
            let node = root.pointer_mut(&format!("/components/{section}/{}", cycle.from));
            match node
                .and_then(|node| Some((super::broken::placeholder(object, node.origin)?, node)))
            {
                Some((replacement, node)) => {
                    report.error_or_warn(cycle.problem());
                    *node = replacement;
                }
                None => report.push(cycle.problem()),
            }
        }
    }
    for through in [ALL_OF, ONE_OF] {
        for cycle in find_circular_references(root, "schemas", through) {
            report.error_or_warn(cycle.problem());
            if let Some(node) = root.pointer_mut(&format!("/components/schemas/{}", cycle.from)) {
                remove_references(node, through, &format!("#/components/schemas/{}", cycle.to));
            }
        }
    }
}

/// Removes `reference` from a schema. A schema that is such a reference becomes empty.
fn remove_references(node: &mut Node, through: &[&str], reference: &str) {
    let matches =
        |node: &Node| super::reference_text(node).is_some_and(|(text, _)| text == reference);
    let is_reference = matches(node);
    let Some(map) = node.as_object_mut() else { return };
    if is_reference {
        map.clear();
    }
    for key in through {
        let Some(Kind::Array(parts)) = map.get_mut(*key).map(|node| &mut node.kind) else {
            continue;
        };
        parts.retain(|part| !matches(part));
        if parts.is_empty() {
            map.shift_remove(*key);
        } else {
            parts.iter_mut().for_each(|part| remove_references(part, through, reference));
        }
    }
}

/// A reference between components that closes a cycle.
struct CircularReference {
    /// The referring component, escaped for a JSON pointer.
    from: String,
    /// The referenced component, escaped for a JSON pointer.
    to: String,
    origin: Origin,
}

impl CircularReference {
    fn problem(&self) -> Problem {
        let message = format!("the component `{}` is infinitely recursive", unescape(&self.to));
        Problem::error(Location::Entry(self.origin), message)
            .help("a component may contain itself only in a property or in the items of an array")
    }
}

/// The state of a component during the depth-first search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum VisitState {
    /// On the path to the current component.
    OnStack,
    /// Every cycle through it was found.
    Done,
}

fn find_circular_references(
    root: &Node,
    section: &str,
    through: &[&str],
) -> Vec<CircularReference> {
    let mut found = Vec::new();
    let Some(components) = super::components_of(root, section) else { return found };
    let prefix = format!("#/components/{section}/");
    let by_key: BTreeMap<String, &Node> =
        components.iter().map(|(name, node)| (escape(name), node)).collect();
    let mut states: BTreeMap<&str, VisitState> = BTreeMap::new();
    for start in by_key.keys() {
        // Each entry: a component, and its references that are still to be followed.
        let mut stack = vec![(start.as_str(), None)];
        while let Some((name, remaining)) = stack.last_mut() {
            let name = *name;
            if remaining.is_none() && states.contains_key(name) {
                stack.pop();
                continue;
            }
            let remaining = remaining.get_or_insert_with(|| {
                states.insert(name, VisitState::OnStack);
                by_key
                    .get(name)
                    .map(|node| direct_references(node, through, &prefix))
                    .unwrap_or_default()
            });
            match remaining.pop() {
                Some(to) if states.get(to) == Some(&VisitState::OnStack) => {
                    let origin = by_key.get(to).map_or(root.origin, |node| node.origin);
                    found.push(CircularReference {
                        from: name.to_owned(),
                        to: to.to_owned(),
                        origin,
                    });
                }
                Some(to) => stack.push((to, None)),
                None => {
                    states.insert(name, VisitState::Done);
                    stack.pop();
                }
            }
        }
    }
    found
}

/// Returns the components that `node` refers to, directly or through the keywords `through`.
fn direct_references<'n>(node: &'n Node, through: &[&str], prefix: &str) -> Vec<&'n str> {
    let mut found = Vec::new();
    if let Some((reference, _)) = super::reference_text(node) {
        found.extend(reference.strip_prefix(prefix));
    }
    for key in through {
        for part in node.get(key).and_then(Node::as_array).unwrap_or_default() {
            found.extend(direct_references(part, through, prefix));
        }
    }
    found
}
