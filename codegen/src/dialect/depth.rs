//! A bound on how deep a description is nested: what reads it next goes down by recursion.

use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node};

/// Maps and lists inside each other. The deepest real description known has 31; beyond 100 the
/// `openapiv3` crate overflows the stack of a thread of 2 MiB.
const LIMIT: usize = 80;

/// Reports the first value that stands deeper than the limit.
pub(super) fn check(root: &Node, report: &mut Report) {
    if let Some(deep) = too_deep(root, 0) {
        let what = format!("the description is nested deeper than {LIMIT} levels");
        report.push(
            Problem::error(Location::Value(deep.origin), what)
                .help("give inner schemas a name under `components.schemas`"),
        );
    }
}

fn too_deep(node: &Node, depth: usize) -> Option<&Node> {
    if depth > LIMIT {
        return Some(node);
    }
    match &node.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
        Kind::Array(items) => items.iter().find_map(|item| too_deep(item, depth + 1)),
        Kind::Object(map) => map.values().find_map(|value| too_deep(value, depth + 1)),
    }
}
