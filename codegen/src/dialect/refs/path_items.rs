//! Path items by reference: each replaces its references.

use crate::dialect::account::KeywordLedger;
use crate::dialect::grammar::Object;
use crate::report::{Location, Report};
use crate::source::{Kind, Map, Node};

use super::target;

/// Puts path items instead of references to them; `components.pathItems` goes.
pub(super) fn inline(root: &mut Node, report: &mut Report, account: &mut KeywordLedger) {
    for section in ["paths", "webhooks", "x-docwright-webhooks"] {
        let names: Vec<String> = match root.get(section).and_then(Node::as_object) {
            Some(map) => map.keys().cloned().collect(),
            None => continue,
        };
        for name in names {
            let Some(item) = root.get(section).and_then(|map| map.get(&name)) else { continue };
            let Some(whole) = resolved(root, item, report) else { continue };
            let map = root.as_object_mut().and_then(|root| root.get_mut(section));
            if let Some(map) = map.and_then(Node::as_object_mut) {
                map.insert(name, whole);
            }
        }
    }
    let components = root.as_object_mut().and_then(|root| root.get_mut("components"));
    if let Some(components) = components.and_then(Node::as_object_mut)
        && let Some(items) = components.shift_remove("pathItems")
    {
        let why = "each path item stands where it is referred to";
        account.ignore(Location::Member(items.origin), "pathItems", why);
    }
}

/// The path item with everything its chain of references says; nearer members hold.
fn resolved(root: &Node, item: &Node, report: &mut Report) -> Option<Node> {
    super::text(item)?;
    let mut whole = Map::new();
    let mut next = Some(item);
    let mut seen: Vec<&str> = Vec::new();
    while let Some(node) = next {
        for (key, value) in node.as_object()? {
            if key != "$ref" && !whole.contains_key(key) {
                whole.insert(key.clone(), value.clone());
            }
        }
        next = None;
        if let Some((reference, origin)) = super::text(node) {
            let found = if seen.contains(&reference) {
                Err(target::Broken::Circle)
            } else {
                target::find(root, reference, Object::PathItem)
            };
            seen.push(reference);
            match found {
                Ok(pointer) => next = root.pointer(&pointer),
                Err(why) => {
                    report.tolerate(why.problem(root, reference, Object::PathItem, origin));
                }
            }
        }
    }
    Some(Node { kind: Kind::Object(whole), origin: item.origin })
}
