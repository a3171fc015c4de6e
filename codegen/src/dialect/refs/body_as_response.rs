//! A request body by reference in a response's location: both have a description and content.

use std::collections::BTreeMap;

use crate::dialect::grammar::{Object, each};
use crate::report::{Location, Problem, Report};
use crate::source::{Map, Node, unescape};

/// Puts the content of a request body instead of a reference to it where a response is expected.
pub(super) fn as_responses(root: &mut Node, report: &mut Report) {
    let bodies: BTreeMap<String, Map> = super::components(root, "requestBodies")
        .into_iter()
        .flatten()
        .filter_map(|(name, node)| Some((name.clone(), node.as_object()?.clone())))
        .collect();
    if bodies.is_empty() {
        return;
    }
    each(root, Object::Root, &mut |node, object| {
        if object != Object::Response {
            return;
        }
        let Some((reference, origin)) = super::text(node) else { return };
        let name = reference.strip_prefix("#/components/requestBodies/").map(unescape);
        let Some(body) = name.and_then(|name| bodies.get(&name)) else { return };
        let what =
            format!("`{reference}` is a request body; its content is read as the response's");
        report.push(Problem::note(Location::Member(origin), what));
        let mut response = body.clone();
        response.shift_remove("required");
        response.entry("description".to_owned()).or_insert_with(|| Node::string("", origin));
        *node = Node::object(response, origin);
    });
}
