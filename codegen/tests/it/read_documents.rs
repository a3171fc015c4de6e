//! Parsing documents to trees: the constructs of YAML and JSON, and inputs that are rejected.

use docwright::Input;
use docwright::report::{Location, Problem};
use docwright::source::{self, Diagnostics, Node, Number, Sources, locate};
use serde_json::json;

fn sources(text: &str) -> Sources {
    let mut sources = Sources::default();
    let input = Input { file: "acme.yaml".into(), bytes: text.into() };
    sources.add(&input).expect("valid UTF-8");
    sources
}

fn read(text: &str) -> Node {
    match source::parse(&sources(text), 0) {
        Ok(node) => node,
        Err(problem) => panic!("{}", render_problem(text, problem)),
    }
}

fn render_error(text: &str) -> String {
    match source::parse(&sources(text), 0) {
        Ok(node) => panic!("parsed as {}", node.to_json()),
        Err(problem) => render_problem(text, problem),
    }
}

fn render_problem(text: &str, problem: Problem) -> String {
    Diagnostics { sources: sources(text), report: problem.into() }.render(false)
}

/// Returns the message of the error and its location.
fn error_and_location(text: &str) -> (String, String) {
    let rendered = render_error(text);
    let mut lines = rendered.lines();
    let message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let location = lines.next().unwrap_or_default().trim().trim_start_matches("--> ").to_owned();
    (message, location)
}

#[test]
fn yaml_and_json_give_the_same_tree() {
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
    let json = serde_json::to_string_pretty(&expected).expect("valid JSON");
    assert_eq!(read(&json).to_json(), expected);
    assert_eq!(read(&format!("\u{feff}{json}")).to_json(), expected);
    assert_eq!(read(&format!("\u{feff}{}", yaml.replace('\n', "\r\n"))).to_json(), expected);
}

#[test]
fn flow_yaml_that_is_not_json_is_parsed_as_yaml() {
    assert_eq!(read("{a: 1, 'b': [x, y,],}").to_json(), json!({"a": 1, "b": ["x", "y"]}));
}

#[test]
fn values_are_numbered_in_document_order() {
    for text in ["a: {b: 1, c: [2, 3]}\nd: 4\n", r#"{"a": {"b": 1, "c": [2, 3]}, "d": 4}"#] {
        let node = read(text);
        let number = |pointer| node.pointer(pointer).map(|n| n.origin.node);
        let numbers = ["", "/a", "/a/b", "/a/c", "/a/c/0", "/a/c/1", "/d"].map(number);
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6].map(Some));
    }
}

#[test]
fn large_integers_are_not_converted_to_floats() {
    let node = read("a: -9223372036854776000\nb: 18446744073709551616\nc: 1e40\n");
    let number = |key| node.get(key).map(|n| n.kind.clone());
    assert_eq!(number("a"), Some(source::Kind::Number(Number::Int(-9_223_372_036_854_776_000))));
    assert_eq!(number("b"), Some(source::Kind::Number(Number::Int(1 << 64))));
    assert_eq!(number("c"), Some(source::Kind::Number(Number::Float(1e40))));
}

#[test]
fn floats_of_json_are_exact() {
    let read = read("{\"a\": 0.0012976864735927101}").to_json();
    assert_eq!(read.to_string(), "{\"a\":0.0012976864735927101}");
}

#[test]
fn keys_are_strings_as_written() {
    let node = read("200: a\n'404': b\n1.10: c\ntrue: d\nnull: e\n~: f\n2023-12-25: g\n5XX: h\n");
    let keys = node.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
    let expected = ["200", "404", "1.10", "true", "null", "~", "2023-12-25", "5XX"];
    assert_eq!(keys, Some(expected.map(String::from).to_vec()));
}

#[test]
fn aliases_are_expanded_and_numbered() {
    let node = read("a: &x\n  k: [1, 2]\nb: *x\nc: 3\n");
    assert_eq!(node.get("b").map(Node::to_json), Some(json!({"k": [1, 2]})));
    assert_eq!(node.pointer("/b/k/1").map(|n| n.origin.node), Some(8));
    assert_eq!(node.get("c").map(|n| n.origin.node), Some(9));
}

#[test]
fn merge_keys_are_applied() {
    let text = "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\n\
                one: {<<: *b, y: 9}\ntwo: {y: 9, <<: *b}\nlist: {<<: [*b, *m], w: 0}\n";
    let node = read(text).to_json();
    assert_eq!(node["one"], json!({"x": 1, "y": 9}));
    assert_eq!(node["two"], json!({"y": 9, "x": 1}));
    assert_eq!(node["list"], json!({"x": 1, "y": 2, "z": 4, "w": 0}));
    assert_eq!(
        node["one"].to_string(),
        r#"{"x":1,"y":9}"#,
        "a merged key is at the position of `<<`"
    );
    // In JSON, `<<` is an ordinary key.
    assert_eq!(read(r#"{"<<": 1}"#).to_json(), json!({"<<": 1}));
    assert_eq!(
        error_and_location("a:\n  <<: 1\n"),
        (
            "the merge key `<<` must refer to an object, found a number".into(),
            "acme.yaml:2:3".into()
        )
    );
}

#[test]
fn merged_keys_have_the_location_of_the_anchored_object() {
    let sources = sources("base: &b\n  x: 1\none:\n  <<: *b\n  y: 2\n");
    let node = source::parse(&sources, 0).expect("a valid document");
    let line = |pointer| {
        let origin = node.pointer(pointer).expect("an existing pointer").origin;
        locate::position(&sources, &Location::Entry(origin)).map(|p| (p.line, p.column))
    };
    assert_eq!(line("/one/x"), Some((2, 3)));
    assert_eq!(line("/one/y"), Some((5, 3)));
}

#[test]
fn duplicate_keys_are_rejected() {
    let expected = ("duplicate key `b`".to_owned(), "acme.yaml:4:3".to_owned());
    assert_eq!(error_and_location("a:\n  b: 1\n  c: 2\n  b: 3\n"), expected);
    assert_eq!(error_and_location("{\"a\":\n {\"b\": 1,\n  \"c\": 2,\n  \"b\": 3}}"), expected);
    let numbers = "responses:\n  200: a\n  '200': b\n";
    assert_eq!(error_and_location(numbers), ("duplicate key `200`".into(), "acme.yaml:3:3".into()));
    assert!(render_error(numbers).contains("first defined on line 2"));
}

#[test]
fn unsupported_and_invalid_syntax_is_rejected() {
    let cases = [
        ("a: 1\n---\nb: 2\n", "expected one YAML document", "acme.yaml:2:1"),
        ("a: 1\nb: !secret x\n", "the YAML tag `!secret` is not supported", "acme.yaml:2:1"),
        ("a: 1\nb: {[x]: y}\n", "expected a key, found an array or an object", "acme.yaml:2:5"),
        (
            "%TAG !e! tag:acme,2024:\n---\na: 1\n",
            "`%TAG` directives are not supported",
            "acme.yaml:1:1",
        ),
        ("a: &x 1\nb: &x 2\nc: *x\n", "duplicate anchor `&x`", "acme.yaml:2:4"),
        ("a: *x\n", "invalid YAML: unknown anchor", "acme.yaml:1:4"),
        ("a: &x [*x]\n", "the document is nested deeper than 128 levels", "acme.yaml:1:4"),
        ("a: b: c\n", "invalid YAML: mapping values are not allowed", "acme.yaml:1:5"),
        ("é: 'x\n", "invalid YAML: found unexpected end of stream", "acme.yaml:2:1"),
        ("a:\n\t- b\n", "invalid YAML: found character that cannot start", "acme.yaml:2:1"),
        ("{\"a\": 1,\n \"b\" 2}", "invalid JSON: expected `:`", "acme.yaml:2:6"),
        ("{\"a\": \"\\ud800\"}", "invalid JSON: ", "acme.yaml:1:14"),
        ("", "the document is empty", "acme.yaml"),
        ("# nothing\n", "the document is empty", "acme.yaml"),
        ("a: \u{1}\n", "invalid YAML: control characters are not allowed", "acme.yaml:1:4"),
    ];
    for (text, expected, location) in cases {
        let (message, actual) = error_and_location(text);
        assert!(message.starts_with(expected), "{text:?}: {message}");
        assert_eq!(actual, location, "{text:?}: {message}");
    }
}

#[test]
fn deep_nesting_is_rejected() {
    let deepest = format!("{}{}", "[".repeat(127), "]".repeat(127));
    assert_eq!(read(&deepest).kind_name(), "an array");
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
        let (message, _) = error_and_location(&text);
        assert!(message.contains("nested deeper than 128 levels"), "{message}");
    }
}

#[test]
fn brackets_in_strings_are_not_nesting() {
    let text = format!("a: '{}'\nb: \"{}\"\n", "[ ".repeat(500), "{ ".repeat(500));
    assert_eq!(read(&text).as_object().map(|map| map.len()), Some(2));
}

#[test]
fn alias_bombs_are_rejected() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), ["*a"; 50_000].join(", "));
    for text in [bomb, long] {
        let (message, location) = error_and_location(&text);
        assert!(message.starts_with("the document exceeds"), "{message}");
        assert!(location.starts_with("acme.yaml:"), "{location}");
    }
}

#[test]
fn documents_with_too_many_values_are_rejected() {
    for piece in ["- ", "a: 1\n", "[],"] {
        let text = piece.repeat(4_000_000);
        assert!(error_and_location(&text).0.starts_with("the document has more than"), "{piece}");
    }
}

#[test]
fn ambiguous_anchors_are_rejected() {
    // The YAML parser would resolve `*x` to `y` here. Duplicate anchors without an alias are
    // harmless.
    assert_eq!(error_and_location("a: &x 1\nb: &x 2\nc: &y 3\nd: *x\n").0, "duplicate anchor `&x`");
    let harmless = read("a: &x 1\nb: &x 2\nc: &y 3\nd: *y\ne: 'R&D &amp; *bold* &amp;'\n");
    assert_eq!(harmless.get("d").and_then(Node::as_int), Some(3));
}

#[test]
fn long_lines_are_shown_in_part() {
    let text = format!("{{\"a\": [{} 1], \"b\": 2, \"b\": 3}}", "1, ".repeat(100_000));
    let rendered = render_error(&text);
    assert!(rendered.contains("--> acme.yaml:1:300021\n"), "{rendered}");
    assert!(rendered.contains("at `\"b\": 3`"), "{rendered}");
    assert!(rendered.len() < 1000);
}

#[test]
fn files_that_are_too_large_or_not_utf_8_are_rejected() {
    let mut sources = Sources::default();
    let mut error = |bytes: Vec<u8>| {
        let input = Input { file: "acme.yaml".into(), bytes };
        sources.add(&input).err().map(|problem| problem.message)
    };
    assert_eq!(
        error(vec![b' '; source::MAX_BYTES + 1]).as_deref(),
        Some("the file is larger than 32 MiB")
    );
    assert_eq!(error(b"\xff\xfea\0".to_vec()).as_deref(), Some("the file is UTF-16, not UTF-8"));
    assert_eq!(
        error(b"a: 1\nb: \xe9\n".to_vec()).as_deref(),
        Some("the file is not valid UTF-8: line 2 contains an invalid byte sequence")
    );
    assert_eq!(error(b"a: 1".to_vec()), None);
}
