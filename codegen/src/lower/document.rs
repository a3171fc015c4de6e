//! The description in both forms, the raw tree and the typed model.

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};
use serde::de::DeserializeOwned;

use super::names::{self, Repeated};
use super::reference::DeepRefCache;
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node, escape};

/// How deep schemas may stand inside one another, references to parts of schemas included.
pub const DEEPEST: usize = 60;

/// The description.
#[derive(Debug)]
pub struct Document<'a> {
    /// The raw tree: locations, wide numbers, and what the typed model has no room for.
    pub root: &'a Node,
    /// The typed model.
    pub openapi: OpenAPI,
    /// What references name beside whole components.
    pub elsewhere: DeepRefCache,
    /// Titles that name no operation.
    repeated: Repeated,
}

impl<'a> Document<'a> {
    /// Reads the typed model out of the tree.
    pub fn read(root: &'a Node, report: &mut Report) -> Option<Self> {
        if let Some(node) = too_deep(root, 0) {
            let what = format!("schemas stand more than {DEEPEST} levels inside one another");
            let problem = Problem::error(Location::Member(node.origin), what);
            report.push(problem.help("give the inner ones names under `components.schemas`"));
            return None;
        }
        match typed::<OpenAPI>(root) {
            Ok(openapi) => {
                let (elsewhere, repeated) = (DeepRefCache::of(root), Repeated::of(root));
                Some(Self { root, openapi, elsewhere, repeated })
            }
            Err(what) => {
                refused(root, &what, report);
                None
            }
        }
    }
}

impl Document<'_> {
    /// Words for the inline schema at `pointer`.
    pub fn words(&self, pointer: &str) -> Vec<String> {
        names::words(self.root, &self.repeated, pointer)
    }
}

/// The first schema that stands too deep inside others. The typed model needs some 35 KB of stack for
/// each level in a build without optimisation; a test's thread has 2 MB.
fn too_deep(node: &Node, level: usize) -> Option<&Node> {
    if level > DEEPEST {
        return Some(node);
    }
    let below = |node| too_deep(node, level + 1);
    match &node.kind {
        Kind::Object(map) => {
            map.iter().find_map(|(key, value)| match (key.as_str(), &value.kind) {
                ("example" | "examples" | "default" | "enum", _) => None,
                ("items" | "additionalProperties" | "not", _) => below(value),
                ("properties", Kind::Object(members)) => members.values().find_map(below),
                ("allOf" | "oneOf" | "anyOf", Kind::Array(schemas)) => {
                    schemas.iter().find_map(below)
                }
                _ => too_deep(value, level),
            })
        }
        Kind::Array(items) => items.iter().find_map(|item| too_deep(item, level)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    }
}

/// A part of the tree as a part of the model.
pub fn typed<T: DeserializeOwned>(node: &Node) -> Result<T, String> {
    serde_json::from_value(node.to_json()).map_err(|e| e.to_string())
}

/// Says which components and paths the model refuses; its own message has no usable location.
fn refused(root: &Node, what: &str, report: &mut Report) {
    let before = report.problems.len();
    let schemas = members(root, "/components/schemas");
    for (name, node) in schemas {
        if let Err(what) = typed::<ReferenceOr<Schema>>(node) {
            let pointer = format!("/components/schemas/{}", escape(name));
            report.push(unreadable(node, &what).label(format!("inside {pointer}")));
        }
    }
    for (path, node) in
        members(root, "/paths").into_iter().filter(|(path, _)| path.starts_with('/'))
    {
        if let Err(what) = typed::<ReferenceOr<PathItem>>(node) {
            report.push(unreadable(node, &what).label(format!("inside the path {path}")));
        }
    }
    if report.problems.len() == before {
        report.push(unreadable(root, what));
    }
}

fn members<'n>(root: &'n Node, pointer: &str) -> Vec<(&'n String, &'n Node)> {
    root.pointer(pointer)
        .and_then(Node::as_object)
        .map(|map| map.iter().collect())
        .unwrap_or_default()
}

fn unreadable(node: &Node, what: &str) -> Problem {
    Problem::error(Location::Member(node.origin), format!("this is not OpenAPI 3.0: {what}"))
}
