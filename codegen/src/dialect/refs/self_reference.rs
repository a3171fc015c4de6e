//! A component that refers to itself beside saying what it is.

use crate::dialect::grammar::Object;
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node, escape};

/// Removes `$ref` from a component that it names, where other members say what the component is.
pub(super) fn remove(root: &mut Node, report: &mut Report) {
    let schemas = root.pointer_mut("/components/schemas").and_then(Node::as_object_mut);
    for (name, node) in schemas.into_iter().flatten() {
        let Kind::Object(map) = &mut node.kind else { continue };
        let own = format!("#/components/{}/{}", super::section(Object::Schema), escape(name));
        if map.len() > 1
            && map.get("$ref").and_then(Node::as_str) == Some(own.as_str())
            && let Some(reference) = map.shift_remove("$ref")
        {
            let what = format!("`{name}` refers to itself; what stands beside the `$ref` is read");
            report.push(Problem::warning(Location::Member(reference.origin), what));
        }
    }
}
