//! Documents → trees: what every construct of YAML and JSON comes to, and what is refused.

#![allow(clippy::disallowed_methods, reason = "a test may read the clock")]

use std::time::{Duration, Instant};

use docwright::Input;
use docwright::report::{Location, Problem, Report};
use docwright::source::{self, Node, Number, Sources, locate, render};
use serde_json::json;

fn sources(text: &str) -> Sources {
    let mut sources = Sources::default();
    let input = Input { file: "acme.yaml".into(), bytes: text.into() };
    sources.add(&input).expect("it is UTF-8");
    sources
}

fn read(text: &str) -> Node {
    match source::parse(&sources(text), 0) {
        Ok(node) => node,
        Err(problem) => panic!("{}", shown(text, problem)),
    }
}

fn refused(text: &str) -> String {
    match source::parse(&sources(text), 0) {
        Ok(node) => panic!("it reads as {}", node.to_json()),
        Err(problem) => shown(text, problem),
    }
}

fn shown(text: &str, problem: Problem) -> String {
    let report = Report { sources: sources(text), problems: vec![problem], ..Report::default() };
    render::render(&report, false)
}

/// The first line of the message, and the line and column it names.
fn short(text: &str) -> (String, String) {
    let shown = refused(text);
    let mut lines = shown.lines();
    let what = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let location = lines.next().unwrap_or_default().trim().trim_start_matches("--> ").to_owned();
    (what, location)
}

#[test]
fn yaml_and_json_read_alike() {
    let expected = json!({
        "text": "a\nb",
        "int": 7,
        "float": 1.5,
        "none": null,
        "yes": true,
        "list": [1, [], {}],
        "no": "no",
    });
    let yaml = "text: |-\n  a\n  b\nint: 7\nfloat: 1.5\nnone:\nyes: true\n\
                list:\n- 1\n- []\n- {}\nno: no\n";
    assert_eq!(read(yaml).to_json(), expected);
    let json = serde_json::to_string_pretty(&expected).expect("it is JSON");
    assert_eq!(read(&json).to_json(), expected);
    assert_eq!(read(&format!("\u{feff}{json}")).to_json(), expected);
    assert_eq!(read(&format!("\u{feff}{}", yaml.replace('\n', "\r\n"))).to_json(), expected);
}

#[test]
fn flow_yaml_that_is_not_json_reads_as_yaml() {
    assert_eq!(read("{a: 1, 'b': [x, y,],}").to_json(), json!({"a": 1, "b": ["x", "y"]}));
}

#[test]
fn values_are_numbered_in_reading_order() {
    for text in ["a: {b: 1, c: [2, 3]}\nd: 4\n", r#"{"a": {"b": 1, "c": [2, 3]}, "d": 4}"#] {
        let node = read(text);
        let number = |pointer| node.pointer(pointer).map(|n| n.origin.node);
        let numbers = ["", "/a", "/a/b", "/a/c", "/a/c/0", "/a/c/1", "/d"].map(number);
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6].map(Some));
    }
}

#[test]
fn wide_integers_stay_integers() {
    let node = read("a: -9223372036854776000\nb: 18446744073709551616\nc: 1e40\n");
    let number = |key| node.get(key).map(|n| n.kind.clone());
    assert_eq!(number("a"), Some(source::Kind::Number(Number::Int(-9_223_372_036_854_776_000))));
    assert_eq!(number("b"), Some(source::Kind::Number(Number::Int(1 << 64))));
    assert_eq!(number("c"), Some(source::Kind::Number(Number::Float(1e40))));
}

#[test]
fn floats_of_json_are_read_to_the_last_bit() {
    let read = read("{\"a\": 0.0012976864735927101}").to_json();
    assert_eq!(read.to_string(), "{\"a\":0.0012976864735927101}");
}

#[test]
fn keys_are_text_as_written() {
    let node = read("200: a\n'404': b\n1.10: c\ntrue: d\nnull: e\n~: f\n2023-12-25: g\n5XX: h\n");
    let keys = node.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
    let expected = ["200", "404", "1.10", "true", "null", "~", "2023-12-25", "5XX"];
    assert_eq!(keys, Some(expected.map(String::from).to_vec()));
}

#[test]
fn aliases_are_written_out_and_counted() {
    let node = read("a: &x\n  k: [1, 2]\nb: *x\nc: 3\n");
    assert_eq!(node.get("b").map(Node::to_json), Some(json!({"k": [1, 2]})));
    assert_eq!(node.pointer("/b/k/1").map(|n| n.origin.node), Some(8));
    assert_eq!(node.get("c").map(|n| n.origin.node), Some(9));
}

#[test]
fn merge_keys_apply() {
    let text = "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\n\
                one: {<<: *b, y: 9}\ntwo: {y: 9, <<: *b}\nlist: {<<: [*b, *m], w: 0}\n";
    let node = read(text).to_json();
    assert_eq!(node["one"], json!({"x": 1, "y": 9}));
    assert_eq!(node["two"], json!({"y": 9, "x": 1}));
    assert_eq!(node["list"], json!({"x": 1, "y": 2, "z": 4, "w": 0}));
    assert_eq!(node["one"].to_string(), r#"{"x":1,"y":9}"#, "a merged key keeps its location");
    // In JSON it is a key like any other.
    assert_eq!(read(r#"{"<<": 1}"#).to_json(), json!({"<<": 1}));
    assert_eq!(
        short("a:\n  <<: 1\n"),
        ("`<<` merges maps into this one, found a number".into(), "acme.yaml:2:3".into())
    );
}

#[test]
fn merged_members_stand_in_the_anchored_text() {
    let sources = sources("base: &b\n  x: 1\none:\n  <<: *b\n  y: 2\n");
    let node = source::parse(&sources, 0).expect("it reads");
    let line = |pointer| {
        let origin = node.pointer(pointer).expect("it is there").origin;
        locate::position(&sources, &Location::Member(origin)).map(|p| (p.line, p.column))
    };
    assert_eq!(line("/one/x"), Some((2, 3)));
    assert_eq!(line("/one/y"), Some((5, 3)));
}

#[test]
fn keys_that_stand_twice_are_refused() {
    let expected = ("`b` is a key twice in one map".to_owned(), "acme.yaml:4:3".to_owned());
    assert_eq!(short("a:\n  b: 1\n  c: 2\n  b: 3\n"), expected);
    assert_eq!(short("{\"a\":\n {\"b\": 1,\n  \"c\": 2,\n  \"b\": 3}}"), expected);
    let numbers = "responses:\n  200: a\n  '200': b\n";
    assert_eq!(short(numbers), ("`200` is a key twice in one map".into(), "acme.yaml:3:3".into()));
    assert!(refused(numbers).contains("first given on line 2"));
}

#[test]
fn what_a_description_does_not_need_is_refused() {
    let cases = [
        ("a: 1\n---\nb: 2\n", "one YAML document was expected", "acme.yaml:2:1"),
        ("a: 1\nb: !secret x\n", "the YAML tag `!secret` has no meaning here", "acme.yaml:2:1"),
        ("a: 1\nb: {[x]: y}\n", "a list or a map stands where a key", "acme.yaml:2:5"),
        ("%TAG !e! tag:acme,2024:\n---\na: 1\n", "`%TAG` lines are not read", "acme.yaml:1:1"),
        ("a: &x 1\nb: &x 2\nc: *x\n", "the anchor `&x` is defined a second", "acme.yaml:2:4"),
        ("a: *x\n", "not valid YAML: unknown anchor", "acme.yaml:1:4"),
        ("a: &x [*x]\n", "nested deeper than 128 levels", "acme.yaml:1:4"),
        ("a: b: c\n", "not valid YAML: mapping values are not allowed", "acme.yaml:1:5"),
        ("é: 'x\n", "not valid YAML: found unexpected end of stream", "acme.yaml:2:1"),
        ("a:\n\t- b\n", "not valid YAML: found character that cannot start", "acme.yaml:2:1"),
        ("{\"a\": 1,\n \"b\" 2}", "not valid JSON: expected `:`", "acme.yaml:2:6"),
        ("{\"a\": \"\\ud800\"}", "not valid JSON: ", "acme.yaml:1:14"),
        ("", "the document is empty", "acme.yaml"),
        ("# nothing\n", "the document is empty", "acme.yaml"),
        ("a: \u{1}\n", "not valid YAML: control characters are not allowed", "acme.yaml:1:4"),
    ];
    for (text, what, location) in cases {
        let (said, at) = short(text);
        assert!(said.starts_with(what), "{text:?}: {said}");
        assert_eq!(at, location, "{text:?}: {said}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    let deepest = format!("{}{}", "[".repeat(127), "]".repeat(127));
    assert_eq!(read(&deepest).kind_name(), "a list");
    let (open, close) = ("{\"a\":".repeat(200), "}".repeat(200));
    for text in [
        "[".repeat(10_000),
        "{a: ".repeat(100_000),
        format!("a: {}", "[".repeat(1_000_000)),
        "- ".repeat(100_000),
        format!("{open}1{close}"),
        format!("a: {}\n", format!("{}1{}\n", "[".repeat(200), "]".repeat(200)).repeat(3)),
        (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
    ] {
        let start = Instant::now();
        let (said, _) = short(&text);
        assert!(said.contains("nested deeper than 128 levels"), "{said}");
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
}

#[test]
fn brackets_in_text_are_not_nesting() {
    let text = format!("a: '{}'\nb: \"{}\"\n", "[ ".repeat(500), "{ ".repeat(500));
    assert_eq!(read(&text).as_object().map(|map| map.len()), Some(2));
}

#[test]
fn alias_bombs_are_refused() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), ["*a"; 50_000].join(", "));
    for text in [bomb, long] {
        let start = Instant::now();
        let (said, location) = short(&text);
        assert!(said.starts_with("the document grows beyond"), "{said}");
        assert!(location.starts_with("acme.yaml:"), "{location}");
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
}

#[test]
fn a_document_has_a_size_that_people_could_have_written() {
    for piece in ["- ", "a: 1\n", "[],"] {
        let start = Instant::now();
        let text = piece.repeat(4_000_000);
        assert!(short(&text).0.starts_with("the document has more than"), "{piece}");
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
}

#[test]
fn an_alias_means_the_anchor_of_its_name() {
    // The YAML reader resolves `*x` to `y` here; names given twice without an alias are harmless.
    assert_eq!(
        short("a: &x 1\nb: &x 2\nc: &y 3\nd: *x\n").0,
        "the anchor `&x` is defined a second time"
    );
    let harmless = read("a: &x 1\nb: &x 2\nc: &y 3\nd: *y\ne: 'R&D &amp; *bold* &amp;'\n");
    assert_eq!(harmless.get("d").and_then(Node::as_int), Some(3));
}

#[test]
fn long_lines_are_read_and_shown_in_part() {
    let text = format!("{{\"a\": [{} 1], \"b\": 2, \"b\": 3}}", "1, ".repeat(100_000));
    let shown = refused(&text);
    assert!(shown.contains("--> acme.yaml:1:300021\n"), "{shown}");
    assert!(shown.contains("at `\"b\": 3`"), "{shown}");
    assert!(shown.len() < 1000);
}

#[test]
fn a_file_must_be_utf_8_and_of_some_size() {
    let mut sources = Sources::default();
    let mut refused = |bytes: Vec<u8>| {
        let input = Input { file: "acme.yaml".into(), bytes };
        sources.add(&input).err().map(|problem| problem.what)
    };
    assert_eq!(
        refused(vec![b' '; source::MAX_BYTES + 1]).as_deref(),
        Some("the file is larger than 32 MiB")
    );
    assert_eq!(refused(b"\xff\xfea\0".to_vec()).as_deref(), Some("the file is UTF-16, not UTF-8"));
    assert_eq!(
        refused(b"a: 1\nb: \xe9\n".to_vec()).as_deref(),
        Some("the file is not UTF-8: line 2 holds bytes that are no character")
    );
    assert_eq!(refused(b"a: 1".to_vec()), None);
}
