//! Several documents of one vendor as one.

use docwright::dialect::{self, KeywordLedger};
use docwright::manifest::Manifest;
use docwright::merge::merge;
use docwright::page::Page;
use docwright::report::{Origin, Report, Severity};
use docwright::source::Node;
use serde_json::{Value, json};

/// Documents, each as `(file, YAML)`, merged in the given order and in the opposite one.
fn merged(documents: &[(&str, &str)]) -> (Option<Value>, Vec<String>) {
    merged_by(documents, &Manifest::default(), true)
}

/// The same by the rules of a `vendor.toml`.
fn merged_by(
    documents: &[(&str, &str)],
    manifest: &Manifest,
    strict: bool,
) -> (Option<Value>, Vec<String>) {
    let mut parts = Vec::new();
    for (index, (file, text)) in documents.iter().enumerate() {
        let origin = Origin { document: u32::try_from(index).unwrap(), node: 0 };
        let node = Node::from_json(&serde_yaml::from_str(text).unwrap(), origin);
        let page = Page { file: (*file).into(), document: origin.document, ..Page::default() };
        let mut report = Report::default();
        let node = dialect::normalise(&page, node, &mut report, &mut KeywordLedger::default());
        assert_eq!(report.problems, [], "{file}");
        parts.push((page, node.unwrap()));
    }
    let mut report = Report { lenient: !strict, ..Report::default() };
    let mut other = report.clone();
    let merged = merge(parts.clone(), manifest, &mut report, &mut KeywordLedger::default());
    parts.reverse();
    let reversed = merge(parts, manifest, &mut other, &mut KeywordLedger::default());
    assert_eq!(reversed, merged, "the order matters");
    assert_eq!(report.problems, other.problems, "the order of problems matters");
    let says = report.problems.iter().map(|problem| {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        format!("{severity}: {}", problem.what)
    });
    let says = says.collect();
    let value = merged.map(|node| node.to_json());
    if let Some(value) = &value {
        serde_json::from_value::<openapiv3::OpenAPI>(value.clone()).unwrap();
    }
    (value, says)
}

/// The same where contradictions are warnings.
fn lenient(documents: &[(&str, &str)]) -> (Option<Value>, Vec<String>) {
    merged_by(documents, &Manifest::default(), false)
}

/// A document with one operation and the given members.
fn document(path: &str, more: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\n{more}\npaths:\n  {path}:\n    get:\n      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: \
         '#/components/schemas/Pet'}}}}}}}}}}\n"
    )
}

fn with_pet(path: &str, pet: &str) -> String {
    document(path, &format!("components: {{schemas: {{Pet: {pet}}}}}"))
}

#[test]
fn one_document_stays_as_it_is() {
    let text = with_pet("/a", "{type: object}");
    let (value, says) = merged(&[("a.md", &text)]);
    let mut before: Value = serde_yaml::from_str(&text).unwrap();
    before["paths"]["/a"]["get"]["x-docwright-page"] = json!({"file": "a.md"});
    assert_eq!(value.unwrap(), before);
    assert!(says.is_empty());
}

#[test]
fn the_same_component_is_one() {
    let a = with_pet("/a", "{type: object, description: one, properties: {id: {type: string}}}");
    let b = with_pet(
        "/b",
        "{type: object, description: two, properties: {id: {type: string, example: x}}}",
    );
    let (value, says) = merged(&[("b.md", &b), ("a.md", &a)]);
    let value = value.unwrap();
    assert_eq!(value["components"]["schemas"]["Pet"]["description"], "one");
    assert_eq!(value["paths"].as_object().unwrap().len(), 2);
    assert!(says.is_empty(), "{says:?}");
}

#[test]
fn what_one_page_lacks_is_added() {
    let a = with_pet("/a", "{type: object, required: [id], properties: {id: {type: string}}}");
    let b = with_pet(
        "/b",
        "{type: object, required: [id, age], properties: {id: {type: string}, age: {type: integer}}}",
    );
    let (value, says) = merged(&[("a.md", &a), ("b.md", &b)]);
    let pet = value.unwrap()["components"]["schemas"]["Pet"].clone();
    assert_eq!(pet["properties"], json!({"id": {"type": "string"}, "age": {"type": "integer"}}));
    assert_eq!(pet["required"], json!(["id"]), "the other page does without `age`");
    assert_eq!(says, ["note: pages differ on `Pet`; it has what any of them says"]);
}

#[test]
fn another_shape_is_a_conflict() {
    let a = with_pet("/a", "{type: object, properties: {id: {type: string}}}");
    let b = with_pet("/b", "{type: object, properties: {id: {type: integer}}}");
    let (value, says) = merged(&[("a.md", &a), ("b.md", &b)]);
    assert_eq!(value, None);
    assert_eq!(says, ["error: `Pet` is described in two ways, which differ in `id.type`"]);
}

#[test]
fn another_shape_gets_a_name_of_its_own_where_that_is_no_error() {
    let a = with_pet("/a", "{type: object, properties: {id: {type: string}}}");
    let b = with_pet(
        "/b",
        "{type: object, properties: {id: {type: integer}, mate: {$ref: '#/components/schemas/Pet'}}}",
    );
    let c = with_pet("/c", "{type: object, properties: {id: {type: integer}}}");
    let (value, says) = lenient(&[("a.md", &a), ("b.md", &b), ("c.md", &c)]);
    let value = value.unwrap();
    let schema = |path: &str| {
        &value["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    };
    assert_eq!(schema("/a"), "#/components/schemas/Pet2");
    assert_eq!(schema("/b"), "#/components/schemas/Pet");
    assert_eq!(schema("/c"), "#/components/schemas/Pet");
    let pet = &value["components"]["schemas"]["Pet"]["properties"];
    assert_eq!(pet["mate"]["$ref"], "#/components/schemas/Pet");
    let what = "warning: `Pet` is described in two ways, which differ in `id.type`; the one of `c.md` \
                keeps the name, because it is the last by name";
    assert_eq!(says[0], what);
}

#[test]
fn what_refers_to_another_shape_parts_with_it() {
    let with = |path: &str, id: &str| {
        let owner = "Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}";
        document(path, &format!("components: {{schemas: {{Pet: {{type: {id}}}, {owner}}}}}"))
    };
    let (value, says) =
        lenient(&[("a.md", &with("/a", "string")), ("b.md", &with("/b", "integer"))]);
    let schemas = &value.unwrap()["components"]["schemas"];
    assert_eq!(schemas["Owner"]["properties"]["pet"]["$ref"], "#/components/schemas/Pet");
    assert_eq!(schemas["Owner2"]["properties"]["pet"]["$ref"], "#/components/schemas/Pet2");
    assert_eq!(says.len(), 2, "{says:?}");
}

#[test]
fn one_operation_twice_is_one_or_a_conflict() {
    let a = with_pet("/a", "{type: object}");
    let b = a.replace("get:", "get:\n      summary: again");
    let (value, says) = merged(&[("a.md", &a), ("b.md", &b)]);
    assert!(value.is_some() && says.is_empty(), "{says:?}");
    let b = a.replace("'200'", "'201'");
    let (value, says) = merged(&[("a.md", &a), ("b.md", &b)]);
    assert_eq!(value, None);
    assert_eq!(says, ["error: `GET /a` is described in two ways"]);
}

/// `vendor.toml` with these lines.
fn manifest(text: &str) -> Manifest {
    Manifest::parse("specs/acme/vendor.toml", text).unwrap()
}

fn settle(key: &str, page: &str) -> Manifest {
    manifest(&format!("[[settle]]\n{key}\nuse = \"{page}\"\nreason = \"newer\"\n"))
}

fn pets() -> [(&'static str, String); 2] {
    let pet =
        |path, ty| with_pet(path, &format!("{{type: object, properties: {{id: {{type: {ty}}}}}}}"));
    [("specs/acme/a.md", pet("/a", "string")), ("specs/acme/b.md", pet("/b", "integer"))]
}

fn id_type(value: Option<Value>) -> Value {
    value.unwrap()["components"]["schemas"]["Pet"]["properties"]["id"]["type"].clone()
}

#[test]
fn a_conflict_is_settled_in_vendor_toml() {
    let [(a, first), (b, second)] = &pets();
    let documents: [(&str, &str); 2] = [(a, first), (b, second)];
    for (page, ty) in [("a.md", "string"), ("b.md", "integer")] {
        let (value, says) = merged_by(&documents, &settle("component = \"Pet\"", page), true);
        assert_eq!(id_type(value), ty);
        assert!(says.is_empty(), "{says:?}");
    }
}

#[test]
fn an_operation_that_is_settled_takes_nothing_else_from_the_other_page() {
    let [(a, first), (b, _)] = &pets();
    let second = with_pet("/a", "{type: integer}").replace("'200'", "'201'");
    let documents: [(&str, &str); 2] = [(a, first), (b, &second)];
    let (value, says) = merged_by(&documents, &settle("operation = \"GET /a\"", "b.md"), true);
    let value = value.unwrap();
    assert!(says.is_empty(), "{says:?}");
    assert!(value["paths"]["/a"]["get"]["responses"].get("201").is_some());
    assert_eq!(value["components"]["schemas"]["Pet"], json!({"type": "integer"}));
}

#[test]
fn a_settlement_that_settles_nothing_is_an_error() {
    let [(a, first), (b, second)] = &pets();
    let documents: [(&str, &str); 2] = [(a, first), (b, second)];
    let cases = [
        (settle("component = \"Cat\"", "a.md"), "there are not two descriptions of `Cat`"),
        (
            settle("component = \"Pet\"", "c.md"),
            "`c.md` does not describe `Pet`; `a.md`, `b.md` does",
        ),
        (settle("operation = \"GET /a\"", "a.md"), "there are not two descriptions of `GET /a`"),
    ];
    for (manifest, what) in cases {
        let (value, says) = merged_by(&documents, &manifest, false);
        assert_eq!(value, None);
        let expected = format!("error: this settles nothing: {what}");
        assert!(says.contains(&expected), "{expected} in {says:?}");
    }
    let alike: [(&str, &str); 2] = [(a, first), (b, first)];
    let (_, says) = merged_by(&alike, &settle("component = \"Pet\"", "a.md"), false);
    assert_eq!(says, ["error: this settles nothing: pages agree on `Pet`"]);
}

#[test]
fn without_a_rule_the_later_page_keeps_the_name_where_conflicts_are_tolerated() {
    let [(a, first), (b, second)] = &pets();
    let documents: [(&str, &str); 2] = [(a, first), (b, second)];
    let dated = |date: &str| manifest(&format!("[[source]]\nfile = \"a.md\"\ndate = \"{date}\"\n"));
    let cases = [
        (Manifest::default(), "integer", "b.md` keeps the name, because it is the last by name"),
        (dated("2026-08-22"), "string", "`a.md` keeps the name, because its date is the later one"),
    ];
    for (manifest, ty, why) in cases {
        let (value, says) = merged_by(&documents, &manifest, false);
        assert_eq!(id_type(value), ty);
        let [only] = says.as_slice() else { panic!("{says:?}") };
        assert!(
            only.starts_with("warning: `Pet` is described in two ways, which differ in `id.type`")
        );
        assert!(only.ends_with(why), "{only}");
    }
    let named: [(&str, &str); 2] = [("a--2026-08-22.md", first), ("b.md", second)];
    assert_eq!(id_type(merged_by(&named, &Manifest::default(), false).0), "string");
}

#[test]
fn a_page_whose_operation_gives_way_takes_its_components_with_it() {
    let old = with_pet("/a", "{type: object, properties: {id: {type: string}}}");
    let new = with_pet("/a", "{type: integer}").replace("'200'", "'201'");
    let (value, says) = merged_by(&[("a.md", &old), ("b.md", &new)], &Manifest::default(), false);
    let value = value.unwrap();
    assert_eq!(value["components"]["schemas"]["Pet"], json!({"type": "integer"}));
    let expected = "warning: `GET /a` is described in two ways; the one of `b.md` holds, because it is the last by name";
    assert_eq!(says, [expected]);
}

#[test]
fn other_servers_stand_on_the_operation() {
    let pet = "components: {schemas: {Pet: {}}}";
    let a = document("/a", &format!("servers: [{{url: https://a.test}}]\n{pet}"));
    let b = document("/b", &format!("servers: [{{url: https://b.test}}]\n{pet}"));
    let (value, _) = merged(&[("a.md", &a), ("b.md", &b)]);
    let value = value.unwrap();
    assert_eq!(value["servers"], json!([{"url": "https://a.test"}, {"url": "https://b.test"}]));
    assert_eq!(value["paths"]["/b"]["get"]["servers"], json!([{"url": "https://b.test"}]));
    let (value, _) = merged(&[("a.md", &a), ("b.md", &b.replace("b.test", "a.test"))]);
    let value = value.unwrap();
    assert_eq!(value["servers"], json!([{"url": "https://a.test"}]));
    assert_eq!(value["paths"]["/b"]["get"].get("servers"), None);
}

#[test]
fn a_scheme_of_which_a_page_has_only_the_name_is_the_one_that_another_defines() {
    let with = |path: &str, scheme: &str| {
        document(
            path,
            &format!("components: {{schemas: {{Pet: {{}}}}, securitySchemes: {{key: {scheme}}}}}"),
        )
    };
    let (known, unknown) = ("{type: apiKey, in: header, name: X}", "{type: http, scheme: unknown}");
    let (value, says) = merged(&[
        ("a.md", &with("/a", known)),
        ("b.md", &with("/b", unknown)),
        ("c.md", &with("/c", unknown)),
    ]);
    assert_eq!(says, [""; 0]);
    let scheme = &value.unwrap()["components"]["securitySchemes"]["key"];
    assert_eq!(*scheme, json!({"type": "apiKey", "in": "header", "name": "X"}));
}

#[test]
fn other_security_stands_on_the_operation() {
    let schemes = "components: {schemas: {Pet: {}}, securitySchemes: {key: {type: apiKey, in: header, name: X}}}";
    let a = document("/a", &format!("security: [{{key: []}}]\n{schemes}"));
    let open = document("/b", &format!("security: []\n{schemes}"));
    let (value, says) = merged(&[("a.md", &a), ("b.md", &open)]);
    let value = value.unwrap();
    assert_eq!(value.get("security"), None);
    assert_eq!(value["paths"]["/a"]["get"]["security"], json!([{"key": []}]));
    assert_eq!(value["paths"]["/b"]["get"]["security"], json!([]));
    assert!(says.is_empty());
    let (value, _) = merged(&[("a.md", &a), ("c.md", &a.replace("/a:", "/c:"))]);
    assert_eq!(value.unwrap()["security"], json!([{"key": []}]));
}

#[test]
fn parameters_of_a_path_item_go_down_where_pages_differ() {
    let item = |method: &str, parameters: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\npaths:\n  /a/{{id}}:\n{parameters}    \
             {method}: {{responses: {{}}}}\n"
        )
    };
    let shared = "    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n";
    let (get, post) = (item("get", shared), item("post", shared));
    let (value, _) = merged(&[("a.md", &get), ("b.md", &post)]);
    let value = value.unwrap();
    assert_eq!(value["paths"]["/a/{id}"]["parameters"][0]["name"], "id");
    let (value, _) = merged(&[("a.md", &get), ("b.md", &item("post", ""))]);
    let value = value.unwrap();
    assert_eq!(value["paths"]["/a/{id}"].get("parameters"), None);
    assert_eq!(value["paths"]["/a/{id}"]["get"]["parameters"][0]["name"], "id");
    assert_eq!(value["paths"]["/a/{id}"]["post"].get("parameters"), None);
}

/// A page of the endpoint dialect whose response bears a name.
fn endpoint(path: &str, properties: &str) -> String {
    format!(
        "paths:\n  path: {path}\n  method: get\n  request: {{security: [], body: {{}}}}\n  response:\n    \
         '200':\n      application/json:\n        schemaArray: [{{type: object, properties: {properties}, \
         refIdentifier: '#/components/schemas/Base'}}]\n        examples: {{}}\n        description: ok\n  \
         type: path\ncomponents: {{schemas: {{}}}}\n"
    )
}

#[test]
fn a_name_that_one_page_gives_to_an_extension() {
    let id = "{id: {allOf: [{type: string}]}}";
    let more = "{id: {allOf: [{type: string}]}, more: {allOf: [{type: string}]}}";
    let (wide, narrow) = (endpoint("/a", more), endpoint("/b", id));
    let (value, says) = merged(&[("a.md", &wide), ("b.md", &narrow)]);
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
    assert!(says.is_empty(), "{says:?}");
}

#[test]
fn a_name_that_pages_give_to_an_extension_of_a_member() {
    let base = "{code: {allOf: [{allOf: [{type: string}]}]}}";
    let narrow = "{code: {allOf: [{allOf: [{type: string}]}, {type: string, enum: [taken]}]}}";
    let (a, b, c) = (endpoint("/a", narrow), endpoint("/b", base), endpoint("/c", narrow));
    let (value, says) = merged(&[("a.md", &a), ("b.md", &b), ("c.md", &c)]);
    let value = value.unwrap();
    let schema = |path: &str| {
        &value["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    };
    assert_eq!(schema("/b"), &json!({"$ref": "#/components/schemas/Base"}));
    for path in ["/a", "/c"] {
        assert_eq!(schema(path)["properties"]["code"]["allOf"].as_array().unwrap().len(), 2);
    }
    assert!(says.is_empty(), "{says:?}");
}

#[test]
fn the_full_form_of_a_page_is_read() {
    let short = endpoint("/a", "{id: {allOf: [{type: integer}]}}");
    let full = with_pet("/a", "{type: object}");
    let (value, says) = merged(&[("a.md", &short), ("b.md", &full)]);
    let value = value.unwrap();
    assert_eq!(value["components"]["schemas"], json!({"Pet": {"type": "object"}}));
    assert_eq!(says, ["note: `GET /a` is read from the page that shows OpenAPI"]);
}
