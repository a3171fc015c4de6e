//! Hostile documents are lowered or rejected on a small stack. A document that takes exponential time
//! would not let these tests end.

use crate::lowering::read;
use docwright::ir::{Api, Shape, Type, TypeId};
use docwright::lower::lower;
use docwright::{Manifest, Report};
use serde_json::{Value, json};

/// Lowers a document with these schemas on a thread with a small stack.
fn lower_schemas(schemas: Value) -> (Option<Api>, Report) {
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Acme", "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let lower_document = move || {
        let mut report = Report::default();
        let tree = read::normalise("acme.json", &document.to_string(), &mut report);
        let api = tree.and_then(|tree| lower(&Manifest::default(), &tree, &mut report));
        assert_eq!(api.is_none(), report.has_errors());
        (api, report)
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(lower_document).unwrap().join().unwrap()
}

fn reference(key: impl std::fmt::Display) -> Value {
    json!({ "$ref": format!("#/components/schemas/{key}") })
}

/// Returns schemas of which each is a `link` to the next, and the last is an object.
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
fn too_deeply_nested_arrays_are_rejected() {
    // The parser accepts trees of up to 128 levels.
    let deep = (0..115)
        .fold(json!({ "type": "string" }), |inner, _| json!({ "type": "array", "items": inner }));
    let (api, report) = lower_schemas(json!({ "Deep": deep }));
    assert!(api.is_none());
    assert!(report.problems[0].message.contains("nested deeper than"));
}

#[test]
fn nested_objects_are_lowered() {
    let deep = (0..35).fold(
        json!({ "type": "string" }),
        |inner, _| json!({ "type": "object", "properties": { "a": inner } }),
    );
    let (api, _) = lower_schemas(json!({ "Deep": deep }));
    assert_eq!(api.unwrap().types.len(), 35);
}

#[test]
fn nested_arrays_are_lowered() {
    let deep = (0..75)
        .fold(json!({ "type": "string" }), |inner, _| json!({ "type": "array", "items": inner }));
    let holder = json!({ "type": "object", "properties": { "deep": reference("Deep") } });
    assert!(lower_schemas(json!({ "Deep": deep, "Holder": holder })).0.is_some());
}

#[test]
fn arrays_in_each_other_by_reference_are_limited() {
    let link = |i: usize| json!({ "type": "array", "items": reference(format!("A{}", i + 1)) });
    let (api, report) = lower_schemas(chain(300, link));
    assert_eq!(api.unwrap().components["A290"], nested_list(10));
    assert!(report.problems.iter().all(|it| it.message.contains("nested more than 32 levels")));
    assert!(!report.problems.is_empty());
}

fn nested_list(levels: usize) -> Type {
    wrap_in_lists(levels, Type::Named(TypeId(0)))
}

fn wrap_in_lists(levels: usize, innermost: Type) -> Type {
    (0..levels).fold(innermost, |inner, _| Type::List(Box::new(inner)))
}

#[test]
fn nested_arrays_are_limited_in_a_property_of_two_parts_of_all_of() {
    let deep = (0..60)
        .fold(json!({ "type": "string" }), |inner, _| json!({ "type": "array", "items": inner }));
    let part = json!({ "type": "object", "properties": { "deep": deep } });
    let (api, report) = lower_schemas(json!({ "A": { "allOf": [part, part] } }));
    let Shape::Struct(shape) = &api.unwrap().types[0].shape else { panic!("not a struct") };
    assert_eq!(shape.fields[0].ty, wrap_in_lists(32, Type::Any));
    assert!(report.problems.iter().any(|it| it.message.contains("nested more than 32 levels")));
}

#[test]
fn repeated_parts_of_all_of_do_not_grow_exponentially() {
    let (api, _) = lower_schemas(chain(
        50,
        |i| json!({ "allOf": [reference(format!("A{}", i + 1)), reference(format!("A{}", i + 1)), { "properties": { format!("p{i}"): {} } }] }),
    ));
    assert_eq!(api.unwrap().types.len(), 51);
}

#[test]
fn a_long_chain_of_all_of_is_rejected() {
    let (api, report) = lower_schemas(chain(
        500,
        |i| json!({ "allOf": [reference(format!("A{}", i + 1)), { "properties": { format!("p{i}"): {} } }] }),
    ));
    assert!(api.is_none());
    assert!(report.problems.iter().any(|p| p.message.contains("`allOf`")));
}

#[test]
fn nested_alternatives_are_lowered() {
    let alternatives = |i: usize| json!({ "oneOf": [reference(format!("A{}", i + 1)), reference(format!("A{}", (i + 2).min(40)))], "properties": { format!("p{i}"): {} } });
    assert!(lower_schemas(chain(40, alternatives)).0.is_some());
}

#[test]
fn a_long_chain_of_deep_references_is_rejected() {
    let link = |i: usize| json!({ "type": "object", "properties": { "a": reference(format!("A{}/properties/a", i + 1)) } });
    let mut schemas = chain(1_000, link);
    schemas["A1000"] = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let (api, report) = lower_schemas(schemas);
    assert!(api.is_none());
    assert!(report.has_errors());
}

#[test]
fn a_long_chain_of_aliases_has_at_most_one_problem() {
    let (_, report) = lower_schemas(chain(1_000, |i| reference(format!("A{}", i + 1))));
    assert!(report.problems.len() < 2, "{:?}", report.problems.first());
}

#[test]
fn circular_unions_terminate() {
    let schemas = json!({
        "A": { "type": "object", "properties": { "k": { "type": "string" } }, "oneOf": [reference("B"), reference("C")] },
        "B": { "allOf": [reference("A")], "properties": { "b": {} } },
        "C": { "type": "object", "properties": { "c": {} }, "anyOf": [reference("A"), reference("C")] },
        "D": { "allOf": [reference("D"), reference("A")] },
    });
    lower_schemas(schemas);
}

#[test]
fn unusual_names_are_lowered() {
    let (api, _) = lower_schemas(
        json!({ "": { "type": "object", "properties": { "": { "enum": ["", "/"] }, "~/": { "type": "object", "properties": { "%": { "enum": ["a"] } } } } }, "../x": reference("") }),
    );
    assert_eq!(api.unwrap().types.len(), 4);
}
