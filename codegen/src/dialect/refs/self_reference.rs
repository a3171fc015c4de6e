//! Removes the reference of a component to itself beside its definition.

use crate::dialect::grammar::ObjectKind;
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node, escape};

/// Removes `$ref` from a component that it refers to, if the component has other keys.
pub(super) fn remove_self_references(root: &mut Node, report: &mut Report) {
    let schemas = root.pointer_mut("/components/schemas").and_then(Node::as_object_mut);
    for (name, node) in schemas.into_iter().flatten() {
        let Kind::Object(map) = &mut node.kind else { continue };
        let self_reference =
            format!("#/components/{}/{}", super::section_name(ObjectKind::Schema), escape(name));
        if map.len() > 1
            && map.get("$ref").and_then(Node::as_str) == Some(self_reference.as_str())
            && let Some(reference) = map.shift_remove("$ref")
        {
            let message = format!(
                "`{name}` refers to itself; the `$ref` is ignored, and its siblings are read"
            );
            report.push(Problem::warning(Location::Entry(reference.origin), message));
        }
    }
}
