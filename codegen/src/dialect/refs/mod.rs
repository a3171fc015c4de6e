//! Resolves references: every one refers to a component of the document afterwards, or is reported.

mod anchors;
mod body_as_response;
mod broken;
mod cycles;
mod hoist;
mod mapping;
mod path_items;
mod redundant_enums;
mod resolve;
mod self_reference;
mod target;

use super::grammar::{ObjectKind, for_each_object_mut};
use super::keyword_ledger::KeywordLedger;
use crate::report::{Origin, Report};
use crate::source::{Map, Node};

pub(super) use anchors::resolve_anchors;
pub(super) use cycles::check_cycles;
pub(super) use hoist::add_component;
pub(super) use redundant_enums::drop_redundant_enums;
pub(super) use target::FILE_PREFIX;

/// Rewrites every reference below `root` to the form `#/components/KIND/NAME`. Nested targets
/// become components of their own, and references to path items are replaced by their targets. A
/// reference that cannot be resolved is an error; if the report is not strict, a placeholder replaces
/// it.
pub(super) fn resolve_references(root: &mut Node, report: &mut Report, ledger: &mut KeywordLedger) {
    self_reference::remove_self_references(root, report);
    path_items::inline_path_items(root, report, ledger);
    body_as_response::replace_body_references(root, report);
    let (mut targets, broken) = resolve::resolve_all(root, report);
    hoist::hoist_deep_targets(root, &mut targets);
    for_each_object_mut(root, ObjectKind::Root, &mut |node, object| {
        resolve::rewrite_reference(node, object, &targets)
    });
    broken::replace_broken_references(root, &broken);
    resolve::drop_broken_examples(root);
    hoist::remove_definitions(root, ledger);
    mapping::resolve_mappings(root, report);
}

/// Returns the text of the `$ref` of an object.
fn reference_text(node: &Node) -> Option<(&str, Origin)> {
    let reference = node.get("$ref")?;
    Some((reference.as_str()?, reference.origin))
}

/// Returns the components of a section.
pub(super) fn components_of<'n>(root: &'n Node, section: &str) -> Option<&'n Map> {
    root.get("components")?.get(section)?.as_object()
}

/// Returns the section of `components` for objects of this kind.
pub(super) fn section_name(object: ObjectKind) -> &'static str {
    match object {
        ObjectKind::Response => "responses",
        ObjectKind::Parameter => "parameters",
        ObjectKind::Example => "examples",
        ObjectKind::RequestBody => "requestBodies",
        ObjectKind::Header => "headers",
        ObjectKind::SecurityScheme => "securitySchemes",
        ObjectKind::PathItem => "pathItems",
        _ => "schemas",
    }
}
