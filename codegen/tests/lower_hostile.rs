//! Descriptions made to break the walk: they end in an API or in problems, quickly, on a small stack.

#![allow(clippy::disallowed_methods, reason = "a test takes the time")]

use std::time::{Duration, Instant};

use docwright::ir::Api;
use docwright::lower::lower;
use docwright::report::Origin;
use docwright::source::Node;
use docwright::{Manifest, Report};
use serde_json::{Value, json};

fn run(schemas: Value) -> (Option<Api>, Report) {
    let description = json!({
        "openapi": "3.0.3",
        "info": { "title": "Acme", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let run = move || {
        let start = Instant::now();
        let mut report = Report::default();
        let api = lower(
            &Manifest::default(),
            &Node::from_json(&description, Origin::default()),
            &mut report,
        );
        assert!(start.elapsed() < Duration::from_secs(10), "took {:?}", start.elapsed());
        assert_eq!(api.is_none(), report.has_errors());
        (api, report)
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap()
}

fn reference(key: impl std::fmt::Display) -> Value {
    json!({ "$ref": format!("#/components/schemas/{key}") })
}

fn chain(length: usize, link: impl Fn(usize) -> Value) -> Value {
    let mut schemas: serde_json::Map<String, Value> =
        (0..length).map(|i| (format!("A{i}"), link(i))).collect();
    schemas.insert(
        format!("A{length}"),
        json!({ "type": "object", "properties": { "end": { "type": "string" } } }),
    );
    schemas.into()
}

#[test]
fn lists_in_lists() {
    // The parse lets in trees of up to 128 levels.
    let deep = (0..115)
        .fold(json!({ "type": "string" }), |inner, _| json!({ "type": "array", "items": inner }));
    let (api, report) = run(json!({ "Deep": deep }));
    assert!(api.is_none());
    assert!(report.problems[0].what.contains("levels inside one another"));
}

#[test]
fn objects_in_objects() {
    let deep = (0..55).fold(
        json!({ "type": "string" }),
        |inner, _| json!({ "type": "object", "properties": { "a": inner } }),
    );
    let (api, _) = run(json!({ "Deep": deep }));
    assert_eq!(api.unwrap().types.len(), 55);
}

#[test]
fn one_part_twice_in_every_all_of() {
    let (api, _) = run(chain(
        50,
        |i| json!({ "allOf": [reference(format!("A{}", i + 1)), reference(format!("A{}", i + 1)), { "properties": { format!("p{i}"): {} } }] }),
    ));
    assert_eq!(api.unwrap().types.len(), 51);
}

#[test]
fn a_long_chain_of_all_of() {
    let (api, report) = run(chain(
        500,
        |i| json!({ "allOf": [reference(format!("A{}", i + 1)), { "properties": { format!("p{i}"): {} } }] }),
    ));
    assert!(api.is_none());
    assert!(report.problems.iter().any(|p| p.what.contains("`allOf`")));
}

#[test]
fn alternatives_of_alternatives() {
    let two = |i: usize| json!({ "oneOf": [reference(format!("A{}", i + 1)), reference(format!("A{}", (i + 2).min(40)))], "properties": { format!("p{i}"): {} } });
    assert!(run(chain(40, two)).0.is_some());
}

#[test]
fn a_long_chain_of_parts() {
    let part = |i: usize| json!({ "type": "object", "properties": { "a": reference(format!("A{}/properties/a", i + 1)) } });
    let mut schemas = chain(1_000, part);
    schemas["A1000"] = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let (api, report) = run(schemas);
    assert!(api.is_none());
    assert!(report.has_errors());
}

#[test]
fn a_long_chain_of_names() {
    let (_, report) = run(chain(1_000, |i| reference(format!("A{}", i + 1))));
    assert!(report.problems.len() < 2, "{:?}", report.problems.first());
}

#[test]
fn unions_that_hold_each_other() {
    let schemas = json!({
        "A": { "type": "object", "properties": { "k": { "type": "string" } }, "oneOf": [reference("B"), reference("C")] },
        "B": { "allOf": [reference("A")], "properties": { "b": {} } },
        "C": { "type": "object", "properties": { "c": {} }, "anyOf": [reference("A"), reference("C")] },
        "D": { "allOf": [reference("D"), reference("A")] },
    });
    run(schemas);
}

#[test]
fn names_of_all_kinds() {
    let (api, _) = run(
        json!({ "": { "type": "object", "properties": { "": { "enum": ["", "/"] }, "~/": { "type": "object", "properties": { "%": { "enum": ["a"] } } } } }, "../x": reference("") }),
    );
    assert_eq!(api.unwrap().types.len(), 5);
}
