use serde_json::{Value, json};

use crate::{Map, from_slice, open_enum, record};

#[derive(Debug, Clone, PartialEq)]
struct Small {
    id: i64,
}
record!(Small { required id = "id" });

#[derive(Debug, Clone, PartialEq)]
struct Large {
    id: i64,
    name: Option<String>,
    kind: Option<Kind>,
}
record!(Large { required id = "id", optional name = "name", optional kind = "kind" });

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    A,
    Unknown(String),
}
open_enum!(Kind { A = "a" });

#[derive(Debug, Clone, PartialEq)]
enum Any {
    Free(Map<Value>),
    Small(Small),
    Large(Large),
    Text(String),
    Kind(Kind),
    Number(f64),
    Integer(i64),
    List(Vec<Any>),
    Unknown(Value),
}
union!(Any {
    Free(Map<Value>),
    Small(Small),
    Large(Large),
    Text(String),
    Kind(Kind),
    Number(f64),
    Integer(i64),
    List(Vec<Any>),
});

fn round_trip(value: &Value) -> Any {
    let any: Any = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&any).unwrap(), *value);
    any
}

#[test]
fn the_best_match_wins_in_any_order_of_variants() {
    assert_eq!(round_trip(&json!({"id": 1})), Any::Small(Small { id: 1 }));
    assert!(matches!(round_trip(&json!({"id": 1, "name": "n"})), Any::Large(_)));
    assert!(matches!(round_trip(&json!({"id": 1, "kind": "a"})), Any::Large(_)));
    assert!(matches!(round_trip(&json!({"free": 1})), Any::Free(_)));
    assert_eq!(round_trip(&json!("a")), Any::Kind(Kind::A));
    assert_eq!(round_trip(&json!("b")), Any::Text("b".to_owned()));
    assert_eq!(round_trip(&json!(3)), Any::Integer(3));
    assert_eq!(round_trip(&json!(3.5)), Any::Number(3.5));
    assert_eq!(round_trip(&json!(true)), Any::Unknown(json!(true)));
    let list = round_trip(&json!([1, [null], "a"]));
    let inner = Any::List(vec![Any::Unknown(json!(null))]);
    assert_eq!(list, Any::List(vec![Any::Integer(1), inner, Any::Kind(Kind::A)]));
}

#[derive(Debug, Clone, PartialEq)]
struct Wide {
    id: i64,
    last: Option<i64>,
    other: Map<Value>,
}
record!(Wide { required id = "id", optional last = "m99", rest other });

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Narrow(Small),
    Wide(Wide),
    Wider(Box<Wide>),
    Unknown(Value),
}
union!(Either { Narrow(Small), Wide(Wide), Wider(Box<Wide>) });

#[test]
fn matching_a_variant_does_not_affect_the_next() {
    let mut value = json!({"id": 1});
    for n in 0..100 {
        value[format!("m{n}")] = json!(n);
    }
    let either: Either = serde_json::from_value(value.clone()).unwrap();
    let Either::Wide(wide) = &either else { panic!("{either:?}") };
    assert_eq!((wide.last, wide.other.len()), (Some(99), 99));
    assert_eq!(serde_json::to_value(&either).unwrap(), value);
}

#[derive(Debug, Clone, PartialEq)]
enum Tree {
    And(Box<And>),
    Or(Box<Or>),
    Leaf(i64),
    Unknown(Value),
}
union!(Tree { And(Box<And>), Or(Box<Or>), Leaf(i64) });

#[derive(Debug, Clone, PartialEq)]
struct And {
    left: Tree,
    and: Option<bool>,
}
record!(And { required left = "left", optional and = "and" });

#[derive(Debug, Clone, PartialEq)]
struct Or {
    left: Tree,
    or: Option<bool>,
}
record!(Or { required left = "left", optional or = "or" });

#[test]
fn nested_unions_terminate() {
    // Trying each variant at each level again would take 2^100 steps.
    let deep = |leaf: &str| {
        let text = "{\"or\":true,\"left\":".repeat(100) + leaf + &"}".repeat(100);
        let tree: Tree = from_slice(text.as_bytes()).unwrap();
        assert_eq!(
            serde_json::to_value(&tree).unwrap(),
            serde_json::from_str::<Value>(&text).unwrap()
        );
        tree
    };
    let mut tree = deep("7");
    while let Tree::Or(or) = tree {
        tree = or.left;
    }
    assert_eq!(tree, Tree::Leaf(7));
    assert!(matches!(deep("\"none\""), Tree::Or(_)));
}

#[derive(Debug, Clone, PartialEq)]
struct Dog {
    pet_type: String,
    bark: Option<String>,
}
record!(Dog { required pet_type = "petType", optional bark = "bark" });

#[derive(Debug, Clone, PartialEq)]
struct Fish {
    other: Map<Value>,
}
record!(Fish { rest other });

#[derive(Debug, Clone, PartialEq)]
enum Pet {
    Small(Box<Small>),
    Dog(Dog),
    Fish(Fish),
    Unknown(Value),
}
union!(Pet by "petType" { Small(Box<Small>) = "small", Dog(Dog) = "dog" | "puppy", Fish(Fish) = "fish" });

#[test]
fn a_tag_selects_the_variant_and_is_written_once() {
    for (value, small, dog) in [
        (json!({"petType": "small", "id": 1}), true, false),
        (json!({"petType": "dog"}), false, true),
        (json!({"petType": "puppy", "bark": "wuff"}), false, true),
        (json!({"petType": "fish", "fins": 2}), false, false),
        (json!({"petType": "cow", "milk": [1]}), false, false),
        (json!({"id": 1}), false, false),
        (json!("not even an object"), false, false),
    ] {
        let pet: Pet = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(matches!(pet, Pet::Small(_)), small);
        assert_eq!(matches!(pet, Pet::Dog(_)), dog);
        let text = serde_json::to_string(&pet).unwrap();
        assert_eq!(text.matches("petType").count(), value.to_string().matches("petType").count());
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Plain {
    id: i64,
    name: Option<String>,
}
record!(Plain { required id = "id", nullable name = "name" });

#[derive(Debug, Clone, PartialEq)]
enum Nested {
    Plain(Plain),
    Pet(Pet),
    Small(Small),
    Unknown(Value),
}
union!(Nested { Plain(Plain), Pet(Pet), Small(Small) });

#[test]
fn a_tag_without_a_field_is_not_counted_as_unmatched() {
    let nested: Nested = serde_json::from_value(json!({"petType": "small", "id": 1})).unwrap();
    assert_eq!(nested, Nested::Pet(Pet::Small(Box::new(Small { id: 1 }))));
}

#[test]
fn a_variant_with_all_fields_present_wins_over_one_with_absent_fields() {
    let nested: Nested = serde_json::from_value(json!({"id": 1})).unwrap();
    assert_eq!(nested, Nested::Small(Small { id: 1 }));
    let nested: Nested = serde_json::from_value(json!({"id": 1, "name": null})).unwrap();
    assert_eq!(nested, Nested::Plain(Plain { id: 1, name: None }));
}

#[test]
fn a_known_tag_with_an_invalid_body_is_an_error() {
    let error = from_slice::<Vec<Pet>>(br#"[{"petType":"small","id":"x"}]"#).unwrap_err();
    assert_eq!(error.to_string(), "`[0].id`: expected an integer, found a string");
}

#[test]
fn bounded_a_tag_that_appears_twice_selects_no_variant() {
    let json = r#"[{"petType":"dog","petType":"fish"}]"#;
    let error = from_slice::<Vec<Pet>>(json.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "`[0].petType`: the value appears twice");
    let error = from_slice::<Vec<Any>>(br#"[{"id":1,"id":1}]"#).unwrap_err();
    assert_eq!(error.to_string(), "`[0].id`: the value appears twice");
    let pet: Pet = from_slice(br#"{"petType":"dog","x":{"y":1,"y":2},"z":1e999}"#).unwrap();
    assert!(matches!(pet, Pet::Dog(_)));
}
