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

#[test]
fn bounded_ignored_fields_cannot_fail_a_response() {
    #[derive(Debug, PartialEq)]
    struct Payment {
        id: String,
    }
    record!(Payment { required id = "id" });
    for ignored in [
        r#""meta":{"a":1,"a":2}"#,
        r#""meta":1,"meta":2"#,
        r#""meta":1e999"#,
        r#""meta":[-1e999,{"x":{"y":1,"y":[]}}]"#,
        r#""meta":99999999999999999999999999999999999999999999"#,
    ] {
        for json in [format!(r#"{{"id":"1",{ignored}}}"#), format!(r#"{{{ignored},"id":"1"}}"#)] {
            assert_eq!(from_slice(json.as_bytes()), Ok(Payment { id: "1".to_owned() }), "{json}");
            let payment: Payment = serde_json::from_str(&json).unwrap();
            assert_eq!(payment.id, "1");
        }
    }
}

#[test]
fn bounded_duplicates_of_fields_that_are_read_are_errors() {
    let error_of = |text: &str| from_slice::<Order>(text.as_bytes()).unwrap_err().to_string();
    let order = |fields: &str| format!(r#"{{"order.id":"x","total":1,{fields}"lines":[]}}"#);
    for (json, message) in [
        (order(r#""total":2,"#), "`total`: the value appears twice"),
        (order(r#""note":"a","note":"a","#), "`note`: the value appears twice"),
        (order(r#""note":"a","note":null,"#), "`note`: the value appears twice"),
        (order(r#""due":1,"due":1,"#), "`due`: the value appears twice"),
        (order(r#""patch":null,"patch":true,"#), "`patch`: the value appears twice"),
        (order(r#""\u0074otal":2,"#), "`total`: the value appears twice"),
    ] {
        assert_eq!(error_of(&json), message, "{json}");
    }
    let line = |text: &str| from_slice::<Line>(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(line(r#"{"type":"t","x":1,"x":1}"#), "`x`: the value appears twice");
    assert_eq!(
        line(r#"{"type":"t","x":{"y":[{"z":1,"z":1}]}}"#),
        "`x.y[0].z`: the value appears twice"
    );
}

#[test]
fn bounded_duplicates_are_found_in_wide_objects() {
    for count in [63, 64, 65, 66, 1000] {
        let ignored: Vec<_> = (0..count).map(|n| format!("\"k{n}\":{n}")).collect();
        let ignored = ignored.join(",");
        let order = format!(r#"{{"order.id":"x","total":1,"lines":[],{ignored},"k7":1}}"#);
        assert!(from_slice::<Order>(order.as_bytes()).is_ok(), "{count}");
        let order = format!(r#"{{"order.id":"x","total":1,"lines":[],{ignored},"total":1}}"#);
        let error = from_slice::<Order>(order.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "`total`: the value appears twice", "{count}");
        for read in [
            |json: &[u8]| from_slice::<Counts>(json).map(drop),
            |json: &[u8]| from_slice::<Map<Value>>(json).map(drop),
            |json: &[u8]| from_slice::<Value>(json).map(drop),
            |json: &[u8]| from_slice::<crate::Json>(json).map(drop),
        ] {
            assert_eq!(read(format!("{{{ignored}}}").as_bytes()), Ok(()));
            let error = read(format!("{{{ignored},\"k7\":1}}").as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), "`k7`: the value appears twice", "{count}");
        }
    }
}

#[test]
fn wide_objects_are_read_in_any_order() {
    let mut names: Vec<usize> = (0..200).collect();
    for _ in 0..3 {
        let fields = names.iter().map(|n| format!("\"k{n}\":{n}"));
        let fields: Vec<_> = fields
            .chain([r#""lines":[]"#.to_owned(), r#""total":1"#.to_owned()])
            .chain([r#""order.id":"x""#.to_owned(), r#""due":3"#.to_owned()])
            .collect();
        let order: Order = from_slice(format!("{{{}}}", fields.join(",")).as_bytes()).unwrap();
        assert_eq!((order.total, order.due, order.note), (1.0, Some(3), None));
        names.reverse();
        names.rotate_left(77);
    }
}
