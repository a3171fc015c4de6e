//! Drops the values of an enum that are repeated beside a reference to the enum.

use std::collections::BTreeMap;

use crate::dialect::grammar::{ObjectKind, for_each_object_mut};
use crate::dialect::keyword_ledger::KeywordLedger;
use crate::report::Location;
use crate::source::{Kind, Node, escape};

/// Drops `enum` (and `type`) beside `allOf: [{$ref}]` if the component has the same values, so that
/// the component is used as the type.
pub(in crate::dialect) fn drop_redundant_enums(root: &mut Node, ledger: &mut KeywordLedger) {
    let enums: BTreeMap<String, Node> = super::components_of(root, "schemas")
        .into_iter()
        .flatten()
        .filter(|(_, node)| node.get("enum").is_some())
        .map(|(name, node)| (format!("#/components/schemas/{}", escape(name)), node.clone()))
        .collect();
    if enums.is_empty() {
        return;
    }
    for_each_object_mut(root, ObjectKind::Root, &mut |node, object| {
        let Kind::Object(map) = &mut node.kind else { return };
        if object != ObjectKind::Schema || !map.contains_key("enum") {
            return;
        }
        let Some([only]) = map.get("allOf").and_then(Node::as_array) else { return };
        let component = super::reference_text(only).and_then(|(reference, _)| enums.get(reference));
        if component.is_none_or(|component| component.get("enum") != map.get("enum")) {
            return;
        }
        let reason = "the schema that `$ref` refers to has the same values";
        if let Some(values) = map.shift_remove("enum") {
            ledger.ignore(Location::Entry(values.origin), "enum", reason);
        }
        if component.is_some_and(|component| component.get("type") == map.get("type")) {
            map.shift_remove("type");
        }
    });
}
