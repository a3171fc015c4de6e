//! Limits how deeply a document is nested, because the next stages are recursive.

use crate::depth::MAX_DOCUMENT_DEPTH;
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node};

/// Reports the first value that is nested deeper than the limit.
pub(super) fn check_depth(root: &Node, report: &mut Report) {
    if let Some(node) = find_too_deep(root, 0) {
        let message = format!("the document is nested deeper than {MAX_DOCUMENT_DEPTH} levels");
        report.push(
            Problem::error(Location::Value(node.origin), message)
                .help("move inner schemas to `components.schemas`"),
        );
    }
}

fn find_too_deep(node: &Node, depth: usize) -> Option<&Node> {
    if depth > MAX_DOCUMENT_DEPTH {
        return Some(node);
    }
    match &node.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
        Kind::Array(items) => items.iter().find_map(|item| find_too_deep(item, depth + 1)),
        Kind::Object(map) => map.values().find_map(|value| find_too_deep(value, depth + 1)),
    }
}
