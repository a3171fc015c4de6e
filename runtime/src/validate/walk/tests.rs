use serde_json::json;

use super::*;
use crate::{Json, Map, Patch, open_enum, record, union};

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
    Limit::of("id").filled().length(Some(2), Some(4)).pattern("^[a-é]+$").missing("no_id", "id, please").invalid("bad_id", ""),
    Limit::of("total").more_than(Number::Int(0)).most(Number::Float(99.5)).multiple_of(Number::Float(0.01)),
    Limit::of("lines").count(Some(1), Some(2)).unique().invalid("bad_lines", "lines are wrong"),
    Limit::of("tags").members(Some(1), Some(2)).items(&Limit::others().length(None, Some(3))).invalid("bad_tags", ""),
    Limit::of("kind").filled().missing("no_kind", "").invalid("bad_kind", ""),
]);

#[derive(Debug, Clone)]
struct Line {
    codes: Vec<i64>,
    rest: Map<String>,
}
record!(Line { required codes = "codes", rest rest }, limits [
    Limit::of("codes").items(&Limit::others().least(Number::Int(1)).less_than(Number::Int(10))),
    Limit::others().pattern("^x"),
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
record!(Person { required name = "name" }, limits [Limit::of("name").length(Some(1), None)]);

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

/// What is wrong with an order that is changed like this: path, rule, code.
fn wrong(change: impl FnOnce(&mut Order)) -> Vec<(String, Rule, Option<&'static str>)> {
    let mut order = order();
    change(&mut order);
    let found = order.validate().err().map(|it| it.violations().to_vec()).unwrap_or_default();
    found.into_iter().map(|it| (it.path, it.rule, it.code)).collect()
}

fn one(path: &str, rule: Rule, code: &'static str) -> Vec<(String, Rule, Option<&'static str>)> {
    vec![(path.to_owned(), rule, Some(code).filter(|code| !code.is_empty()))]
}

#[test]
fn what_is_right_is_right() {
    assert_eq!(wrong(|_| ()), []);
    assert_eq!(wrong(|it| it.note = Some(String::new())), []);
    assert_eq!(wrong(|it| it.tags = Patch::Null), []);
    assert_eq!(wrong(|it| it.free = Some(Kinds::Unknown(7))), []);
    assert_eq!(wrong(|it| it.payee = Some(Payee::Unknown(json!({"name": ""}).into()))), []);
    assert!(validate(&json!({ "id": "" })).is_ok());
    assert!(order().lines[0].validate().is_ok());
    assert!(Person { name: "Ann".to_owned() }.validate().is_ok());
}

#[test]
fn a_part_can_be_checked_alone() {
    assert!(order().lines[0].validate().is_ok());
    let nobody = Person { name: String::new() };
    assert_eq!(nobody.validate().unwrap_err().violations()[0].path, "name");
}

#[test]
fn texts() {
    let id = |text: &str| wrong(|it| it.id = text.to_owned());
    assert_eq!(id("éé"), []);
    assert_eq!(id(""), one("id", Rule::Required, "no_id"));
    assert_eq!(id("a"), one("id", Rule::MinLength(2), "bad_id"));
    assert_eq!(id("aaaé"), []);
    assert_eq!(id("aaaaé"), one("id", Rule::MaxLength(4), "bad_id"));
    assert_eq!(id("aA"), one("id", Rule::Pattern("^[a-é]+$"), "bad_id"));
}

#[test]
fn numbers() {
    let total = |number: f64| wrong(|it| it.total = number);
    assert_eq!(total(99.5), []);
    assert_eq!(total(0.01), []);
    assert_eq!(total(0.0), one("total", Rule::ExclusiveMinimum(Number::Int(0)), ""));
    assert_eq!(total(99.51), one("total", Rule::Maximum(Number::Float(99.5)), ""));
    assert_eq!(total(0.001), one("total", Rule::MultipleOf(Number::Float(0.01)), ""));
    let codes = |codes: &[i64]| wrong(|it| it.lines[0].codes = codes.to_vec());
    assert_eq!(codes(&[1, 0]), one("lines[0].codes[1]", Rule::Minimum(Number::Int(1)), ""));
    let ten = Rule::ExclusiveMaximum(Number::Int(10));
    assert_eq!(codes(&[10]), one("lines[0].codes[0]", ten, ""));
}

#[test]
fn lists_and_maps() {
    let line = |n: i64| Line { codes: vec![n], rest: Map::new() };
    let lines = |all: &[i64]| wrong(|it| it.lines = all.iter().copied().map(line).collect());
    assert_eq!(lines(&[1, 2]), []);
    assert_eq!(lines(&[]), one("lines", Rule::MinItems(1), "bad_lines"));
    assert_eq!(lines(&[1, 2, 3]), one("lines", Rule::MaxItems(2), "bad_lines"));
    assert_eq!(lines(&[1, 1]), one("lines", Rule::UniqueItems, "bad_lines"));

    let map = |pairs: &[(&str, &str)]| -> Map<String> {
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    };
    let tags = |pairs: &[(&str, &str)]| wrong(|it| it.tags = Patch::Value(map(pairs)));
    assert_eq!(tags(&[("a", "abc")]), []);
    assert_eq!(tags(&[]), one("tags", Rule::MinProperties(1), "bad_tags"));
    let three = [("a", ""), ("b", ""), ("c", "")];
    assert_eq!(tags(&three), one("tags", Rule::MaxProperties(2), "bad_tags"));
    assert_eq!(tags(&[("a", "abcd")]), one("tags.a", Rule::MaxLength(3), "bad_tags"));
    assert_eq!(tags(&[("jo@x.y", "abcd")]), one("tags.*", Rule::MaxLength(3), "bad_tags"));

    let rest = |pairs: &[(&str, &str)]| wrong(|it| it.lines[0].rest = map(pairs));
    assert_eq!(rest(&[("jo@x.y", "x")]), []);
    assert_eq!(rest(&[("more", "y")]), one("lines[0].more", Rule::Pattern("^x"), ""));
}

#[test]
fn choices_and_alternatives() {
    let kind = |text: &str| wrong(|it| it.kind = text.into());
    assert_eq!(kind("gift"), one("kind", Rule::Enum, "bad_kind"));
    assert_eq!(kind(""), one("kind", Rule::Required, "no_kind"));
    let nobody = Payee::Person(Box::new(Person { name: String::new() }));
    let found = wrong(|it| it.payee = Some(nobody));
    assert_eq!(found, one("payee.name", Rule::MinLength(1), ""));
}

#[test]
fn a_parameter_is_known_by_its_place_and_name() {
    const LIMITS: &[Limit] = &[
        Limit::parameter(RequestLocation::Query, "size")
            .most(Number::Int(5))
            .invalid("size", "too many"),
        Limit::parameter(RequestLocation::Header, "X-Key").length(None, Some(1)),
    ];
    let size = parameter(RequestLocation::Query, "size", &6_i64, LIMITS);
    assert_eq!(size[0].to_string(), "the query parameter `size` is more than 5 (size: too many)");
    assert_eq!(parameter(RequestLocation::Query, "size", &5_i64, LIMITS), []);
    assert_eq!(parameter(RequestLocation::Path, "size", &6_i64, LIMITS), []);
    assert_eq!(parameter(RequestLocation::Header, "x-key", &"ab", LIMITS).len(), 1);
    assert_eq!(
        parameter(RequestLocation::Query, "kind", &Kind::from("no"), LIMITS)[0].rule,
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
