//! Accepts a reference to a request body in place of a response: both have a description and
//! content.

use std::collections::BTreeMap;

use crate::dialect::grammar::{ObjectKind, for_each_object_mut};
use crate::report::{Location, Problem, Report};
use crate::source::{Map, Node, unescape};

/// Replaces references to request bodies in place of responses with the content of the bodies.
pub(super) fn replace_body_references(root: &mut Node, report: &mut Report) {
    let bodies: BTreeMap<String, Map> = super::components_of(root, "requestBodies")
        .into_iter()
        .flatten()
        .filter_map(|(name, node)| Some((name.clone(), node.as_object()?.clone())))
        .collect();
    if bodies.is_empty() {
        return;
    }
    for_each_object_mut(root, ObjectKind::Root, &mut |node, object| {
        if object != ObjectKind::Response {
            return;
        }
        let Some((reference, origin)) = super::reference_text(node) else { return };
        let name = reference.strip_prefix("#/components/requestBodies/").map(unescape);
        let Some(body) = name.and_then(|name| bodies.get(&name)) else { return };
        let message = format!(
            "`{reference}` is a request body; its content is used as the content of the response"
        );
        report.push(Problem::note(Location::Entry(origin), message));
        let mut response = body.clone();
        response.shift_remove("required");
        response.entry("description".to_owned()).or_insert_with(|| Node::string("", origin));
        *node = Node::object(response, origin);
    });
}
