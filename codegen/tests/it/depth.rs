//! Deeply nested schemas are read with a limited stack, or rejected.

use docwright::dialect::{self, KeywordLedger};
use docwright::page::Page;
use docwright::report::{Origin, Report};
use docwright::source::Node;
use serde_json::{Value, json};

/// Returns whether a schema with this number of nested levels is read.
fn is_read(levels: usize, level: fn(Value) -> Value) -> bool {
    let schema = (0..levels).fold(json!({"type": "string"}), |schema, _| level(schema));
    let value = json!({
        "openapi": "3.0.3", "info": {"title": "Acme", "version": "1"}, "paths": {},
        "components": {"schemas": {"Deep": schema}},
    });
    let node = Node::from_json(&value, Origin::default());
    let mut report = Report::default();
    let normalised =
        dialect::normalise(&Page::default(), node, &mut report, &mut KeywordLedger::default());
    assert_eq!(normalised.is_none(), report.has_errors());
    let Some(document) = normalised else { return false };
    // Backtracks at each level: without the limit, this would not end.
    serde_json::from_value::<openapiv3::OpenAPI>(document.root().to_json()).unwrap();
    true
}

#[test]
fn nested_properties_are_limited() {
    let level = |schema| json!({"type": "object", "properties": {"a": schema}});
    assert!(is_read(35, level));
    assert!(!is_read(60, level));
}

#[test]
fn nested_alternatives_are_limited() {
    let level = |schema| json!({"type": ["object", "array"], "properties": {"a": schema}});
    assert!(is_read(18, level));
    assert!(!is_read(60, level));
}

#[test]
fn nested_compositions_are_limited() {
    let level = |schema| json!({"oneOf": [schema, {"type": "integer"}]});
    assert!(is_read(35, level));
    assert!(!is_read(60, level));
}
