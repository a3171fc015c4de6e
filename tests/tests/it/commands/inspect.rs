//! Tests of `docwright inspect`.

use super::folder::Folder;
use super::{CommandResult, docwright};

fn inspect(rest: &[&str]) -> CommandResult {
    docwright(&[&["inspect"], rest].concat())
}

const PAGE: &str = "openapi: 3.0.3
info: {title: Acme, version: '1'}
servers: [{url: https://api.acme.test}]
paths:
  /pets:
    get:
      summary: List
      colour: red
      callbacks: {}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, properties: {id: {type: string}}}
";

#[test]
fn operations_types_and_skipped_keywords_are_shown_with_their_locations() {
    let folder = Folder::new();
    folder.write("pets.yaml", PAGE);
    let page = folder.text_path("pets.yaml");
    inspect(&[&page])
        .exits(0)
        .prints("1 operation\n  GET     /pets  list  ")
        .prints("pets.yaml:6:5\n")
        .prints("1 type\n  struct  Pet  ")
        .prints("pets.yaml:14:5\n")
        .prints("pets.yaml:8:7  `colour`: unknown key `colour` in an operation")
        .prints("pets.yaml:9:7  `callbacks`: requests that the vendor sends")
        .prints(", 1 not generated\n")
        .warns("unknown key `colour`");
}

#[test]
fn the_report_can_be_printed_as_json() {
    let folder = Folder::new();
    folder.write("pets.yaml", PAGE);
    let result = inspect(&[&folder.text_path("pets.yaml"), "--format", "json", "--all"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&result.out).expect("JSON");
    let operation = &json["operations"][0];
    assert_eq!(
        (&operation["method"], &operation["path"], &operation["name"], &operation["line"]),
        (&"GET".into(), &"/pets".into(), &"list".into(), &6.into())
    );
    assert_eq!(json["types"][0]["name"], "Pet");
    assert_eq!(json["coverage"]["not_generated"][0]["keyword"], "colour");
    assert_eq!(json["coverage"]["not_generated"][0]["column"], 7);
    assert_eq!(json["problems"][0]["severity"], "warning");
    assert!(result.err.is_empty(), "{}", result.err);
}

#[test]
fn operations_and_fields_of_acme_can_be_counted_from_the_json() {
    let folder = docwright_tests::root().join("tests/acme/document");
    let folder = folder.to_str().expect("text");
    let result = inspect(&[folder, "--format", "json"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&result.out).expect("JSON");
    let items = |key: &str| json[key].as_array().expect("an array").clone();
    let mut lines = Vec::new();
    for operation in items("operations") {
        let text = |key: &str| operation[key].as_str().expect("text").to_owned();
        lines.push(format!("{} {}  {}", text("method"), text("path"), text("resource")));
        for key in ["pagination", "idempotency_key", "repeatable"] {
            if !operation[key].is_null() {
                lines.push(format!("  {key}: {}", operation[key]));
            }
        }
    }
    for ty in items("types") {
        lines.push(format!("{} {}", ty["kind"].as_str().expect("text"), ty["name"]));
        for field in ty["fields"].as_array().expect("an array") {
            lines.push(format!("  {} {}: {}", field["wire"], field["name"], field["type"]));
        }
    }
    insta::assert_snapshot!("acme", lines.join("\n"));
}

#[test]
fn an_unreadable_page_is_an_error_in_both_formats() {
    let folder = Folder::new();
    folder.write("page.md", "# A page without an OpenAPI block\n");
    let page = folder.text_path("page.md");
    inspect(&[&page]).exits(1).warns("the page has no fenced OpenAPI block");
    let result = inspect(&[&page, "--format", "json"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&result.out).expect("JSON");
    assert!(json["problems"][0]["message"].as_str().is_some_and(|m| m.contains("fenced")));
    inspect(&[&folder.text_path("nothing.md")]).exits(2);
}
