//! A reference to an enum with the same values written out beside it.

use std::collections::BTreeMap;

use crate::dialect::account::KeywordLedger;
use crate::dialect::grammar::{Object, each};
use crate::report::Location;
use crate::source::{Kind, Node, escape};

/// Drops `enum` (and `type`) beside `allOf: [{$ref}]` where the component has the same values: the
/// component is the type.
pub(in crate::dialect) fn drop_enums(root: &mut Node, account: &mut KeywordLedger) {
    let enums: BTreeMap<String, Node> = super::components(root, "schemas")
        .into_iter()
        .flatten()
        .filter(|(_, node)| node.get("enum").is_some())
        .map(|(name, node)| (format!("#/components/schemas/{}", escape(name)), node.clone()))
        .collect();
    if enums.is_empty() {
        return;
    }
    each(root, Object::Root, &mut |node, object| {
        let Kind::Object(map) = &mut node.kind else { return };
        if object != Object::Schema || !map.contains_key("enum") {
            return;
        }
        let Some([only]) = map.get("allOf").and_then(Node::as_array) else { return };
        let component = super::text(only).and_then(|(reference, _)| enums.get(reference));
        if component.is_none_or(|component| component.get("enum") != map.get("enum")) {
            return;
        }
        let why = "the schema that `$ref` names has the same values";
        if let Some(values) = map.shift_remove("enum") {
            account.ignore(Location::Member(values.origin), "enum", why);
        }
        if component.is_some_and(|component| component.get("type") == map.get("type")) {
            map.shift_remove("type");
        }
    });
}
