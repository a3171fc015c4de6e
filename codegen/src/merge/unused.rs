//! Reports documents of which the merged document contains nothing.

use std::collections::BTreeSet;

use super::PageDocument;
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Map, Node};

/// The sections of a document that clients are generated from.
const SECTIONS: [&str; 3] = ["paths", super::WEBHOOKS, "components"];

/// A document before it was merged.
pub(super) struct Unmerged {
    location: Location,
    document: u32,
    is_empty: bool,
}

/// Returns what has to be known of the documents when they are merged.
pub(super) fn list_documents(documents: &[PageDocument]) -> Vec<Unmerged> {
    let is_filled = |root: &Node, section: &&str| {
        root.get(section).and_then(Node::as_object).is_some_and(|entries| !entries.is_empty())
    };
    let list = documents.iter().map(|document| Unmerged {
        // A page may have several documents.
        location: Location::Value(document.root.origin),
        document: document.page.document,
        is_empty: !SECTIONS.iter().any(|section| is_filled(&document.root, section)),
    });
    list.collect()
}

/// Reports each document that nothing in `merged` was read from.
pub(super) fn report_unused(documents: &[Unmerged], merged: &Map, report: &mut Report) {
    let mut used = BTreeSet::new();
    for section in SECTIONS {
        merged.get(section).into_iter().for_each(|node| collect_documents(node, &mut used));
    }
    let unused = documents.iter().filter(|it| !used.contains(&it.document));
    for Unmerged { location, is_empty, .. } in unused {
        report.push(match is_empty {
            true => {
                let message = "the client contains nothing of this document: it has no operations and no \
                               components";
                let help = "remove it from the input, or check whether it is the right file";
                Problem::warning(location.clone(), message).help(help)
            }
            false => {
                let message =
                    "the client contains nothing of this document: others define the same";
                Problem::note(location.clone(), message)
            }
        });
    }
}

/// Adds the documents that a node and everything in it was read from.
fn collect_documents(node: &Node, used: &mut BTreeSet<u32>) {
    match &node.kind {
        Kind::Object(map) => {
            // The sections themselves are created from the first document.
            map.values().for_each(|child| {
                used.insert(child.origin.document);
                collect_documents(child, used);
            });
        }
        Kind::Array(items) => items.iter().for_each(|item| {
            used.insert(item.origin.document);
            collect_documents(item, used);
        }),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
}
