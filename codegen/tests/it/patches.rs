//! Fields that distinguish a missing value from `null`, and requests that send `null`.

use docwright::{CrateOptions, Input, Output, RuntimeDependency, Vendor, generate_crate};

const SCHEMAS: &str = "
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string, nullable: true}
        mood: {type: string, nullable: true, default: calm}
        id: {type: string, nullable: true, readOnly: true}
        owner: {$ref: '#/components/schemas/Owner'}
    Owner: {type: object, properties: {city: {type: string, nullable: true}}}
";

/// Generates a crate with one operation, whose body is a pet.
fn generate(method: &str, path: &str, media_type: &str, response: &str) -> Output {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\npaths:\n  {path}:\n    {method}:\n      \
         operationId: send\n      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      \
         requestBody: {{content: {{{media_type}: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}\n      \
         responses: {{'200': {{description: done, content: {{application/json: {{schema: \
         {response}}}}}}}}}\n{SCHEMAS}"
    );
    let vendor = Vendor {
        name: "acme".to_owned(),
        inputs: vec![Input { file: "acme.yaml".to_owned(), bytes: text.into() }],
        ..Vendor::default()
    };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
    generate_crate(&vendor, &options)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

/// Returns the rows of the fields' tables that contain this word.
fn rows<'o>(output: &'o Output, presence: &str) -> Vec<&'o str> {
    let lines = output.files.0["src/types.rs"].lines();
    let rows = lines.filter_map(|line| line.trim().strip_prefix(presence)?.strip_prefix(' '));
    rows.filter_map(|row| row.split(' ').next()).collect()
}

/// Returns the methods of the request that send `null`.
fn clears(output: &Output) -> Vec<&str> {
    let parts = output.files.0["src/operations.rs"].split("pub fn clear_").skip(1);
    parts.filter_map(|part| part.split('(').next()).collect()
}

const JSON: &str = "application/json";
const TEXT: &str = "{type: string}";
const PET: &str = "{$ref: '#/components/schemas/Pet'}";

#[test]
fn a_type_that_only_patches_contain_distinguishes_null() {
    for (method, media_type) in [("patch", JSON), ("post", "application/merge-patch+json")] {
        let output = generate(method, "/pets/{id}", media_type, TEXT);
        assert_eq!(rows(&output, "patch"), ["city", "name", "mood"], "{method}");
        assert_eq!(clears(&output), [""; 0], "{method}");
    }
}

#[test]
fn a_type_that_is_received_too_has_plain_options_and_its_patches_clear_fields() {
    let output = generate("patch", "/pets/{id}", JSON, PET);
    assert_eq!(rows(&output, "patch"), [""; 0]);
    assert_eq!(rows(&output, "optional"), ["city", "name", "mood", "id", "owner"]);
    assert_eq!(clears(&output), ["name", "mood"]);
}

#[test]
fn null_is_sent_by_requests_that_change_something_or_to_avoid_a_default() {
    let cleared = |method, path| clears(&generate(method, path, JSON, TEXT)).join(" ");
    assert_eq!(cleared("put", "/pets/{id}"), "name mood");
    assert_eq!(cleared("post", "/pets/{id}"), "name mood");
    assert_eq!(cleared("post", "/owners/{id}/pets"), "mood");
}

#[test]
fn a_type_that_is_only_received_is_constructed_by_mocks() {
    let response = "{type: object, required: [age], properties: {age: {type: integer}, \
                    size: {type: string}}}";
    let output = generate("post", "/pets/{id}", JSON, response);
    let text = &output.files.0["src/types.rs"];
    let mocked = text.split("#[cfg(feature = \"mock\")]\nimpl SendResponse {").nth(1);
    let body = mocked.and_then(|text| text.split("\n}\n").next()).expect("an impl for mocks");
    assert!(body.contains("pub fn new(age: i64)") && body.contains("pub fn size("), "{body}");
    assert_eq!(text.matches("feature = \"mock\"").count(), 1, "the types that are sent");
}
