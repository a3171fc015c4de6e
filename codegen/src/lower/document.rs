//! The description in both forms, the raw tree and the typed model.

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};
use serde::de::DeserializeOwned;

use super::reference::Elsewhere;
use crate::report::{Place, Problem, Report};
use crate::source::{Node, escape};

/// The description.
#[derive(Debug)]
pub struct Document<'a> {
    /// The raw tree: places, wide numbers, and what the typed model has no room for.
    pub root: &'a Node,
    /// The typed model.
    pub openapi: OpenAPI,
    /// What references name beside whole components.
    pub elsewhere: Elsewhere,
}

impl<'a> Document<'a> {
    /// Reads the typed model out of the tree.
    pub fn read(root: &'a Node, report: &mut Report) -> Option<Self> {
        match typed::<OpenAPI>(root) {
            Ok(openapi) => Some(Self { root, openapi, elsewhere: Elsewhere::of(root) }),
            Err(what) => {
                refused(root, &what, report);
                None
            }
        }
    }
}

/// A part of the tree as a part of the model.
pub fn typed<T: DeserializeOwned>(node: &Node) -> Result<T, String> {
    serde_json::from_value(node.to_json()).map_err(|e| e.to_string())
}

/// Says which components and paths the model refuses; its own message has no usable place.
fn refused(root: &Node, what: &str, report: &mut Report) {
    let before = report.problems.len();
    let schemas = members(root, "/components/schemas");
    for (name, node) in schemas {
        if let Err(what) = typed::<ReferenceOr<Schema>>(node) {
            let pointer = format!("/components/schemas/{}", escape(name));
            report.push(unreadable(node, &what).label(format!("inside {pointer}")));
        }
    }
    for (path, node) in members(root, "/paths").into_iter().filter(|(path, _)| path.starts_with('/')) {
        if let Err(what) = typed::<ReferenceOr<PathItem>>(node) {
            report.push(unreadable(node, &what).label(format!("inside the path {path}")));
        }
    }
    if report.problems.len() == before {
        report.push(unreadable(root, what));
    }
}

fn members<'n>(root: &'n Node, pointer: &str) -> Vec<(&'n String, &'n Node)> {
    root.pointer(pointer).and_then(Node::as_object).map(|map| map.iter().collect()).unwrap_or_default()
}

fn unreadable(node: &Node, what: &str) -> Problem {
    Problem::error(Place::Member(node.origin), format!("this is not OpenAPI 3.0: {what}"))
}
