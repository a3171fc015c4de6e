//! References: every one is made to name a component of this document, or is reported.

mod anchors;
mod bodies;
mod broken;
mod cycles;
mod hoist;
mod itself;
mod mapping;
mod path_items;
mod repeated;
mod resolve;
mod target;

use super::account::KeywordLedger;
use super::grammar::{Object, each};
use crate::report::{Origin, Report};
use crate::source::{Map, Node};

pub(super) use anchors::resolve as resolve_anchors;
pub(super) use cycles::check as check_cycles;
pub(super) use hoist::add_component;
pub(super) use repeated::drop_enums as drop_repeated_enums;

/// Makes every reference below `root` one of the form `#/components/KIND/NAME`: what a longer
/// pointer names becomes a component of its own, path items replace their references, and
/// what names nothing is an error; where the report is lenient, something that says nothing takes
/// its location.
pub(super) fn settle(root: &mut Node, report: &mut Report, account: &mut KeywordLedger) {
    itself::remove(root, report);
    path_items::inline(root, report, account);
    bodies::as_responses(root, report);
    let (mut targets, broken) = resolve::all(root, report);
    hoist::deep_targets(root, &mut targets);
    each(root, Object::Root, &mut |node, object| resolve::rewrite(node, object, &targets));
    broken::replace(root, &broken);
    resolve::drop_broken_examples(root);
    hoist::definitions(root, account);
    mapping::settle(root, report);
}

/// The text of a reference in this object's location.
fn text(node: &Node) -> Option<(&str, Origin)> {
    let reference = node.get("$ref")?;
    Some((reference.as_str()?, reference.origin))
}

/// The members of a section of `components`.
pub(super) fn components<'n>(root: &'n Node, section: &str) -> Option<&'n Map> {
    root.get("components")?.get(section)?.as_object()
}

/// The section of `components` that holds objects of this kind.
pub(super) fn section(object: Object) -> &'static str {
    match object {
        Object::Response => "responses",
        Object::Parameter => "parameters",
        Object::Example => "examples",
        Object::RequestBody => "requestBodies",
        Object::Header => "headers",
        Object::SecurityScheme => "securitySchemes",
        Object::PathItem => "pathItems",
        _ => "schemas",
    }
}
