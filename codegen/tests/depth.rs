//! A schema as deep as the reader allows passes, in reasonable time and stack.

use docwright::dialect::{self, Account};
use docwright::page::Page;
use docwright::report::{Origin, Report};
use docwright::source::Node;
use serde_json::{Value, json};

fn read(level: fn(Value) -> Value) {
    let schema = (0..60).fold(json!({"type": "string"}), |schema, _| level(schema));
    let document = json!({
        "openapi": "3.0.3", "info": {"title": "Acme", "version": "1"}, "paths": {},
        "components": {"schemas": {"Deep": schema}},
    });
    let node = Node::from_json(&document, Origin::default());
    let mut report = Report::default();
    let read = dialect::normalise(&Page::default(), node, &mut report, &mut Account::default());
    assert_eq!(report.problems, []);
    let started = std::time::Instant::now();
    serde_json::from_value::<openapiv3::OpenAPI>(read.unwrap().to_json()).unwrap();
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
}

#[test]
fn deep_properties() {
    read(|schema| json!({"type": "object", "properties": {"a": schema}}));
}

#[test]
fn deep_alternatives() {
    read(|schema| json!({"type": ["object", "array", "null"], "properties": {"a": schema}}));
}
