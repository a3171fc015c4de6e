//! What operations need to authenticate where they do not say it themselves.

use super::{Part, operations, take};
use crate::source::Node;

/// The documents' common `security`; where they differ, each operation gets its document's.
pub(super) fn unite(parts: &mut [Part]) -> Option<Node> {
    let mut own: Vec<Option<Node>> = Vec::new();
    for part in parts.iter_mut() {
        let security = take(&mut part.root, "security");
        let mut open = false;
        operations::each(&mut part.root, |_, operation| {
            open |= !operation.contains_key("security");
        });
        // A document whose operations all speak for themselves is content with any.
        own.push(security.filter(|_| open));
        if open && own.last().is_some_and(Option::is_none) {
            own.pop();
            own.push(Some(Node::array(Vec::new(), part.root.origin)));
        }
    }
    let mut stated = own.iter().flatten();
    let first = stated.next()?.clone();
    if stated.all(|other| *other == first) {
        let states = first.as_array().is_some_and(|list| !list.is_empty());
        return states.then_some(first);
    }
    for (part, own) in parts.iter_mut().zip(own) {
        let Some(own) = own else { continue };
        operations::each(&mut part.root, |_, operation| {
            operation.entry("security".to_owned()).or_insert_with(|| own.clone());
        });
    }
    None
}
