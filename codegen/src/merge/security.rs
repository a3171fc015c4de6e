//! Merges the security requirements that apply to operations without their own.

use super::{PageDocument, operations, remove_entry};
use crate::source::Node;

/// Returns the `security` that all documents share. If they differ, each operation gets the `security`
/// of its document.
pub(super) fn merge_security(documents: &mut [PageDocument]) -> Option<Node> {
    let mut by_document: Vec<Option<Node>> = Vec::new();
    for document in documents.iter_mut() {
        let security = remove_entry(&mut document.root, "security");
        let mut inherits = false;
        operations::for_each_operation(&mut document.root, |_, operation| {
            inherits |= !operation.contains_key("security");
        });
        // A document is ignored if all its operations declare their own requirements. If others do
        // not, and the document declares none either, they need no credentials.
        let none = || Node::array(Vec::new(), document.root.origin);
        by_document.push(inherits.then(|| security.unwrap_or_else(none)));
    }
    let mut declared = by_document.iter().flatten();
    let first = declared.next()?.clone();
    if declared.all(|other| *other == first) {
        let is_required = first.as_array().is_some_and(|list| !list.is_empty());
        return is_required.then_some(first);
    }
    for (document, security) in documents.iter_mut().zip(by_document) {
        let Some(security) = security else { continue };
        operations::for_each_operation(&mut document.root, |_, operation| {
            operation.entry("security".to_owned()).or_insert_with(|| security.clone());
        });
    }
    None
}
