//! Detects the dialect of a parsed document.

use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node};

/// The supported formats of an API document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// OpenAPI 3.0: a document, or the part of one that a page shows.
    OpenApi30,
    /// OpenAPI 3.1, and 3.2 as far as it is the same.
    OpenApi31,
    /// Swagger 2.0, the version before OpenAPI 3.0.
    Swagger20,
    /// The endpoint dialect: one operation, with its schemas split into entries.
    Endpoint,
}

/// Returns the dialect of `root`, or reports a problem and returns `None`.
pub(super) fn detect(root: &Node, report: &mut Report) -> Option<Dialect> {
    let Some(map) = root.as_object() else {
        report.push(
            Problem::error(
                Location::Value(root.origin),
                format!("expected an OpenAPI document, found {}", root.kind_name()),
            )
            .help("an OpenAPI document is an object with the keys `openapi` and `paths`"),
        );
        return None;
    };
    if let Some(version) = map.get("openapi") {
        return openapi_version(version, report);
    }
    if let Some(version) = map.get("swagger") {
        return swagger_version(version, report);
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
                Problem::error(Location::Value(root.origin), "this is not an OpenAPI document")
                    .help("start it with `openapi: 3.0.x` or `openapi: 3.1.x`"),
            );
            None
        }
    }
}

fn is_endpoint(paths: &crate::source::Map) -> bool {
    let is_string = |key: &str| paths.get(key).is_some_and(|node| node.as_str().is_some());
    (is_string("path") || is_string("method")) && !paths.keys().any(|key| key.starts_with('/'))
}

/// Returns the text of a version, which may be written as a number.
fn version_text(version: &Node) -> String {
    match &version.kind {
        Kind::String(text) => text.trim().to_owned(),
        Kind::Number(_) => version.to_json().to_string(),
        Kind::Null | Kind::Bool(_) | Kind::Array(_) | Kind::Object(_) => String::new(),
    }
}

fn swagger_version(version: &Node, report: &mut Report) -> Option<Dialect> {
    let text = version_text(version);
    if text == "2" || text.starts_with("2.") {
        return Some(Dialect::Swagger20);
    }
    let message = format!("expected `swagger: '2.0'`, found `{text}`");
    report.push(
        Problem::error(Location::Entry(version.origin), message)
            .help("Swagger 2.0, OpenAPI 3.0 and OpenAPI 3.1 are supported"),
    );
    None
}

fn openapi_version(version: &Node, report: &mut Report) -> Option<Dialect> {
    let text = version_text(version);
    let mut parts = text.trim_start_matches(['v', 'V']).split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0") | None) => Some(Dialect::OpenApi30),
        (Some("3"), Some("1")) => Some(Dialect::OpenApi31),
        (Some("3"), Some(_)) => {
            report.push(Problem::warning(
                Location::Entry(version.origin),
                format!("OpenAPI {text} is read as OpenAPI 3.1"),
            ));
            Some(Dialect::OpenApi31)
        }
        (Some(_) | None, _) => {
            let message = format!("expected an OpenAPI version such as 3.0.3, found `{text}`");
            report.push(
                Problem::error(Location::Entry(version.origin), message)
                    .help("Swagger 2.0, OpenAPI 3.0 and OpenAPI 3.1 are supported"),
            );
            None
        }
    }
}
