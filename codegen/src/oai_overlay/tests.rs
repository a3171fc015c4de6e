use super::apply;
use super::budget::Budget;
use super::edit::update;
use super::query::Query;
use crate::manifest::Source;
use crate::page::Page;
use crate::report::{Origin, Report};
use crate::source::{Input, Node, Sources};
use serde_json::{Value, json};

fn parse(file: &str, text: &str) -> Node {
    let input = Input { file: file.to_owned(), bytes: text.as_bytes().to_vec() };
    Sources::default().parse(&input).unwrap_or_else(|problem| panic!("{problem:?}"))
}

fn page(file: &str) -> Page {
    Page { file: file.to_owned(), ..Page::default() }
}

/// Applies an overlay to one document. Returns the document and the messages.
fn apply_to(document: &Value, overlay: &Value) -> (Value, Vec<String>) {
    let mut report = Report::default();
    let node = |value| Node::from_json(value, Origin::default());
    let mut documents = [(page("acme/pets.yaml"), node(document))];
    apply("acme/fixes.overlay.yaml", &node(overlay), &mut documents, &[], &mut report);
    let messages = report.problems.into_iter().map(|problem| problem.message);
    (documents[0].1.to_json(), messages.collect())
}

#[test]
fn each_case_has_its_result_or_its_problems() {
    let cases = parse("cases.yaml", include_str!("cases.yaml")).to_json();
    for case in cases.as_array().unwrap() {
        let name = &case["name"];
        let (result, problems) = apply_to(&case["document"], &case["overlay"]);
        match case.get("problems") {
            Some(expected) => assert_eq!(json!(problems), *expected, "{name}"),
            None => {
                assert_eq!(problems, [""; 0], "{name}");
                // As text, because the order of keys matters.
                assert_eq!(result.to_string(), case["result"].to_string(), "{name}");
            }
        }
    }
}

#[test]
fn an_overlay_is_applied_to_the_documents_that_it_extends() {
    let url = "https://acme.test/openapi/pets.yaml";
    let source = Source {
        file: "pets-2026.yaml".to_owned(),
        url: Some("https://acme.test/v2".to_owned()),
        ..Source::default()
    };
    let files = ["acme/pets.yaml", "acme/owners.yaml", "acme/pets-2026.yaml"];
    let extended = |extends: &Value, own_url: Option<&str>| {
        let mut overlay =
            json!({"overlay": "1.2.0", "actions": [{"target": "$", "update": {"x": 1}}]});
        if !extends.is_null() {
            overlay["extends"] = extends.clone();
        }
        if let Some(url) = own_url {
            overlay["$self"] = url.into();
        }
        let overlay = Node::from_json(&overlay, Origin::default());
        let empty = Node::from_json(&json!({}), Origin::default());
        let mut documents = files.map(|file| (page(file), empty.clone()));
        let mut report = Report::default();
        let sources = std::slice::from_ref(&source);
        apply("acme/overlays/a.overlay.yaml", &overlay, &mut documents, sources, &mut report);
        let changed = documents.iter().filter(|(_, node)| node.get("x").is_some());
        changed.map(|(page, _)| page.file.clone()).collect::<Vec<_>>()
    };
    assert_eq!(extended(&Value::Null, None), files);
    assert_eq!(extended(&json!("../pets.yaml"), None), ["acme/pets.yaml"]);
    assert_eq!(extended(&json!(url), None), ["acme/pets.yaml"]);
    assert_eq!(extended(&json!("../api/owners.yaml"), Some(url)), ["acme/owners.yaml"]);
    assert_eq!(extended(&json!("https://acme.test/v2"), None), ["acme/pets-2026.yaml"]);
    assert_eq!(extended(&json!("pets.yaml"), None), [""; 0]);
    assert_eq!(extended(&json!("https://acme.test/other.yaml"), None), [""; 0]);
}

/// Returns an object with `depth` levels, each with `width` objects.
fn tree(depth: usize, width: usize) -> Value {
    let entries =
        (0..width).filter(|_| depth > 0).map(|i| (format!("k{i}"), tree(depth - 1, width)));
    Value::Object(entries.collect())
}

#[test]
fn hostile_queries_are_rejected_with_a_reason() {
    let nested = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(100_000), close.repeat(100_000))
    };
    let invalid = [
        nested("$[?(", "@", ")]"),
        nested("$[?@", "[?@", "]"),
        format!("$[?{}", "length(".repeat(2_000)),
        format!("$[?{}@{}", "length(".repeat(9), ")".repeat(8)),
        format!("${}", "[".repeat(4_000)),
        format!("$[?{}@]", "!".repeat(4_000)),
        format!("${}", "[*,*]".repeat(700)),
        format!("${}", "..*".repeat(1_000)),
        "$..[?$..[?$..[?$..k0]]]".to_owned(),
        "$..[?$ == $.k0 || $.k0 == $.k1]".to_owned(),
        "$..[?count($..*) == 1 || count($..[?count($..*) == 1]) == 1]".to_owned(),
        "$..[?match('a', '(b{100}){100}') || match('a', 'c')]".to_owned(),
    ];
    let document = Node::from_json(&tree(12, 2), Origin::default());
    for query in invalid {
        let mut budget = Budget::new(200_000, 0);
        let selected =
            Query::parse(&query).and_then(|it| it.select(&document, &mut budget).map(drop));
        let short: String = query.chars().take(60).collect();
        assert!(selected.is_err_and(|message| message.len() < 5_000), "{short}");
    }
}

#[test]
fn a_document_that_multiplies_itself_is_rejected() {
    let copy = json!({"target": "$.a", "copy": "$"});
    let overlay = json!({"overlay": "1.1.0", "actions": vec![copy; 200]});
    let (_, problems) = apply_to(&json!({"a": {}}), &overlay);
    assert!(problems[0].contains("would be nested deeper"), "{problems:?}");
    let mut node = Node::from_json(&json!([1]), Origin::default());
    let mut budget = Budget::new(0, 1_000);
    let mut double = || {
        let copy = node.clone();
        update(&mut node, &[Vec::new()], &copy, &mut budget)
    };
    let doubled = (0..60).find_map(|_| double().err());
    assert!(doubled.is_some_and(|message| message.contains("adds too many values")));
    assert!(node.as_array().is_some_and(|items| items.len() < 1_000));
}

#[test]
fn a_query_selects_what_rfc_9535_specifies() {
    let document = json!({
        "o": {"j": 1, "k": 2, "j'": {"@": 3}},
        "a": [5, 3, [{"j": 4}, {"k": 6}]],
        "n": null, "s": "é😀", "big": 9_007_199_254_740_993_i64,
    });
    let node = Node::from_json(&document, Origin::default());
    let cases = [
        ("$.o['j\\'']['@']", json!([3])),
        ("$.o[\"j'\"]", json!([{"@": 3}])),
        ("$..j", json!([1, 4])),
        ("$.a[-1][0,1]", json!([{"j": 4}, {"k": 6}])),
        ("$.a[-4]", json!([])),
        ("$.a[5:0:-2]", json!([[{"j": 4}, {"k": 6}]])),
        ("$.a[::0]", json!([])),
        ("$.o[?@ > 1]", json!([2])),
        ("$.o[?@ < 'x']", json!([])),
        ("$[?@ == null]", json!([null])),
        (
            "$[?@.absent == $.missing]",
            json!([document["o"], document["a"], null, "é😀", document["big"]]),
        ),
        ("$[?length(@) == 2]", json!(["é😀"])),
        ("$[?@ == 9007199254740991]", json!([])),
        ("$.a[?@[?@.j]]", json!([[{"j": 4}, {"k": 6}]])),
        ("$[?match(@, 'é.')]", json!(["é😀"])),
        ("$[?match(@, '[')]", json!([])),
        ("$.o[?@ == 1.0]", json!([1])),
    ];
    for (query, expected) in cases {
        let found = Query::parse(query).and_then(|it| {
            let found = it.select(&node, &mut Budget::default())?;
            Ok(found.iter().map(|found| found.node.to_json()).collect::<Value>())
        });
        assert_eq!(found, Ok(expected), "{query}");
    }
}
