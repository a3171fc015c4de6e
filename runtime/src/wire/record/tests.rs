use serde_json::{Value, json};

use super::*;
use crate::{from_slice, to_json};

#[derive(Debug, Clone, PartialEq)]
struct Order {
    id: String,
    total: f64,
    note: Option<String>,
    due: Option<i64>,
    patch: Patch<bool>,
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq)]
struct Line {
    r#type: String,
    parent: Option<Box<Order>>,
    other: Map<Value>,
}

record!(Order {
    required id = "order.id",
    required total = "total",
    optional note = "note",
    nullable due = "due",
    patch patch = "patch",
    required lines = "lines",
});
#[derive(Debug)]
struct Counts {
    other: Map<i64>,
}
record!(Counts { rest other });
record!(Line { required r#type = "type", optional parent = "parent", rest other });

fn round_trip(value: Value) -> Value {
    let order: Order = serde_json::from_value(value).unwrap();
    serde_json::to_value(&order).unwrap()
}

#[test]
fn fields_are_read_in_any_order_and_written_in_struct_order() {
    let text = br#"{"lines":[],"zzz":{"a":[1]},"patch":true,"total":3,"due":null,"order.id":"x"}"#;
    let order: Order = from_slice(text).unwrap();
    assert_eq!(order.note, None);
    assert_eq!(order.patch, Patch::Value(true));
    let written = String::from_utf8(to_json(&order).unwrap()).unwrap();
    assert_eq!(written, r#"{"order.id":"x","total":3,"due":null,"patch":true,"lines":[]}"#);
}

#[test]
fn absent_null_and_value_are_preserved() {
    let with = |patch: Value| {
        let mut value = json!({"order.id": "x", "total": 1.5, "due": 1, "lines": []});
        if let (Some(map), Value::Bool(_) | Value::Null) = (value.as_object_mut(), &patch) {
            map.insert("patch".to_owned(), patch);
        }
        value
    };
    for patch in [json!(true), json!(null), json!("absent")] {
        assert_eq!(round_trip(with(patch.clone())), with(patch));
    }
}

#[test]
fn additional_fields_are_preserved_if_the_type_has_a_map_for_them() {
    let inner = json!({"order.id": "in", "total": 2, "due": null, "lines": []});
    let line = json!({"zeta": 1, "type": "t", "alpha": {"x": [null]}, "parent": inner});
    let order = json!({"order.id": "out", "total": 2, "due": null, "lines": [line]});
    assert_eq!(round_trip(order.clone()), order);
}

#[test]
fn an_object_may_have_more_than_64_fields() {
    let many: Map<Value> = (0..200).map(|n| (format!("k{n:03}"), json!(n))).collect();
    let mut value = json!(many);
    value["type"] = json!("t");
    let line: Line = serde_json::from_value(value).unwrap();
    assert_eq!(line.other, many);
}

#[test]
fn the_first_of_several_errors_is_reported() {
    let error_of = |text: &str| from_slice::<Order>(text.as_bytes()).unwrap_err().to_string();
    let text = r#"{"order.id":"x","total":1,"note":1,"due":"y","lines":[{}]}"#;
    assert_eq!(error_of(text), "`note`: expected a string, found an integer");
    let text = r#"{"order.id":"x","total":1,"patch":0,"lines":[]}"#;
    assert_eq!(error_of(text), "`patch`: expected a boolean, found an integer");
    let line: Result<Line, _> = from_slice(br#"{"type":"t","parent":1,"x":2,"y":3}"#);
    assert_eq!(line.unwrap_err().to_string(), "`parent`: expected an object, found an integer");
    let counts: Result<Counts, _> = from_slice(br#"{"a":1,"b":"x","c":"y","d":2}"#);
    assert_eq!(counts.unwrap_err().to_string(), "`b`: expected an integer, found a string");
}

#[test]
fn errors_contain_the_path() {
    let error_of = |text: &str| from_slice::<Order>(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(error_of("[]"), "expected an object, found an array");
    assert_eq!(error_of("{}"), "`[\"order.id\"]`: the value is missing");
    assert_eq!(
        error_of(r#"{"order.id":"x","total":1,"lines":[{"type":"t"},{"parent":{}}]}"#),
        "`lines[1].type`: the value is missing"
    );
    let value = json!({"order.id": "x", "total": "secret", "lines": []});
    let error = serde_json::from_value::<Order>(value).unwrap_err();
    assert_eq!(error.to_string(), "`total`: expected a number, found a string");
}
