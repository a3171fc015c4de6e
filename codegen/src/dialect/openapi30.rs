//! The result of the audit, on which later stages rely.

use super::grammar::{Audit, ObjectKind, ValueKind, for_each_in_value_mut, value_kind_at};
use super::keyword_ledger::KeywordLedger;
use super::{convert_tree, openapi31, refs, typed};
use crate::report::Report;
use crate::source::{Map, Node, unescape};

/// A document in the form of OpenAPI 3.0, of which every keyword was audited.
///
/// Only the audit creates one, so a stage that takes one need not check again that every value has
/// the kind that its keyword expects, that every `$ref` names a component of the right kind, or
/// that no component is infinitely recursive.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenApi30(Node);

impl OpenApi30 {
    /// Wraps a tree that was audited and converted.
    pub(super) fn new(root: Node) -> Self {
        Self(root)
    }

    /// Unwraps the tree, to change what does not need another audit.
    pub(super) fn into_root(self) -> Node {
        self.0
    }

    /// Returns the root of the tree.
    pub fn root(&self) -> &Node {
        &self.0
    }

    /// Returns the node at a JSON pointer (RFC 6901, without `#`).
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        self.0.pointer(pointer)
    }

    /// Returns everything but the schemas in the typed model.
    ///
    /// # Errors
    ///
    /// Returns the model's message if it rejects the tree, which is a defect of the tables in
    /// `grammar`.
    pub(crate) fn to_typed(&self) -> Result<openapiv3::OpenAPI, String> {
        typed::deserialize_without_schemas(&self.0)
    }

    /// Combines audited documents to one. `merge` only puts parts of them together: a part that is
    /// audited in one document is audited in another one. But parts of two documents can form a
    /// cycle that neither of them has.
    pub(crate) fn combine(
        documents: Vec<Self>,
        report: &mut Report,
        merge: impl FnOnce(Vec<Node>, &mut Report) -> Option<Node>,
    ) -> Option<Self> {
        let is_merged = documents.len() > 1;
        let roots = documents.into_iter().map(|document| document.0).collect();
        let mut root = merge(roots, report)?;
        if is_merged {
            refs::check_cycles(&mut root, report);
        }
        Some(Self(root))
    }

    /// Starts to change the document.
    pub(crate) fn edit(self) -> Edit {
        Edit(self.0)
    }
}

/// An audited document that is being changed. What is added to it is audited as well.
#[derive(Debug)]
pub(crate) struct Edit(Node);

impl Edit {
    /// Returns the entries of the object at `pointer`.
    pub fn object(&self, pointer: &str) -> Option<&Map> {
        self.0.pointer(pointer)?.as_object()
    }

    /// Removes a key of the object at `pointer`. Returns `false` if there is no such key.
    pub fn remove(&mut self, pointer: &str, key: &str) -> bool {
        let object = self.0.pointer_mut(pointer).and_then(Node::as_object_mut);
        object.is_some_and(|map| map.shift_remove(key).is_some())
    }

    /// Audits `entries` and sets them in the object at `pointer`, in the form of OpenAPI 3.0.
    /// Returns the keys that had the same values before.
    pub fn update(
        &mut self,
        pointer: &str,
        entries: &Map,
        report: &mut Report,
        ledger: &mut KeywordLedger,
    ) -> Vec<String> {
        let path: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
        let value_kind = value_kind_at(ObjectKind::Root, &path);
        let Some(target) = self.0.pointer_mut(pointer) else { return Vec::new() };
        let before = target.clone();
        let mut audit = Audit::of_update(path, target.origin, report, ledger);
        let set = audit.update_value(target, entries.clone(), value_kind);
        convert(target, value_kind);
        let is_unchanged = *target == before;
        set.into_iter().filter(|(_, same)| *same || is_unchanged).map(|(key, _)| key).collect()
    }

    /// Resolves the references of the changed document.
    pub fn finish(self, report: &mut Report, ledger: &mut KeywordLedger) -> OpenApi30 {
        let mut root = self.0;
        convert_tree(&mut root, report, ledger);
        OpenApi30(root)
    }
}

/// Converts the schemas below a changed value to OpenAPI 3.0.
fn convert(target: &mut Node, value_kind: Option<ValueKind>) {
    let Some(value_kind) = value_kind else { return };
    for_each_in_value_mut(target, value_kind, &mut |node, object| {
        openapi31::convert_object(node, object);
    });
}
