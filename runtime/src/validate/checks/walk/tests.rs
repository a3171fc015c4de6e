use serde_json::json;

use super::*;
use crate::{Json, Map, Patch, open_enum, record, union, validate};

#[derive(Debug)]
struct Order {
    id: String,
    note: Option<String>,
    total: f64,
    lines: Vec<Line>,
    tags: Patch<Map<String>>,
    kind: Kind,
    free: Option<Kinds>,
    payee: Option<Payee>,
    details: Json,
}
record!(Order {
    required id = "id",
    optional note = "note",
    required total = "total",
    required lines = "lines",
    patch tags = "tags",
    required kind = "kind",
    optional free = "free",
    optional payee = "payee",
    required details = "details",
}, limits [
    Limit::field("id").non_empty().length(Some(2), Some(4)).pattern("^[a-é]+$").error_if_missing("no_id", "id, please").error_if_invalid("bad_id", ""),
    Limit::field("total").exclusive_minimum(Number::Int(0)).maximum(Number::Float(99.5)).multiple_of(Number::Float(0.01)),
    Limit::field("lines").item_count(Some(1), Some(2)).unique_items().error_if_invalid("bad_lines", "lines are wrong"),
    Limit::field("tags").property_count(Some(1), Some(2)).items(&Limit::unnamed().length(None, Some(3))).error_if_invalid("bad_tags", ""),
    Limit::field("kind").non_empty().error_if_missing("no_kind", "").error_if_invalid("bad_kind", ""),
]);

#[derive(Debug, Clone)]
struct Line {
    codes: Vec<i64>,
    rest: Map<String>,
}
record!(Line { required codes = "codes", rest rest }, limits [
    Limit::field("codes").items(&Limit::unnamed().minimum(Number::Int(1)).exclusive_maximum(Number::Int(10))),
    Limit::unnamed().pattern("^x"),
]);

#[derive(Debug)]
enum Kind {
    Sale,
    Unknown(String),
}
open_enum!(Kind { Sale = "sale" });

#[derive(Debug)]
enum Kinds {
    One,
    Unknown(i64),
}
open_enum!(Kinds: i64 { One = 1 }, any);

#[derive(Debug)]
enum Payee {
    Person(Box<Person>),
    Unknown(Json),
}
union!(Payee by "type" { Person(Box<Person>) = "person" });

#[derive(Debug)]
struct Person {
    name: String,
}
record!(Person { required name = "name" }, limits [Limit::field("name").length(Some(1), None)]);

fn order() -> Order {
    Order {
        id: "abc".to_owned(),
        note: None,
        total: 19.99,
        lines: vec![Line { codes: vec![1, 9], rest: Map::new() }],
        tags: Patch::Absent,
        kind: Kind::Sale,
        free: Some(Kinds::One),
        payee: Some(Payee::Person(Box::new(Person { name: "Ann".to_owned() }))),
        details: json!({ "anything": [""] }).into(),
    }
}

/// Returns the violations of a changed order: path, rule, code.
fn violations(change: impl FnOnce(&mut Order)) -> Vec<(String, Rule, Option<&'static str>)> {
    let mut order = order();
    change(&mut order);
    let found = order.validate().err().map(|it| it.violations().to_vec()).unwrap_or_default();
    found.into_iter().map(|it| (it.path, it.rule, it.code)).collect()
}

fn expected(
    path: &str,
    rule: Rule,
    code: &'static str,
) -> Vec<(String, Rule, Option<&'static str>)> {
    vec![(path.to_owned(), rule, Some(code).filter(|code| !code.is_empty()))]
}

#[test]
fn valid_values_are_accepted() {
    assert_eq!(violations(|_| ()), []);
    assert_eq!(violations(|it| it.note = Some(String::new())), []);
    assert_eq!(violations(|it| it.tags = Patch::Null), []);
    assert_eq!(violations(|it| it.free = Some(Kinds::Unknown(7))), []);
    assert_eq!(violations(|it| it.payee = Some(Payee::Unknown(json!({"name": ""}).into()))), []);
    assert!(validate(&json!({ "id": "" })).is_ok());
    assert!(order().lines[0].validate().is_ok());
    assert!(Person { name: "Ann".to_owned() }.validate().is_ok());
}

#[test]
fn a_nested_value_can_be_validated_by_itself() {
    assert!(order().lines[0].validate().is_ok());
    let nobody = Person { name: String::new() };
    assert_eq!(nobody.validate().unwrap_err().violations()[0].path, "name");
}

#[test]
fn strings_are_checked() {
    let id = |text: &str| violations(|it| it.id = text.to_owned());
    assert_eq!(id("éé"), []);
    assert_eq!(id(""), expected("id", Rule::Required, "no_id"));
    assert_eq!(id("a"), expected("id", Rule::MinLength(2), "bad_id"));
    assert_eq!(id("aaaé"), []);
    assert_eq!(id("aaaaé"), expected("id", Rule::MaxLength(4), "bad_id"));
    assert_eq!(id("aA"), expected("id", Rule::Pattern("^[a-é]+$"), "bad_id"));
}

#[test]
fn numbers_are_checked() {
    let total = |number: f64| violations(|it| it.total = number);
    assert_eq!(total(99.5), []);
    assert_eq!(total(0.01), []);
    assert_eq!(total(0.0), expected("total", Rule::ExclusiveMinimum(Number::Int(0)), ""));
    assert_eq!(total(99.51), expected("total", Rule::Maximum(Number::Float(99.5)), ""));
    assert_eq!(total(0.001), expected("total", Rule::MultipleOf(Number::Float(0.01)), ""));
    let codes = |codes: &[i64]| violations(|it| it.lines[0].codes = codes.to_vec());
    assert_eq!(codes(&[1, 0]), expected("lines[0].codes[1]", Rule::Minimum(Number::Int(1)), ""));
    let ten = Rule::ExclusiveMaximum(Number::Int(10));
    assert_eq!(codes(&[10]), expected("lines[0].codes[0]", ten, ""));
}

#[test]
fn arrays_and_maps_are_checked() {
    let line = |n: i64| Line { codes: vec![n], rest: Map::new() };
    let lines = |all: &[i64]| violations(|it| it.lines = all.iter().copied().map(line).collect());
    assert_eq!(lines(&[1, 2]), []);
    assert_eq!(lines(&[]), expected("lines", Rule::MinItems(1), "bad_lines"));
    assert_eq!(lines(&[1, 2, 3]), expected("lines", Rule::MaxItems(2), "bad_lines"));
    assert_eq!(lines(&[1, 1]), expected("lines", Rule::UniqueItems, "bad_lines"));

    let map = |pairs: &[(&str, &str)]| -> Map<String> {
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    };
    let tags = |pairs: &[(&str, &str)]| violations(|it| it.tags = Patch::Value(map(pairs)));
    assert_eq!(tags(&[("a", "abc")]), []);
    assert_eq!(tags(&[]), expected("tags", Rule::MinProperties(1), "bad_tags"));
    let three = [("a", ""), ("b", ""), ("c", "")];
    assert_eq!(tags(&three), expected("tags", Rule::MaxProperties(2), "bad_tags"));
    assert_eq!(tags(&[("a", "abcd")]), expected("tags.a", Rule::MaxLength(3), "bad_tags"));
    assert_eq!(tags(&[("jo@x.y", "abcd")]), expected("tags.*", Rule::MaxLength(3), "bad_tags"));

    let rest = |pairs: &[(&str, &str)]| violations(|it| it.lines[0].rest = map(pairs));
    assert_eq!(rest(&[("jo@x.y", "x")]), []);
    assert_eq!(rest(&[("more", "y")]), expected("lines[0].more", Rule::Pattern("^x"), ""));
}

#[test]
fn enums_and_unions_are_checked() {
    let kind = |text: &str| violations(|it| it.kind = text.into());
    assert_eq!(kind("gift"), expected("kind", Rule::Enum, "bad_kind"));
    assert_eq!(kind(""), expected("kind", Rule::Required, "no_kind"));
    let nobody = Payee::Person(Box::new(Person { name: String::new() }));
    let found = violations(|it| it.payee = Some(nobody));
    assert_eq!(found, expected("payee.name", Rule::MinLength(1), ""));
}

#[test]
fn a_parameter_is_identified_by_location_and_name() {
    const LIMITS: &[Limit] = &[
        Limit::parameter(RequestLocation::Query, "size")
            .maximum(Number::Int(5))
            .error_if_invalid("size", "too many"),
        Limit::parameter(RequestLocation::Header, "X-Key").length(None, Some(1)),
    ];
    let size = validate_parameter(RequestLocation::Query, "size", &6_i64, LIMITS);
    assert_eq!(
        size[0].to_string(),
        "the query parameter `size` is greater than 5 (size: too many)"
    );
    assert_eq!(validate_parameter(RequestLocation::Query, "size", &5_i64, LIMITS), []);
    assert_eq!(validate_parameter(RequestLocation::Path, "size", &6_i64, LIMITS), []);
    assert_eq!(validate_parameter(RequestLocation::Header, "x-key", &"ab", LIMITS).len(), 1);
    assert_eq!(
        validate_parameter(RequestLocation::Query, "kind", &Kind::from("no"), LIMITS)[0].rule,
        Rule::Enum
    );
}

#[test]
fn no_value_is_shown() {
    let mut order = order();
    order.id = "S3CRET".to_owned();
    order.tags = Patch::Value(Map::from([("4111 1111".to_owned(), "S3CRET".to_owned())]));
    let invalid = order.validate().unwrap_err();
    assert_eq!(
        invalid.to_string(),
        "the request was not sent: `id` is longer than 4 characters (bad_id); `tags.*` is longer \
         than 3 characters (bad_tags)"
    );
    let text = format!("{invalid:?}");
    assert!(!text.contains("S3CRET") && !text.contains("4111"), "{text}");
}
