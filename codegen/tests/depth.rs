//! A deep schema is read in reasonable time and stack, or refused.

#![allow(clippy::disallowed_methods, reason = "a test may read the clock")]

use docwright::dialect::{self, KeywordLedger};
use docwright::page::Page;
use docwright::report::{Origin, Report};
use docwright::source::Node;
use serde_json::{Value, json};

/// Whether a schema of so many levels is read.
fn read(levels: usize, level: fn(Value) -> Value) -> bool {
    let schema = (0..levels).fold(json!({"type": "string"}), |schema, _| level(schema));
    let document = json!({
        "openapi": "3.0.3", "info": {"title": "Acme", "version": "1"}, "paths": {},
        "components": {"schemas": {"Deep": schema}},
    });
    let node = Node::from_json(&document, Origin::default());
    let mut report = Report::default();
    let read =
        dialect::normalise(&Page::default(), node, &mut report, &mut KeywordLedger::default());
    assert_eq!(read.is_none(), report.has_errors());
    let Some(read) = read else { return false };
    let started = std::time::Instant::now();
    serde_json::from_value::<openapiv3::OpenAPI>(read.to_json()).unwrap();
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
    true
}

#[test]
fn deep_properties() {
    let level = |schema| json!({"type": "object", "properties": {"a": schema}});
    assert!(read(35, level));
    assert!(!read(60, level));
}

#[test]
fn deep_alternatives() {
    let level = |schema| json!({"type": ["object", "array"], "properties": {"a": schema}});
    assert!(read(18, level));
    assert!(!read(60, level));
}

#[test]
fn deep_compositions() {
    let level = |schema| json!({"oneOf": [schema, {"type": "integer"}]});
    assert!(read(35, level));
    assert!(!read(60, level));
}
