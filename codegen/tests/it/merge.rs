//! Merging several documents of one vendor.

use docwright::dialect::{self, KeywordLedger};
use docwright::manifest::Manifest;
use docwright::merge::merge;
use docwright::page::Page;
use docwright::report::{Origin, Problem, Report, Severity};
use docwright::source::Node;
use serde_json::{Value, json};

/// Merges documents, given as file and YAML, and returns the document and the problems.
fn merge_strict(documents: &[(&str, &str)]) -> (Option<Value>, Vec<String>) {
    merge_with(documents, &Manifest::default(), true)
}

/// Merges documents with a manifest, in both orders.
fn merge_with(
    documents: &[(&str, &str)],
    manifest: &Manifest,
    strict: bool,
) -> (Option<Value>, Vec<String>) {
    let mut pages = Vec::new();
    for (index, (file, text)) in documents.iter().enumerate() {
        let origin = Origin { document: u32::try_from(index).unwrap(), node: 0 };
        let node = Node::from_json(&serde_yaml::from_str(text).unwrap(), origin);
        let page = Page { file: (*file).into(), document: origin.document, ..Page::default() };
        let mut report = Report::default();
        let node = dialect::normalise(&page, node, &mut report, &mut KeywordLedger::default());
        assert_eq!(report.problems, [], "{file}");
        pages.push((page, node.unwrap()));
    }
    let mut report = Report { strict, ..Report::default() };
    let mut reversed_report = report.clone();
    let merged = merge(pages.clone(), manifest, &mut report, &mut KeywordLedger::default());
    pages.reverse();
    let reversed = merge(pages, manifest, &mut reversed_report, &mut KeywordLedger::default());
    assert_eq!(reversed, merged, "the result depends on the order");
    assert_eq!(report.problems, reversed_report.problems, "the problems depend on the order");
    // Those about whole documents are tested in `input_files`.
    let is_shown = |it: &&Problem| !it.message.starts_with("the client contains nothing of");
    let problems = report.problems.iter().filter(is_shown).map(|problem| {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        format!("{severity}: {}", problem.message)
    });
    let value = merged.map(|document| document.root().to_json());
    if let Some(value) = &value {
        serde_json::from_value::<openapiv3::OpenAPI>(value.clone()).unwrap();
    }
    (value, problems.collect())
}

/// Merges documents with conflicts as warnings.
fn merge_lenient(documents: &[(&str, &str)]) -> (Option<Value>, Vec<String>) {
    merge_with(documents, &Manifest::default(), false)
}

/// Returns a document with one operation and the given top-level entries.
fn document(path: &str, entries: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\n{entries}\npaths:\n  {path}:\n    get:\n      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: \
         '#/components/schemas/Pet'}}}}}}}}}}\n"
    )
}

fn with_pet(path: &str, pet: &str) -> String {
    document(path, &format!("components: {{schemas: {{Pet: {pet}}}}}"))
}

#[test]
fn one_document_is_unchanged() {
    let text = with_pet("/a", "{type: object}");
    let (value, problems) = merge_strict(&[("a.md", &text)]);
    let mut expected: Value = serde_yaml::from_str(&text).unwrap();
    expected["paths"]["/a"]["get"]["x-docwright-page"] = json!({"file": "a.md"});
    assert_eq!(value.unwrap(), expected);
    assert!(problems.is_empty());
}

#[test]
fn equal_components_are_merged() {
    let a = with_pet("/a", "{type: object, description: one, properties: {id: {type: string}}}");
    let b = with_pet(
        "/b",
        "{type: object, description: two, properties: {id: {type: string, example: x}}}",
    );
    let (value, problems) = merge_strict(&[("b.md", &b), ("a.md", &a)]);
    let value = value.unwrap();
    assert_eq!(value["components"]["schemas"]["Pet"]["description"], "one");
    assert_eq!(value["paths"].as_object().unwrap().len(), 2);
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn properties_of_all_pages_are_merged() {
    let a = with_pet("/a", "{type: object, required: [id], properties: {id: {type: string}}}");
    let b = with_pet(
        "/b",
        "{type: object, required: [id, age], properties: {id: {type: string}, age: {type: integer}}}",
    );
    let (value, problems) = merge_strict(&[("a.md", &a), ("b.md", &b)]);
    let pet = value.unwrap()["components"]["schemas"]["Pet"].clone();
    assert_eq!(pet["properties"], json!({"id": {"type": "string"}, "age": {"type": "integer"}}));
    assert_eq!(pet["required"], json!(["id"]), "`age` is optional on one page");
    assert_eq!(problems, ["note: pages define `Pet` differently; the definitions are merged"]);
}

#[test]
fn components_with_different_types_are_a_conflict() {
    let a = with_pet("/a", "{type: object, properties: {id: {type: string}}}");
    let b = with_pet("/b", "{type: object, properties: {id: {type: integer}}}");
    let (value, problems) = merge_strict(&[("a.md", &a), ("b.md", &b)]);
    assert_eq!(value, None);
    assert_eq!(problems, ["error: `Pet` has conflicting definitions, which differ in `id.type`"]);
}

#[test]
fn conflicting_components_are_renamed_if_lenient() {
    let a = with_pet("/a", "{type: object, properties: {id: {type: string}}}");
    let b = with_pet(
        "/b",
        "{type: object, properties: {id: {type: integer}, mate: {$ref: '#/components/schemas/Pet'}}}",
    );
    let c = with_pet("/c", "{type: object, properties: {id: {type: integer}}}");
    let (value, problems) = merge_lenient(&[("a.md", &a), ("b.md", &b), ("c.md", &c)]);
    let value = value.unwrap();
    let schema = |path: &str| {
        &value["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    };
    assert_eq!(schema("/a"), "#/components/schemas/Pet2");
    assert_eq!(schema("/b"), "#/components/schemas/Pet");
    assert_eq!(schema("/c"), "#/components/schemas/Pet");
    let pet = &value["components"]["schemas"]["Pet"]["properties"];
    assert_eq!(pet["mate"]["$ref"], "#/components/schemas/Pet");
    let what = "warning: `Pet` has conflicting definitions, which differ in `id.type`; the one in `c.md` \
                keeps the name because its file name sorts last";
    assert_eq!(problems[0], what);
}

#[test]
fn components_that_refer_to_conflicting_components_are_renamed() {
    let with = |path: &str, id: &str| {
        let owner = "Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}";
        document(path, &format!("components: {{schemas: {{Pet: {{type: {id}}}, {owner}}}}}"))
    };
    let (value, problems) =
        merge_lenient(&[("a.md", &with("/a", "string")), ("b.md", &with("/b", "integer"))]);
    let schemas = &value.unwrap()["components"]["schemas"];
    assert_eq!(schemas["Owner"]["properties"]["pet"]["$ref"], "#/components/schemas/Pet");
    assert_eq!(schemas["Owner2"]["properties"]["pet"]["$ref"], "#/components/schemas/Pet2");
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn a_repeated_operation_is_merged_or_a_conflict() {
    let a = with_pet("/a", "{type: object}");
    let b = a.replace("get:", "get:\n      summary: again");
    let (value, problems) = merge_strict(&[("a.md", &a), ("b.md", &b)]);
    assert!(value.is_some() && problems.is_empty(), "{problems:?}");
    let b = a.replace("'200'", "'201'");
    let (value, problems) = merge_strict(&[("a.md", &a), ("b.md", &b)]);
    assert_eq!(value, None);
    assert_eq!(problems, ["error: `GET /a` has conflicting definitions"]);
}

/// Parses a `vendor.toml`.
fn manifest(text: &str) -> Manifest {
    Manifest::parse("specs/acme/vendor.toml", text).unwrap()
}

fn prefer(key: &str, page: &str) -> Manifest {
    manifest(&format!("[[prefer]]\n{key}\nuse = \"{page}\"\nreason = \"newer\"\n"))
}

fn conflicting_pets() -> [(&'static str, String); 2] {
    let pet =
        |path, ty| with_pet(path, &format!("{{type: object, properties: {{id: {{type: {ty}}}}}}}"));
    [("specs/acme/a.md", pet("/a", "string")), ("specs/acme/b.md", pet("/b", "integer"))]
}

fn id_type(value: Option<Value>) -> Value {
    value.unwrap()["components"]["schemas"]["Pet"]["properties"]["id"]["type"].clone()
}

#[test]
fn a_conflict_is_resolved_in_vendor_toml() {
    let [(a, first), (b, second)] = &conflicting_pets();
    let documents: [(&str, &str); 2] = [(a, first), (b, second)];
    for (page, ty) in [("a.md", "string"), ("b.md", "integer")] {
        let (value, problems) = merge_with(&documents, &prefer("component = \"Pet\"", page), true);
        assert_eq!(id_type(value), ty);
        assert!(problems.is_empty(), "{problems:?}");
    }
}

#[test]
fn the_losing_page_of_an_operation_is_ignored_completely() {
    let [(a, first), (b, _)] = &conflicting_pets();
    let second = with_pet("/a", "{type: integer}").replace("'200'", "'201'");
    let documents: [(&str, &str); 2] = [(a, first), (b, &second)];
    let (value, problems) = merge_with(&documents, &prefer("operation = \"GET /a\"", "b.md"), true);
    let value = value.unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    assert!(value["paths"]["/a"]["get"]["responses"].get("201").is_some());
    assert_eq!(value["components"]["schemas"]["Pet"], json!({"type": "integer"}));
}

#[test]
fn a_preference_without_effect_is_an_error() {
    let [(a, first), (b, second)] = &conflicting_pets();
    let documents: [(&str, &str); 2] = [(a, first), (b, second)];
    let cases = [
        (prefer("component = \"Cat\"", "a.md"), "no two pages define `Cat`"),
        (
            prefer("component = \"Pet\"", "c.md"),
            "`c.md` does not define `Pet`; it is defined in `a.md`, `b.md`",
        ),
        (prefer("operation = \"GET /a\"", "a.md"), "no two pages define `GET /a`"),
    ];
    for (manifest, what) in cases {
        // Elsewhere than under `specs/`, it is a warning.
        for (strict, severity) in [(true, "error"), (false, "warning")] {
            let (value, problems) = merge_with(&documents, &manifest, strict);
            assert_eq!(value.is_none(), strict);
            let expected = format!("{severity}: this `[[prefer]]` entry has no effect: {what}");
            assert!(problems.contains(&expected), "{expected} in {problems:?}");
        }
    }
    let equal: [(&str, &str); 2] = [(a, first), (b, first)];
    let (_, problems) = merge_with(&equal, &prefer("component = \"Pet\"", "a.md"), true);
    assert_eq!(
        problems,
        ["error: this `[[prefer]]` entry has no effect: all pages agree on `Pet`"]
    );
}

#[test]
fn without_a_preference_the_later_page_wins_if_lenient() {
    let [(a, first), (b, second)] = &conflicting_pets();
    let documents: [(&str, &str); 2] = [(a, first), (b, second)];
    let dated = |date: &str| manifest(&format!("[[source]]\nfile = \"a.md\"\ndate = \"{date}\"\n"));
    let cases = [
        (Manifest::default(), "integer", "b.md` keeps the name because its file name sorts last"),
        (dated("2026-08-22"), "string", "`a.md` keeps the name because its date is later"),
    ];
    for (manifest, ty, why) in cases {
        let (value, problems) = merge_with(&documents, &manifest, false);
        assert_eq!(id_type(value), ty);
        let [only] = problems.as_slice() else { panic!("{problems:?}") };
        assert!(
            only.starts_with(
                "warning: `Pet` has conflicting definitions, which differ in `id.type`"
            )
        );
        assert!(only.ends_with(why), "{only}");
    }
    let dated_names: [(&str, &str); 2] = [("a--2026-08-22.md", first), ("b.md", second)];
    assert_eq!(id_type(merge_with(&dated_names, &Manifest::default(), false).0), "string");
}

#[test]
fn the_components_of_a_losing_page_are_ignored() {
    let older = with_pet("/a", "{type: object, properties: {id: {type: string}}}");
    let newer = with_pet("/a", "{type: integer}").replace("'200'", "'201'");
    let (value, problems) =
        merge_with(&[("a.md", &older), ("b.md", &newer)], &Manifest::default(), false);
    let value = value.unwrap();
    assert_eq!(value["components"]["schemas"]["Pet"], json!({"type": "integer"}));
    let expected = "warning: `GET /a` has conflicting definitions; the one in `b.md` takes precedence because its file name sorts last";
    assert_eq!(problems, [expected]);
}

#[test]
fn different_servers_are_moved_to_the_operations() {
    let pet = "components: {schemas: {Pet: {}}}";
    let a = document("/a", &format!("servers: [{{url: https://a.test}}]\n{pet}"));
    let b = document("/b", &format!("servers: [{{url: https://b.test}}]\n{pet}"));
    let (value, _) = merge_strict(&[("a.md", &a), ("b.md", &b)]);
    let value = value.unwrap();
    assert_eq!(value["servers"], json!([{"url": "https://a.test"}, {"url": "https://b.test"}]));
    assert_eq!(value["paths"]["/b"]["get"]["servers"], json!([{"url": "https://b.test"}]));
    let (value, _) = merge_strict(&[("a.md", &a), ("b.md", &b.replace("b.test", "a.test"))]);
    let value = value.unwrap();
    assert_eq!(value["servers"], json!([{"url": "https://a.test"}]));
    assert_eq!(value["paths"]["/b"]["get"].get("servers"), None);
}

#[test]
fn an_unknown_security_scheme_is_replaced_with_the_definition_of_another_page() {
    let with = |path: &str, scheme: &str| {
        document(
            path,
            &format!("components: {{schemas: {{Pet: {{}}}}, securitySchemes: {{key: {scheme}}}}}"),
        )
    };
    let (known, unknown) = ("{type: apiKey, in: header, name: X}", "{type: http, scheme: unknown}");
    let (value, problems) = merge_strict(&[
        ("a.md", &with("/a", known)),
        ("b.md", &with("/b", unknown)),
        ("c.md", &with("/c", unknown)),
    ]);
    assert_eq!(problems, [""; 0]);
    let scheme = &value.unwrap()["components"]["securitySchemes"]["key"];
    assert_eq!(*scheme, json!({"type": "apiKey", "in": "header", "name": "X"}));
}

#[test]
fn different_security_is_moved_to_the_operations() {
    let schemes = "components: {schemas: {Pet: {}}, securitySchemes: {key: {type: apiKey, in: header, name: X}}}";
    let a = document("/a", &format!("security: [{{key: []}}]\n{schemes}"));
    let open = document("/b", &format!("security: []\n{schemes}"));
    let (value, problems) = merge_strict(&[("a.md", &a), ("b.md", &open)]);
    let value = value.unwrap();
    assert_eq!(value.get("security"), None);
    assert_eq!(value["paths"]["/a"]["get"]["security"], json!([{"key": []}]));
    assert_eq!(value["paths"]["/b"]["get"]["security"], json!([]));
    assert!(problems.is_empty());
    let (value, _) = merge_strict(&[("a.md", &a), ("c.md", &a.replace("/a:", "/c:"))]);
    assert_eq!(value.unwrap()["security"], json!([{"key": []}]));
}

#[test]
fn different_parameters_of_a_path_item_are_moved_to_the_operations() {
    let item = |method: &str, parameters: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\npaths:\n  /a/{{id}}:\n{parameters}    \
             {method}: {{responses: {{}}}}\n"
        )
    };
    let shared = "    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n";
    let (get, post) = (item("get", shared), item("post", shared));
    let (value, _) = merge_strict(&[("a.md", &get), ("b.md", &post)]);
    let value = value.unwrap();
    assert_eq!(value["paths"]["/a/{id}"]["parameters"][0]["name"], "id");
    let (value, _) = merge_strict(&[("a.md", &get), ("b.md", &item("post", ""))]);
    let value = value.unwrap();
    assert_eq!(value["paths"]["/a/{id}"].get("parameters"), None);
    assert_eq!(value["paths"]["/a/{id}"]["get"]["parameters"][0]["name"], "id");
    assert_eq!(value["paths"]["/a/{id}"]["post"].get("parameters"), None);
}

/// Returns a page in the endpoint dialect with a named response type.
fn endpoint(path: &str, properties: &str) -> String {
    format!(
        "paths:\n  path: {path}\n  method: get\n  request: {{security: [], body: {{}}}}\n  response:\n    \
         '200':\n      application/json:\n        schemaArray: [{{type: object, properties: {properties}, \
         refIdentifier: '#/components/schemas/Base'}}]\n        examples: {{}}\n        description: ok\n  \
         type: path\ncomponents: {{schemas: {{}}}}\n"
    )
}

#[test]
fn an_extension_with_the_name_of_its_base_is_inlined() {
    let id = "{id: {allOf: [{type: string}]}}";
    let extended = "{id: {allOf: [{type: string}]}, more: {allOf: [{type: string}]}}";
    let (wide, narrow) = (endpoint("/a", extended), endpoint("/b", id));
    let (value, problems) = merge_strict(&[("a.md", &wide), ("b.md", &narrow)]);
    let value = value.unwrap();
    let schema = |path: &str| {
        &value["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    };
    assert_eq!(schema("/b"), &json!({"$ref": "#/components/schemas/Base"}));
    assert_eq!(schema("/a")["properties"].as_object().unwrap().len(), 2);
    assert_eq!(
        value["components"]["schemas"],
        json!({"Base": {"type": "object", "properties": {"id": {"type": "string"}}}})
    );
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn an_extension_of_a_property_is_inlined() {
    let base = "{code: {allOf: [{allOf: [{type: string}]}]}}";
    let narrow = "{code: {allOf: [{allOf: [{type: string}]}, {type: string, enum: [taken]}]}}";
    let (a, b, c) = (endpoint("/a", narrow), endpoint("/b", base), endpoint("/c", narrow));
    let (value, problems) = merge_strict(&[("a.md", &a), ("b.md", &b), ("c.md", &c)]);
    let value = value.unwrap();
    let schema = |path: &str| {
        &value["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    };
    assert_eq!(schema("/b"), &json!({"$ref": "#/components/schemas/Base"}));
    for path in ["/a", "/c"] {
        assert_eq!(schema(path)["properties"]["code"]["allOf"].as_array().unwrap().len(), 2);
    }
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn a_page_in_openapi_wins_over_the_endpoint_dialect() {
    let short = endpoint("/a", "{id: {allOf: [{type: integer}]}}");
    let full = with_pet("/a", "{type: object}");
    let (value, problems) = merge_strict(&[("a.md", &short), ("b.md", &full)]);
    let value = value.unwrap();
    assert_eq!(value["components"]["schemas"], json!({"Pet": {"type": "object"}}));
    assert_eq!(problems, ["note: `GET /a` is read from the page with an OpenAPI document"]);
}
