//! Inlines path items: each replaces the references to it.

use crate::dialect::grammar::ObjectKind;
use crate::dialect::keyword_ledger::KeywordLedger;
use crate::report::{Location, Report};
use crate::source::{Kind, Map, Node};

use super::target;

/// Replaces references to path items by their targets, and removes `components.pathItems`.
pub(super) fn inline_path_items(root: &mut Node, report: &mut Report, ledger: &mut KeywordLedger) {
    for section in ["paths", "webhooks", "x-docwright-webhooks"] {
        let names: Vec<String> = match root.get(section).and_then(Node::as_object) {
            Some(map) => map.keys().cloned().collect(),
            None => continue,
        };
        for name in names {
            let Some(item) = root.get(section).and_then(|map| map.get(&name)) else { continue };
            let Some(resolved) = resolve_path_item(root, item, report) else { continue };
            let map = root.as_object_mut().and_then(|root| root.get_mut(section));
            if let Some(map) = map.and_then(Node::as_object_mut) {
                map.insert(name, resolved);
            }
        }
    }
    let components = root.as_object_mut().and_then(|root| root.get_mut("components"));
    if let Some(components) = components.and_then(Node::as_object_mut)
        && let Some(items) = components.shift_remove("pathItems")
    {
        let reason = "each path item is read at the references to it";
        ledger.ignore(Location::Entry(items.origin), "pathItems", reason);
    }
}

/// Merges a path item with the targets of its chain of references; keys closer to it take
/// precedence.
fn resolve_path_item(root: &Node, item: &Node, report: &mut Report) -> Option<Node> {
    super::reference_text(item)?;
    let mut resolved = Map::new();
    let mut next = Some(item);
    let mut seen: Vec<&str> = Vec::new();
    while let Some(node) = next {
        for (key, value) in node.as_object()? {
            if key != "$ref" && !resolved.contains_key(key) {
                resolved.insert(key.clone(), value.clone());
            }
        }
        next = None;
        if let Some((reference, origin)) = super::reference_text(node) {
            let found = if seen.contains(&reference) {
                Err(target::ResolveError::Circular)
            } else {
                target::find_target(root, reference, ObjectKind::PathItem)
            };
            seen.push(reference);
            match found {
                Ok(pointer) => next = root.pointer(&pointer),
                Err(error) => {
                    report.error_or_warn(error.problem(
                        root,
                        reference,
                        ObjectKind::PathItem,
                        origin,
                    ));
                }
            }
        }
    }
    Some(Node { kind: Kind::Object(resolved), origin: item.origin })
}
