use serde_json::json;

use super::*;
use crate::{Decimal, to_json};

fn parse(text: &str) -> Json {
    text.parse().unwrap()
}

#[test]
fn decimal_numbers_in_untyped_json_are_written_unchanged() {
    for text in [
        "12345678901234567.89",
        "0.1",
        "1e-7",
        "1E5",
        "1.10",
        "-0",
        "1e999",
        "9007199254740993",
        "99999999999999999999",
        "1234567890123456789012345678901234567890",
        r#"{"a":[1.50,{"b":-1e+2}],"c":18446744073709551616}"#,
    ] {
        let value = parse(text);
        assert_eq!(value.to_string(), text);
        assert_eq!(String::from_utf8(to_json(&value).unwrap()).unwrap(), text);
        let through_serde: Json = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&through_serde).unwrap(), text);
        assert_eq!(parse(&value.to_string()), value);
    }
}

#[test]
fn decimal_numbers_in_untyped_json_are_compared_by_value() {
    assert_eq!(parse("1.0"), parse("1.00"));
    assert_eq!(parse("1"), parse("10e-1"));
    assert_ne!(parse("9007199254740993"), parse("9007199254740992"));
    assert_ne!(parse("0.1"), parse("0.10000000000000000001"));
    assert_eq!(parse("1e99999999999999999999"), parse("1e99999999999999999999"));
    assert_ne!(parse("1e99999999999999999999"), parse("1e99999999999999999998"));
}

#[test]
fn decimal_numbers_in_untyped_json_are_converted() {
    let amount = parse("12345678901234567.890");
    assert_eq!(amount.as_decimal().unwrap().as_str(), "12345678901234567.890");
    assert_eq!(amount, "12345678901234567.89".parse::<Decimal>().unwrap());
    assert_eq!((amount.as_i64(), amount.as_f64()), (None, Some(12345678901234568.0)));
    assert_eq!(parse("18446744073709551615").as_u64(), Some(u64::MAX));
    assert_eq!(parse("3.0").as_i64(), Some(3));
    assert_eq!(parse("1e2000").as_decimal(), None);
    assert_eq!(Json::from("1.50".parse::<Decimal>().unwrap()).to_string(), "1.50");
}

#[test]
fn values_are_converted_from_serde_json() {
    let value = json!({"a": [1, 2.5, u64::MAX, null, true, "x"], "b": {}});
    assert_eq!(Json::from(value.clone()), value);
    assert_eq!(serde_json::to_value(Json::from(value.clone())).unwrap(), value);
    assert_eq!(Json::from("x"), Json::String("x".to_owned()));
    assert_eq!(Json::from(7), 7);
}

#[test]
fn parts_are_accessed_as_in_serde_json() {
    let mut value = parse(r#"{"a/b":[{"c":1},"x"],"t":true,"~":null}"#);
    assert_eq!(value["a/b"][0]["c"], 1);
    assert_eq!(value["a/b"][1], "x");
    assert_eq!(value["t"], true);
    assert!(value["none"][3]["x"].is_null());
    for (pointer, expected) in [
        ("", Some(&value)),
        ("/a~1b/0/c", Some(&value["a/b"][0]["c"])),
        ("/~0", Some(&Json::Null)),
        ("/a~1b/00", None),
        ("/a~1b/-", None),
        ("/a~1b/2", None),
        ("t", None),
    ] {
        assert_eq!(value.pointer(pointer), expected, "{pointer}");
    }
    value.as_object_mut().unwrap().insert("t".to_owned(), Json::from(2));
    assert_eq!(value["t"].as_i64(), Some(2));
}

#[test]
fn debug_output_shows_no_values() {
    let value = parse(r#"{"secret":"s3cret","list":[1234567.5,true,null]}"#);
    let printed = format!("{value:?}");
    assert_eq!(printed, r#"{"list": [number, boolean, null], "secret": string}"#);
    let Json::Object(fields) = &value else { panic!() };
    assert!(!format!("{fields:?}").contains("1234567"));
}

#[test]
fn error_debug_of_json_shows_no_key_that_may_be_data() {
    let json: Json =
        r#"{"rates":{"USD":1},"jane@example.com":{"4111111111111111":"x"}}"#.parse().unwrap();
    assert_eq!(format!("{json:?}"), r#"{"*": {"*": string}, "rates": {"USD": number}}"#);
}
