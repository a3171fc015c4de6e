//! References between the schemas of a document.

use crate::depth::MAX_REFERENCE_CHAIN;
use crate::source::Node;

/// Resolves references: returns the node that `node` refers to, or `node` itself.
pub fn resolve_ref<'n>(root: &'n Node, mut node: &'n Node) -> &'n Node {
    for _ in 0..MAX_REFERENCE_CHAIN {
        let target = node.get("$ref").and_then(Node::as_str).and_then(|it| it.strip_prefix('#'));
        match target.and_then(|pointer| root.pointer(pointer)) {
            Some(target) => node = target,
            None => break,
        }
    }
    node
}
