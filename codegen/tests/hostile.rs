//! Descriptions that mean harm, through the whole pipeline: each is refused with a problem, or
//! becomes harmless files, quickly.

#![allow(clippy::disallowed_methods, reason = "a test may read the clock")]

use std::time::{Duration, Instant};

use docwright::source::render::render;
use docwright::{CrateOptions, Files, Input, Report, RuntimeDependency, Vendor, generate_crate};

/// More than any of these should take, on a machine that is busy with other things.
const LONG: Duration = Duration::from_secs(10);

fn generate(file: &str, bytes: impl Into<Vec<u8>>) -> Result<Files, Report> {
    let input = Input { file: file.to_owned(), bytes: bytes.into() };
    let vendor = Vendor { name: "acme".to_owned(), inputs: vec![input], ..Vendor::default() };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: true };
    let start = Instant::now();
    let made = generate_crate(&vendor, &options).map(|output| output.files);
    let elapsed = start.elapsed();
    assert!(elapsed < LONG, "{file} takes {elapsed:?}");
    made
}

/// What is said of a description that is refused.
fn refused(file: &str, bytes: impl Into<Vec<u8>>) -> String {
    match generate(file, bytes) {
        Ok(_) => panic!("{file} is not refused"),
        Err(report) => {
            assert!(report.has_errors(), "{file} is refused without an error");
            render(&report, false)
        }
    }
}

/// The files of a description that is taken: every path stays inside, every source is Rust.
fn taken(file: &str, bytes: impl Into<Vec<u8>>) -> Files {
    let files = generate(file, bytes)
        .unwrap_or_else(|report| panic!("{file}:\n{}", render(&report, false)));
    for (path, text) in &files.0 {
        let plain = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        assert!(plain && !path.starts_with('/') && !path.contains('\\'), "{file} writes {path:?}");
        if path.ends_with(".rs") {
            assert!(syn::parse_file(text).is_ok(), "{file}: {path} is no Rust:\n{text}");
        }
    }
    files
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\n";

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..40 {
        let below = level - 1;
        let list = vec![format!("*a{below}"); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    refused("bomb.yaml", format!("{HEAD}{text}paths: {{}}\n"));
    refused("self.yaml", format!("{HEAD}x: &x [*x]\npaths: {{}}\n"));
    refused("inside.yaml", format!("{HEAD}x: &x {{ y: *x }}\npaths: {{}}\n"));
}

#[test]
fn ten_thousand_levels_are_refused() {
    for (name, text) in [
        ("flow.yaml", format!("{HEAD}x: {}\n", "[".repeat(10_000))),
        ("flow.json", format!("{}{}", "[".repeat(10_000), "]".repeat(10_000))),
        ("maps.json", format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000))),
        ("block.yaml", (0..10_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>()),
        ("lists.yaml", format!("x:\n  {}y\n", "- ".repeat(10_000))),
    ] {
        refused(name, text);
    }
}

#[test]
fn references_in_a_circle_end() {
    let path = "paths: {/a: {get: {responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n";
    // What says nothing allows anything.
    taken(
        "schemas.yaml",
        format!(
            "{HEAD}{path}components: {{schemas: {{A: {{$ref: '#/components/schemas/B'}}, B: {{$ref: '#/components/schemas/A'}}}}}}\n"
        ),
    );
    // Through an object a type may well hold itself.
    taken(
        "object.yaml",
        format!(
            "{HEAD}{path}components: {{schemas: {{A: {{type: object, properties: {{a: {{$ref: '#/components/schemas/A'}}}}}}}}}}\n"
        ),
    );
    for (kind, text) in [
        (
            "parameters",
            "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/A'}], responses: {}}}}",
        ),
        (
            "responses",
            "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/A'}}}}}",
        ),
        (
            "requestBodies",
            "paths: {/a: {post: {requestBody: {$ref: '#/components/requestBodies/A'}, responses: {}}}}",
        ),
    ] {
        let circle = format!(
            "components: {{{kind}: {{A: {{$ref: '#/components/{kind}/B'}}, B: {{$ref: '#/components/{kind}/A'}}}}}}"
        );
        // Refused, or taken without the part that is a circle: it ends either way.
        let _ = generate(kind, format!("{HEAD}{text}\n{circle}\n"));
    }
}

#[test]
fn sample_values_end() {
    let schemas = |schema: &dyn Fn(usize) -> String| -> String {
        (0..400).map(|n| format!("    A{n}: {}\n", schema(n))).collect()
    };
    let next = |n: usize| format!("{{$ref: '#/components/schemas/A{}'}}", (n + 1) % 400);
    let onward = |n: usize| match n {
        390.. => "{type: integer}".to_owned(),
        n => format!("{{oneOf: [{}, {}], example: text}}", next(n), next(n + 6)),
    };
    let merged = |n: usize| match n {
        390.. => format!("{{type: object, properties: {{a{n}: {{type: string}}}}}}"),
        n => format!("{{allOf: [{}, {}]}}", next(n), next(n + 6)),
    };
    let wide = |n: usize| match n {
        60.. => "{type: object}".to_owned(),
        n => format!("{{allOf: [{}]}}", (n..n + 7).map(next).collect::<Vec<_>>().join(", ")),
    };
    let bodies: [(&str, &dyn Fn(usize) -> String); 8] = [
        ("onward", &onward),
        ("merged", &merged),
        ("wide", &wide),
        ("alternatives", &|n| format!("{{oneOf: [{}, {}]}}", next(n), next(n + 7))),
        ("required", &|n| {
            format!(
                "{{type: object, required: [a, b], properties: {{a: {}, b: {}}}}}",
                next(n),
                next(n + 7)
            )
        }),
        ("lists", &|n| {
            format!("{{type: array, minItems: 1000000, uniqueItems: true, items: {}}}", next(n))
        }),
        ("maps", &|n| {
            format!(
                "{{type: object, minProperties: 1000000000, additionalProperties: {}}}",
                next(n)
            )
        }),
        ("words", &|_| {
            "{type: string, minLength: 1000000000, pattern: '^(a{1000}){1000}$'}".to_owned()
        }),
    ];
    for (name, schema) in bodies {
        let path = "paths: {/a: {post: {requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A0'}}}}, responses: {'204': {description: OK}}}}}\n";
        let text = format!("{HEAD}{path}components:\n  schemas:\n{}", schemas(schema));
        // Refused, or taken with or without a sample: it ends either way.
        let _ = generate(name, text);
    }
}

#[test]
fn keys_that_collide_are_refused() {
    let said = refused("twice.yaml", format!("{HEAD}paths: {{}}\npaths: {{}}\n"));
    assert!(said.contains("twice.yaml:4:1"), "{said}");
    let responses =
        "paths: {/a: {get: {responses: {200: {description: a}, '200': {description: b}}}}}";
    let said = refused("number.yaml", format!("{HEAD}{responses}\n"));
    assert!(said.contains("200"), "{said}");
}

#[test]
fn files_beyond_the_limit_and_bytes_that_are_no_text_are_refused() {
    let said = refused("large.yaml", vec![b'a'; 100 << 20]);
    assert!(said.contains("larger than"), "{said}");
    let said = refused("bytes.yaml", b"openapi: \xff\xfe\n".to_vec());
    assert!(said.contains("UTF-8"), "{said}");
}

/// A union of as many objects without names.
fn union_of(alternatives: usize) -> Duration {
    let path = "paths: {/a: {get: {responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n";
    let list: String = (0..alternatives)
        .map(|n| format!("        - {{type: object, properties: {{a{n}: {{type: string}}}}}}\n"))
        .collect();
    let text = format!("{HEAD}{path}components:\n  schemas:\n    A:\n      oneOf:\n{list}");
    let start = Instant::now();
    assert!(generate("union.yaml", text).is_ok());
    start.elapsed()
}

#[test]
fn alternatives_without_names_take_no_longer_than_their_number() {
    let ratios = (0..3).map(|_| union_of(1_600).as_secs_f64() / union_of(400).as_secs_f64());
    let best = ratios.fold(f64::INFINITY, f64::min);
    // Each of them looking at all others would be sixteen times the work.
    assert!(best < 8.0, "four times as many alternatives take {best:.1} times as long");
}

#[test]
fn names_stay_names() {
    let long = "x".repeat(100_000);
    let names = [
        "../../x",
        "type",
        "Self",
        "self",
        "crate",
        "",
        "!!!",
        "-",
        "mod",
        "lib",
        "a\"b",
        "a\nb",
        "*/",
        "\"#",
        "r#\"",
        "//",
        "日本",
        "0",
        "`",
        "{}",
        "{{",
        "\\",
        "\u{202e}abc",
        "con",
        long.as_str(),
    ];
    for name in names {
        let json = serde_json::json!({
            "openapi": "3.0.3", "info": {"title": name, "version": name}, "servers": [{"url": "https://acme.example", "description": name}],
            "tags": [{"name": name}],
            "paths": {"/a": {"post": {
                "operationId": name, "tags": [name], "summary": name,
                "parameters": [{"name": name, "in": "query", "schema": {"type": "string", "enum": [name, "other"]}}],
                "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {name: {"type": "string", "enum": [name]}}}}}},
                "responses": {"200": {"description": name}},
            }}},
        });
        taken(&format!("security {:.12}.json", name.escape_debug().to_string()), secured(name));
        taken(&format!("name {:.12}.json", name.escape_debug().to_string()), json.to_string());
    }
}

/// A description with one word wherever security and servers have words.
fn secured(word: &str) -> String {
    let server = |url: String| {
        let variable =
            serde_json::json!({"default": word, "enum": [word, "other"], "description": word});
        serde_json::json!({"url": url, "description": word, "variables": {"v": variable, word: {"default": word}}})
    };
    let here = server(format!("https://{{v}}.acme.example/{word}"));
    let key = |location: &str| serde_json::json!({"type": "apiKey", "in": location, "name": word, "description": word});
    let flow = serde_json::json!({"tokenUrl": format!("https://acme.example/{word}"), "scopes": {word: word}});
    let scopes: [&str; 1] = [word];
    serde_json::json!({
        "openapi": "3.0.3", "info": {"title": "Acme", "version": "1"}, "servers": [here],
        "paths": {"/a": {"get": {
            "security": [{word: scopes}, {"header": [], "query": [], "cookie": []}, {"token": scopes}],
            "servers": [server(format!("https://own.acme.example/{word}/{{v}}"))],
            "responses": {"200": {"description": "OK"}},
        }}},
        "components": {"securitySchemes": {
            word: {"type": "http", "scheme": "bearer", "bearerFormat": word, "description": word},
            "header": key("header"), "query": key("query"), "cookie": key("cookie"),
            "token": {"type": "oauth2", "flows": {"clientCredentials": flow}},
        }},
    })
    .to_string()
}

#[test]
fn descriptions_stay_descriptions() {
    let texts = [
        "*/ pub fn evil() {} /*",
        "\"; compile_error!(\"x\"); //",
        "```\nfn main() { panic!() }\n```",
        "```rust\npanic!()",
        "````\n```\npanic!()\n```\n````",
        "    indented code\n\n    panic!()",
        "#![feature(x)]",
        "#[doc = \"x\"]",
        "[`std::fs::remove_file`]",
        "[a]: https://acme.example",
        "<script>alert(1)</script>",
        "\u{202e}\u{2066}reordered",
        "a\r\nb\rc\u{0}d",
        "- a\n- b\n  - c\nlazy",
        "https://acme.example/<x>",
        "~~~\ntildes\n~~~",
        "| a | b |\n|---|---|\n| c | d |",
        "\t\tpanic!()",
    ];
    for text in texts {
        let json = serde_json::json!({
            "openapi": "3.0.3", "info": {"title": "Acme", "version": "1", "description": text},
            "paths": {"/a": {"get": {
                "summary": text, "description": text,
                "parameters": [{"name": "q", "in": "query", "description": text, "schema": {"type": "string"}}],
                "responses": {"200": {"description": text, "content": {"application/json": {"schema": {
                    "type": "object", "description": text, "properties": {"a": {"type": "string", "description": text}},
                }}}}},
            }}},
        });
        let files = taken("description.json", json.to_string());
        let secured = taken("secured.json", secured(text));
        let files = files.0.iter().chain(&secured.0);
        let is_run = |path: &str| path.starts_with("src/") && path.ends_with(".rs");
        for (path, code) in files.filter(|(path, _)| is_run(path)) {
            for comment in comments(code) {
                for block in code_blocks(without_own_example(&comment)) {
                    assert_eq!(block, "text", "{path} would run a part of {text:?}: {comment}");
                }
            }
            assert!(
                !code.contains('\u{202e}') && !code.contains('\u{2066}'),
                "{path} reorders text"
            );
        }
    }
}

/// The doc comments of a file, each as the Markdown that rustdoc reads.
fn comments(code: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for line in code.lines() {
        let line = line.trim_start();
        let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        match (text, out.last_mut()) {
            (Some(text), Some(last)) => {
                last.push_str(text.strip_prefix(' ').unwrap_or(text));
                last.push('\n');
            }
            _ => out.push(String::new()),
        }
    }
    out
}

/// A comment without the example that the generator itself puts last.
fn without_own_example(comment: &str) -> &str {
    match comment.rsplit_once("\n# Example\n\n```no_run\n# use acme::") {
        Some((before, _)) => before,
        None => comment,
    }
}

/// What each code block says it is; rustdoc runs all but those that say `text` or the like.
fn code_blocks(markdown: &str) -> Vec<String> {
    use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
    Parser::new(markdown)
        .filter_map(|event| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => Some(info.to_string()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("indented".to_owned()),
            _ => None,
        })
        .collect()
}
