//! Which dialect a parsed document is written in.

use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node};

/// The ways of writing a description that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// OpenAPI 3.0: a document, or the slice of one that a page shows.
    OpenApi30,
    /// OpenAPI 3.1, and 3.2 as far as it says the same.
    OpenApi31,
    /// The endpoint dialect: one operation with its schemas taken apart.
    Endpoint,
}

/// The dialect of `root`, or nothing after a problem was reported.
pub(super) fn detect(root: &Node, report: &mut Report) -> Option<Dialect> {
    let Some(map) = root.as_object() else {
        report.push(
            Problem::error(
                Location::Value(root.origin),
                format!("expected an API description, found {}", root.kind_name()),
            )
            .help("an API description is a map with `openapi` and `paths`"),
        );
        return None;
    };
    if let Some(version) = map.get("openapi") {
        return openapi(version, report);
    }
    if let Some(version) = map.get("swagger") {
        report.push(
            Problem::error(Location::Member(version.origin), "Swagger 2.0 is not understood")
                .help("convert the document to OpenAPI 3 first"),
        );
        return None;
    }
    match map.get("paths").and_then(Node::as_object) {
        Some(paths) if is_endpoint(paths) => Some(Dialect::Endpoint),
        Some(paths) if paths.is_empty() || paths.keys().any(|key| key.starts_with('/')) => {
            report.push(Problem::note(
                Location::Value(root.origin),
                "`openapi` is missing; the document is read as OpenAPI 3.0",
            ));
            Some(Dialect::OpenApi30)
        }
        Some(_) | None => {
            report.push(
                Problem::error(Location::Value(root.origin), "this is not an API description")
                    .help("expected `openapi: 3.0.x` or `openapi: 3.1.x` at the top"),
            );
            None
        }
    }
}

fn is_endpoint(paths: &crate::source::Map) -> bool {
    let text = |key: &str| paths.get(key).is_some_and(|node| node.as_str().is_some());
    (text("path") || text("method")) && !paths.keys().any(|key| key.starts_with('/'))
}

fn openapi(version: &Node, report: &mut Report) -> Option<Dialect> {
    let text = match &version.kind {
        Kind::String(text) => text.trim().to_owned(),
        Kind::Number(_) => version.to_json().to_string(),
        Kind::Null | Kind::Bool(_) | Kind::Array(_) | Kind::Object(_) => String::new(),
    };
    let mut parts = text.trim_start_matches(['v', 'V']).split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0") | None) => Some(Dialect::OpenApi30),
        (Some("3"), Some("1")) => Some(Dialect::OpenApi31),
        (Some("3"), Some(_)) => {
            report.push(Problem::warning(
                Location::Member(version.origin),
                format!("OpenAPI {text} is read as OpenAPI 3.1"),
            ));
            Some(Dialect::OpenApi31)
        }
        (Some(_) | None, _) => {
            let what = format!("expected an OpenAPI version such as 3.0.3, found `{text}`");
            report.push(
                Problem::error(Location::Member(version.origin), what)
                    .help("OpenAPI 3.0 and 3.1 are understood"),
            );
            None
        }
    }
}
