//! References: every one is made to name a component of this document, or is reported.

mod cycles;
mod hoist;
mod itself;
mod mapping;
mod path_items;
mod target;

use std::collections::BTreeMap;

use super::account::Account;
use super::grammar::{Object, each, each_ref};
use crate::report::{Origin, Report};
use crate::source::Node;

pub(super) use cycles::check as check_cycles;

/// Makes every reference below `root` one of the form `#/components/KIND/NAME`: what a longer
/// pointer names becomes a component of its own, path items take the place of their references, and
/// what names nothing is an error.
pub(super) fn settle(root: &mut Node, report: &mut Report, account: &mut Account) {
    itself::remove(root, report);
    path_items::inline(root, report, account);
    let mut targets = resolve(root, report);
    hoist::deep_targets(root, &mut targets);
    each(root, Object::Root, &mut |node, object| rewrite(node, object, &targets));
    hoist::definitions(root, account);
    mapping::settle(root, report);
}

/// What each reference, by its text and the kind of object expected, is read as.
type Targets = BTreeMap<(String, &'static str), String>;

/// The text of a reference in this object's place.
fn text(node: &Node) -> Option<(&str, Origin)> {
    let reference = node.get("$ref")?;
    Some((reference.as_str()?, reference.origin))
}

fn resolve(root: &Node, report: &mut Report) -> Targets {
    let mut targets = Targets::new();
    let mut broken = Vec::new();
    each_ref(root, Object::Root, &mut |node, object| {
        let may = object == Object::Schema || object.grammar().reference;
        let Some((reference, origin)) = text(node).filter(|_| may) else { return };
        let key = (reference.to_owned(), object.grammar().name);
        if targets.contains_key(&key) || broken.contains(&key) {
            return;
        }
        match target::find(root, reference, object) {
            Ok(pointer) => {
                targets.insert(key, pointer);
            }
            Err(why) => {
                report.push(why.problem(root, reference, object, origin));
                broken.push(key);
            }
        }
    });
    targets
}

fn rewrite(node: &mut Node, object: Object, targets: &Targets) {
    let Some(Some(text)) = node.get("$ref").map(Node::as_str) else { return };
    let Some(pointer) = targets.get(&(text.to_owned(), object.grammar().name)) else { return };
    if text.strip_prefix('#') == Some(pointer) {
        return;
    }
    let new = format!("#{pointer}");
    if let Some(map) = node.as_object_mut()
        && let Some(reference) = map.get_mut("$ref")
    {
        *reference = Node::string(new, reference.origin);
    }
}

/// The section of `components` that holds objects of this kind.
fn section(object: Object) -> &'static str {
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
