//! Documents and pages without operations give a crate of types.

use docwright::source::Diagnostics;
use docwright::{
    CrateOptions, Input, Inspection, Output, RuntimeDependency, Vendor, generate_crate, inspect,
};

fn vendor(inputs: &[(&str, &str)]) -> Vendor {
    let input = |(file, text): &(&str, &str)| Input { file: (*file).into(), bytes: (*text).into() };
    let inputs = inputs.iter().map(input).collect();
    Vendor { name: "acme".into(), inputs, ..Vendor::default() }
}

fn generate(inputs: &[(&str, &str)]) -> Result<Output, Diagnostics> {
    let runtime = RuntimeDependency::Version("1".into());
    let options = CrateOptions { name: "acme".into(), runtime, example: true };
    generate_crate(&vendor(inputs), &options)
}

fn types(inputs: &[(&str, &str)]) -> Output {
    generate(inputs).unwrap_or_else(|it| panic!("{}", it.render(false)))
}

fn inspected(inputs: &[(&str, &str)]) -> Inspection {
    inspect(&vendor(inputs)).unwrap_or_else(|it| panic!("{}", it.render(false)))
}

const SCHEMAS: &str = "openapi: 3.0.3
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.test'}]
paths: {}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
";

#[test]
fn a_document_with_schemas_only_gives_a_crate_without_a_client() {
    let output = types(&[("acme.yaml", SCHEMAS)]);
    let sources: Vec<&str> =
        output.files.0.keys().filter(|path| path.starts_with("src/")).map(String::as_str).collect();
    assert_eq!(sources, ["src/lib.rs", "src/types.rs"]);
    assert_eq!(output.vendors[0].operations, 0);
    let root = &output.files.0["src/lib.rs"];
    assert!(root.contains("//! Types of Acme."), "{root}");
    assert!(root.contains("there is no client"), "{root}");
    let manifest = &output.files.0["Cargo.toml"];
    assert!(manifest.contains("default = []"), "{manifest}");
    assert!(!manifest.contains("mock"), "{manifest}");
    assert_eq!(output.report.problems.iter().filter(|it| it.message.contains("TLS")).count(), 0);
}

#[test]
fn a_document_without_operations_and_types_is_rejected() {
    let text = SCHEMAS.split("components").next().unwrap_or_default();
    let report = generate(&[("acme.yaml", text)]).unwrap_err().report;
    assert_eq!(
        report.problems.last().map(|it| &*it.message),
        Some("`acme` has no operation and no type")
    );
}

const WEBHOOKS: &str = "openapi: 3.1.0
info: {title: Acme, version: '1'}
webhooks:
  pet.adopted:
    post:
      summary: A pet was adopted.
      requestBody: {content: {application/json: {schema: {type: object, required: [event, owner], properties: {event: {const: pet.adopted}, owner: {type: string}}}}}}
      responses: {'200': {description: ok}}
  pet.lost:
    post:
      requestBody: {$ref: '#/components/requestBodies/Lost'}
      responses: {'200': {description: ok}}
  ping:
    get: {responses: {'200': {description: ok}}}
components:
  requestBodies:
    Lost: {content: {application/json: {schema: {$ref: '#/components/schemas/Lost'}}}}
  schemas:
    Lost: {type: object, required: [event], properties: {event: {const: pet.lost}, place: {type: string}}}
";

#[test]
fn webhooks_give_a_type_for_each_body_and_one_for_all() {
    let output = types(&[("acme.yaml", WEBHOOKS)]);
    let text = &output.files.0["src/types.rs"];
    for expected in [
        "pub enum Event {",
        "pub struct PetAdopted {",
        "pub struct Lost {",
        "/// A pet was adopted.",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn the_body_of_a_webhook_counts_as_generated() {
    let inspection = inspected(&[("acme.yaml", WEBHOOKS)]);
    let root = docwright::source::parse(&inspection.sources, 0).unwrap();
    let body = "/webhooks/pet.adopted/post/requestBody/content/application~1json/schema/properties";
    let origin = root.pointer(body).unwrap().origin;
    assert!(inspection.summary.coverage.generated.contains(&origin));
}

/// Returns a page with a webhook in the endpoint dialect.
fn page(name: &str, property: &str) -> String {
    format!(
        "# {name}\n\n````yaml webhook {name}\npaths:\n  path: {name}\n  method: post\n  request:\n    \
         security: []\n    parameters: {{path: {{}}, query: {{}}, header: {{}}, cookie: {{}}}}\n    body:\n      \
         application/json:\n        schemaArray:\n          - type: object\n            properties:\n              \
         {property}: {{allOf: [{{type: string}}]}}\n        examples: {{}}\n  response: {{}}\n  deprecated: false\n  \
         type: webhook\ncomponents: {{schemas: {{}}}}\n````\n"
    )
}

#[test]
fn webhook_pages_give_a_type_for_each_body_and_one_for_all() {
    let (made, gone) = (page("order-made", "made_by"), page("order-gone", "gone_to"));
    let inputs = [("made.md", made.as_str()), ("gone.md", gone.as_str())];
    let text = &types(&inputs).files.0["src/types.rs"];
    for expected in ["pub enum Event {", "pub struct OrderMade {", "pub struct OrderGone {"] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let inspection = inspected(&inputs);
    for document in [0, 1] {
        let root = docwright::source::parse(&inspection.sources, document).unwrap();
        let body = "/paths/request/body/application~1json/schemaArray/0/properties";
        let origin = root.pointer(body).unwrap().origin;
        assert!(inspection.summary.coverage.generated.contains(&origin), "{document}");
    }
}
