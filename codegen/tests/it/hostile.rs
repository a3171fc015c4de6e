//! Hostile documents, through all stages: each is rejected with a problem, or generates
//! harmless files. One that took exponential time would not let these tests end.

use docwright::{
    CrateOptions, Diagnostics, Files, Input, Output, RuntimeDependency, Vendor, generate_crate,
};

fn generate(file: &str, bytes: impl Into<Vec<u8>>) -> Result<Output, Diagnostics> {
    let input = Input { file: file.to_owned(), bytes: bytes.into() };
    let vendor = Vendor { name: "acme".to_owned(), inputs: vec![input], ..Vendor::default() };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: true };
    generate_crate(&vendor, &options)
}

/// Returns the rendered problems of a document that is rejected.
fn assert_rejected(file: &str, bytes: impl Into<Vec<u8>>) -> String {
    match generate(file, bytes) {
        Ok(_) => panic!("{file} is not rejected"),
        Err(diagnostics) => {
            assert!(diagnostics.report.has_errors(), "{file} is rejected without an error");
            diagnostics.render(false)
        }
    }
}

/// Returns the files generated from a document, after checking that every path is inside the output
/// folder and every source file parses.
fn assert_generated(file: &str, bytes: impl Into<Vec<u8>>) -> Files {
    let files = generate(file, bytes)
        .unwrap_or_else(|diagnostics| panic!("{file}:\n{}", diagnostics.render(false)))
        .files;
    for (path, text) in &files.0 {
        let is_plain = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        assert!(
            is_plain && !path.starts_with('/') && !path.contains('\\'),
            "{file} writes {path:?}"
        );
        if path.ends_with(".rs") {
            assert!(syn::parse_file(text).is_ok(), "{file}: {path} does not parse:\n{text}");
        }
    }
    files
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\n";

#[test]
fn exponential_aliases_are_rejected() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..40 {
        let below = level - 1;
        let list = vec![format!("*a{below}"); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    assert_rejected("bomb.yaml", format!("{HEAD}{text}paths: {{}}\n"));
    assert_rejected("self.yaml", format!("{HEAD}x: &x [*x]\npaths: {{}}\n"));
    assert_rejected("inside.yaml", format!("{HEAD}x: &x {{ y: *x }}\npaths: {{}}\n"));
}

#[test]
fn ten_thousand_levels_are_rejected() {
    for (name, text) in [
        ("flow.yaml", format!("{HEAD}x: {}\n", "[".repeat(10_000))),
        ("flow.json", format!("{}{}", "[".repeat(10_000), "]".repeat(10_000))),
        ("maps.json", format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000))),
        ("block.yaml", (0..10_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>()),
        ("lists.yaml", format!("x:\n  {}y\n", "- ".repeat(10_000))),
    ] {
        assert_rejected(name, text);
    }
}

#[test]
fn circular_references_are_generated_or_reported() {
    let path = "paths: {/a: {get: {responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n";
    // A schema without keywords allows any value.
    assert_generated(
        "schemas.yaml",
        format!(
            "{HEAD}{path}components: {{schemas: {{A: {{$ref: '#/components/schemas/B'}}, B: {{$ref: '#/components/schemas/A'}}}}}}\n"
        ),
    );
    // A type may contain itself through an object.
    assert_generated(
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
        let components = format!(
            "components: {{{kind}: {{A: {{$ref: '#/components/{kind}/B'}}, B: {{$ref: '#/components/{kind}/A'}}}}}}"
        );
        let report = match generate(kind, format!("{HEAD}{text}\n{components}\n")) {
            Ok(output) => output.report,
            Err(diagnostics) => diagnostics.report,
        };
        let messages: Vec<&str> = report.problems.iter().map(|it| &*it.message).collect();
        assert!(messages.contains(&"the component `A` is infinitely recursive"), "{messages:?}");
    }
}

#[test]
fn sample_values_are_limited() {
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
        ("strings", &|_| {
            "{type: string, minLength: 1000000000, pattern: '^(a{1000}){1000}$'}".to_owned()
        }),
    ];
    for (name, schema) in bodies {
        let path = "paths: {/a: {post: {requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A0'}}}}, responses: {'204': {description: OK}}}}}\n";
        let text = format!("{HEAD}{path}components:\n  schemas:\n{}", schemas(schema));
        if name == "merged" {
            let rendered = assert_rejected(name, text);
            assert!(rendered.contains("`allOf` is nested more than 64 levels"), "{rendered}");
        } else {
            assert_generated(name, text);
        }
    }
}

#[test]
fn deeply_nested_arrays_and_maps_are_generated_or_rejected() {
    let levels = |open: &str, count: usize| {
        format!("{}{{type: string}}{}", open.repeat(count), "}".repeat(count))
    };
    for open in ["{type: array, items: ", "{type: object, additionalProperties: "] {
        for count in [30, 60, 70, 79] {
            let schema = levels(open, count);
            let path = "paths: {/a: {post: {requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, responses: {'204': {description: OK}}}}}\n";
            let text = format!("{HEAD}{path}components:\n  schemas:\n    A: {schema}\n");
            if count == 79 {
                let rendered = assert_rejected("nested", text);
                assert!(rendered.contains("nested deeper than 80 levels"), "{rendered}");
            } else {
                assert_generated("nested", text);
            }
        }
    }
}

#[test]
fn duplicate_keys_are_rejected() {
    let rendered = assert_rejected("twice.yaml", format!("{HEAD}paths: {{}}\npaths: {{}}\n"));
    assert!(rendered.contains("twice.yaml:4:1"), "{rendered}");
    let responses =
        "paths: {/a: {get: {responses: {200: {description: a}, '200': {description: b}}}}}";
    let rendered = assert_rejected("number.yaml", format!("{HEAD}{responses}\n"));
    assert!(rendered.contains("200"), "{rendered}");
}

#[test]
fn files_that_are_too_large_or_not_utf_8_are_rejected() {
    let rendered = assert_rejected("large.yaml", vec![b'a'; 100 << 20]);
    assert!(rendered.contains("larger than"), "{rendered}");
    let rendered = assert_rejected("bytes.yaml", b"openapi: \xff\xfe\n".to_vec());
    assert!(rendered.contains("UTF-8"), "{rendered}");
}

#[test]
fn hostile_names_do_not_escape() {
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
        assert_generated(
            &format!("security {:.12}.json", name.escape_debug().to_string()),
            document_with_security(name),
        );
        assert_generated(
            &format!("name {:.12}.json", name.escape_debug().to_string()),
            json.to_string(),
        );
    }
}

/// Returns a document that uses one string for everything in its security schemes and servers.
fn document_with_security(text: &str) -> String {
    let server = |url: String| {
        let variable =
            serde_json::json!({"default": text, "enum": [text, "other"], "description": text});
        serde_json::json!({"url": url, "description": text, "variables": {"v": variable, text: {"default": text}}})
    };
    let here = server(format!("https://{{v}}.acme.example/{text}"));
    let key = |location: &str| serde_json::json!({"type": "apiKey", "in": location, "name": text, "description": text});
    let flow = serde_json::json!({"tokenUrl": format!("https://acme.example/{text}"), "scopes": {text: text}});
    let scopes: [&str; 1] = [text];
    serde_json::json!({
        "openapi": "3.0.3", "info": {"title": "Acme", "version": "1"}, "servers": [here],
        "paths": {"/a": {"get": {
            "security": [{text: scopes}, {"header": [], "query": [], "cookie": []}, {"token": scopes}],
            "servers": [server(format!("https://own.acme.example/{text}/{{v}}"))],
            "responses": {"200": {"description": "OK"}},
        }}},
        "components": {"securitySchemes": {
            text: {"type": "http", "scheme": "bearer", "bearerFormat": text, "description": text},
            "header": key("header"), "query": key("query"), "cookie": key("cookie"),
            "token": {"type": "oauth2", "flows": {"clientCredentials": flow}},
        }},
    })
    .to_string()
}

#[test]
fn hostile_descriptions_do_not_escape() {
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
        let files = assert_generated("description.json", json.to_string());
        let secured = assert_generated("secured.json", document_with_security(text));
        let files = files.0.iter().chain(&secured.0);
        let is_source = |path: &str| path.starts_with("src/") && path.ends_with(".rs");
        for (path, code) in files.filter(|(path, _)| is_source(path)) {
            for comment in doc_comments(code) {
                for block in code_block_languages(&without_generated_example(&comment)) {
                    assert_eq!(block, "text", "{path} has a doctest from {text:?}: {comment}");
                }
            }
            assert!(
                !code.contains('\u{202e}') && !code.contains('\u{2066}'),
                "{path} has characters that reorder text"
            );
        }
    }
}

/// Returns the doc comments of a file as Markdown.
fn doc_comments(code: &str) -> Vec<String> {
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

/// Removes the example that the generator adds: at the end of the comment of a method, and before
/// the section about authentication on the first page.
fn without_generated_example(comment: &str) -> String {
    if let Some((before, _)) = comment.rsplit_once("\n# Example\n\n```no_run\n# use acme::") {
        return before.to_owned();
    }
    let end = "\n# }\n```\n\n# Authentication\n";
    match comment.rsplit_once("\n# Quick start\n\n```no_run\nuse acme::") {
        Some((before, after)) => {
            let (_, rest) = after.split_once(end).expect("the quick start ends");
            format!("{before}\n{rest}")
        }
        None => comment.to_owned(),
    }
}

/// Returns the languages of the code blocks; rustdoc runs all except `text` and the like.
fn code_block_languages(markdown: &str) -> Vec<String> {
    use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
    Parser::new(markdown)
        .filter_map(|event| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => Some(info.to_string()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("indented".to_owned()),
            _ => None,
        })
        .collect()
}
