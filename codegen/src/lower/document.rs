//! The OpenAPI document in both forms: raw tree and typed model.

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};
use serde::de::DeserializeOwned;

use super::names::{self, RepeatedTitles};
use super::reference::DeepRefCache;
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node, escape};

/// How many levels deep schemas may be nested, references to parts of schemas included.
pub const MAX_NESTING: usize = 60;

/// An OpenAPI document.
#[derive(Debug)]
pub struct Document<'a> {
    /// The raw tree, which also has locations, wide numbers and keywords that the typed model lacks.
    pub root: &'a Node,
    /// The typed model.
    pub openapi: OpenAPI,
    /// The targets of references other than whole components.
    pub deep_refs: DeepRefCache,
    /// Titles that are not used as names of operations.
    repeated_titles: RepeatedTitles,
}

impl<'a> Document<'a> {
    /// Reads the typed model from the raw tree.
    pub fn read(root: &'a Node, report: &mut Report) -> Option<Self> {
        if let Some(node) = find_too_deep(root, 0) {
            let message = format!("schemas are nested more than {MAX_NESTING} levels deep");
            let problem = Problem::error(Location::Entry(node.origin), message);
            report
                .push(problem.help("move inner schemas to `components.schemas` and refer to them"));
            return None;
        }
        match deserialize_node::<OpenAPI>(root) {
            Ok(openapi) => {
                let deep_refs = DeepRefCache::new(root);
                let repeated_titles = RepeatedTitles::new(root);
                Some(Self { root, openapi, deep_refs, repeated_titles })
            }
            Err(reason) => {
                report_invalid_parts(root, &reason, report);
                None
            }
        }
    }
}

impl Document<'_> {
    /// Returns the words that name the inline schema at `pointer`.
    pub fn inline_name(&self, pointer: &str) -> Vec<String> {
        names::inline_name(self.root, &self.repeated_titles, pointer)
    }
}

/// Returns the first schema that is nested too deep. The typed model needs some 35 KB of stack for
/// each level in a build without optimisation, and a test's thread has 2 MB.
fn find_too_deep(node: &Node, level: usize) -> Option<&Node> {
    if level > MAX_NESTING {
        return Some(node);
    }
    let below = |node| find_too_deep(node, level + 1);
    match &node.kind {
        Kind::Object(map) => {
            map.iter().find_map(|(key, value)| match (key.as_str(), &value.kind) {
                ("example" | "examples" | "default" | "enum", _) => None,
                ("items" | "additionalProperties" | "not", _) => below(value),
                ("properties", Kind::Object(properties)) => properties.values().find_map(below),
                ("allOf" | "oneOf" | "anyOf", Kind::Array(schemas)) => {
                    schemas.iter().find_map(below)
                }
                _ => find_too_deep(value, level),
            })
        }
        Kind::Array(items) => items.iter().find_map(|item| find_too_deep(item, level)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    }
}

/// Deserializes a part of the tree into a part of the typed model.
pub fn deserialize_node<T: DeserializeOwned>(node: &Node) -> Result<T, String> {
    serde_json::from_value(node.to_json()).map_err(|e| e.to_string())
}

/// Reports the components and paths that the typed model rejects, since its own message has no
/// usable location.
fn report_invalid_parts(root: &Node, reason: &str, report: &mut Report) {
    let problems_before = report.problems.len();
    let schemas = entries(root, "/components/schemas");
    for (name, node) in schemas {
        if let Err(reason) = deserialize_node::<ReferenceOr<Schema>>(node) {
            let pointer = format!("/components/schemas/{}", escape(name));
            report.push(invalid_openapi(node, &reason).label(format!("inside {pointer}")));
        }
    }
    for (path, node) in
        entries(root, "/paths").into_iter().filter(|(path, _)| path.starts_with('/'))
    {
        if let Err(reason) = deserialize_node::<ReferenceOr<PathItem>>(node) {
            report.push(invalid_openapi(node, &reason).label(format!("inside the path {path}")));
        }
    }
    if report.problems.len() == problems_before {
        report.push(invalid_openapi(root, reason));
    }
}

fn entries<'n>(root: &'n Node, pointer: &str) -> Vec<(&'n String, &'n Node)> {
    root.pointer(pointer)
        .and_then(Node::as_object)
        .map(|map| map.iter().collect())
        .unwrap_or_default()
}

fn invalid_openapi(node: &Node, reason: &str) -> Problem {
    Problem::error(Location::Entry(node.origin), format!("this is not valid OpenAPI 3.0: {reason}"))
}
