//! The keyword coverage is correct: every key of a parsed document is counted once, with the status
//! that it has in the generated code.

mod count;

use std::path::Path;

use docwright::{Coverage, Input, Inspection, Manifest, Report, Vendor, coverage, inspect};

use count::coverage_mistakes;

fn vendor(file: &str, text: &str, manifest: &str) -> Vendor {
    Vendor {
        name: "acme".into(),
        manifest: Manifest::parse("vendor.toml", manifest).unwrap(),
        inputs: vec![Input { file: file.into(), bytes: text.into() }],
        ..Vendor::default()
    }
}

/// Returns a document with one operation, which has the given lines and a response with the schema.
fn document(operation: &str, schema: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\npaths:\n  /a:\n    get:\n{operation}      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}\n"
    )
}

fn inspect_document(text: &str) -> Inspection {
    inspect(&vendor("a.yaml", text, "")).unwrap_or_else(|it| panic!("{:?}", it.report.problems))
}

fn reasons(entries: &[coverage::Entry]) -> Vec<String> {
    entries.iter().map(|e| format!("{:?} {}", e.keyword.as_deref(), e.reason)).collect()
}

#[test]
fn each_status_of_a_keyword_is_reported_once() {
    let text = document(
        "      x-team: pets\n      callbacks: {}\n      colour: red\n      summary: null\n",
        "{type: string, not: {type: integer}, minLength: 99999999999999}",
    );
    let Inspection { summary, .. } = inspect_document(&text);
    let coverage = summary.coverage;
    assert_eq!(
        reasons(&coverage.not_generated),
        [r#"Some("colour") unknown key `colour` in an operation"#]
    );
    let mut ignored = reasons(&coverage.ignored);
    ignored.sort();
    assert_eq!(
        ignored,
        [
            r#"None `not` cannot be expressed as a Rust type; it is ignored"#,
            r#"Some("callbacks") requests that the vendor sends, not the client"#,
            r#"Some("minLength") `minLength` is larger than 4294967295 and is skipped: no value reaches it"#,
            r#"Some("summary") `summary` is null and is skipped"#,
            r#"Some("version") the version of the document, not of the client"#,
            r#"Some("x-team") an extension: read only if a rule of `vendor.toml` names it"#,
        ]
    );
    // openapi, info, title, paths, get, responses, description, content, schema, type. The keywords
    // in `not` are counted with it.
    assert_eq!(coverage.generated.len(), 10);
    let line = "18 keywords: 10 generated, 7 ignored for a reason, 1 not generated";
    assert_eq!(coverage.summary_line(), line);
}

#[test]
fn an_extension_used_by_a_rule_is_generated() {
    let text = document(
        "      parameters:\n        - {name: id, in: query, schema: {type: string}, x-missing: {code: no_id}}\n",
        "{type: string, enum: [a], x-enum-varnames: [First]}",
    );
    let rule = "[error_codes]\nfield = \"error_code\"\ncode = \"code\"\nextensions = { missing = \"x-missing\" }\n";
    let without = inspect(&vendor("a.yaml", &text, "")).unwrap().summary.coverage;
    let with = inspect(&vendor("a.yaml", &text, rule)).unwrap().summary.coverage;
    let names = |coverage: &Coverage| -> Vec<_> {
        coverage.ignored.iter().filter_map(|e| e.keyword.clone()).collect()
    };
    assert_eq!(names(&without), ["version", "x-missing"]);
    assert_eq!(names(&with), ["version"]);
    assert_eq!(with.generated.len(), without.generated.len() + 1);
    assert_eq!(with.keywords(), without.keywords());
}

#[test]
fn a_body_that_http_does_not_allow_is_ignored_completely() {
    let allowed = document("", "{type: object, properties: {ok: {type: boolean}}}");
    let dropped = allowed.replace("'200'", "'204'");
    let shared = dropped.replace(
        "{'204': {description: ok, ",
        "{'200': {$ref: '#/components/responses/Ok'}, '204': {$ref: '#/components/responses/Ok'}}\n\
         components: {responses: {'Ok': {description: ok, ",
    );
    let shared = format!("{}}}\n", shared.trim_end());
    let [allowed, dropped, shared] =
        [allowed, dropped, shared].map(|text| inspect_document(&text).summary.coverage);
    assert_eq!(dropped.keywords(), allowed.keywords());
    // `content`, `schema`, `type`, `properties`, and `type` of the property.
    assert_eq!(dropped.generated.len() + 5, allowed.generated.len());
    let reason = "None a response with the status 204 (RFC 9110 §15.3.5) has no body: this \
                  `content` is skipped";
    assert!(reasons(&dropped.ignored).contains(&reason.to_owned()), "{:?}", dropped.ignored);
    // The response with the status 200 reads it.
    assert_eq!(reasons(&shared.ignored), reasons(&allowed.ignored));
}

#[test]
fn a_page_that_loses_to_another_page_is_ignored_completely() {
    let first = document("      summary: one\n", "{type: string}");
    let second = first.replace("'200'", "'201'");
    let mut vendor = vendor("a.yaml", &first, "");
    let single = inspect(&vendor).unwrap().summary.coverage.keywords();
    vendor.inputs.push(Input { file: "b.yaml".into(), bytes: second.into() });
    let coverage = inspect(&vendor).unwrap().summary.coverage;
    assert_eq!(coverage.keywords(), 2 * single);
    let ignored = coverage.ignored.iter().filter(|e| e.keyword.as_deref() != Some("version"));
    let ignored: usize = ignored.map(|e| e.keywords).sum();
    // `openapi`, `info`, `title` and `version` are still used.
    assert_eq!(ignored, 8, "{:?}", reasons(&coverage.ignored));
}

/// Two documents of OpenAPI 3.1 with the same operation; the second one also has a webhook.
fn documents_without_and_with_webhook() -> (String, String) {
    let without = document("", "{type: string}").replace("3.0.3", "3.1.0");
    let webhook = "webhooks:\n  paid:\n    post:\n      summary: Paid\n      \
                   responses: {'200': {description: ok}}\n";
    (without.clone(), without + webhook)
}

#[test]
fn a_webhook_is_ignored_at_its_own_location_and_nothing_else_is() {
    let (without, with) = documents_without_and_with_webhook();
    let without = check_coverage(&vendor("a.yaml", &without, "")).unwrap();
    let Inspection { summary, sources, .. } = inspect_document(&with);
    let with = check_coverage(&vendor("a.yaml", &with, "")).unwrap();
    // webhooks, post, summary, responses, description
    assert_eq!(with.keywords(), without.keywords() + 5, "{}", with.summary_line());
    assert_eq!(with.generated, without.generated);
    let rendered = coverage::render_text(&summary.coverage, &sources, false);
    let line = "  ignored        a.yaml:7:1  `webhooks` (5 keywords): webhooks are requests to \
                your server; no server code is generated\n";
    assert!(rendered.contains(line), "{rendered}");
}

#[test]
fn the_webhooks_of_several_documents_are_ignored_completely() {
    let (_, first) = documents_without_and_with_webhook();
    let second = first.replace("/a:", "/b:").replace("paid:", "refunded:");
    let mut vendor = vendor("a.yaml", &first, "");
    let single = check_coverage(&vendor).unwrap();
    vendor.inputs.push(Input { file: "b.yaml".into(), bytes: second.into() });
    let both = check_coverage(&vendor).unwrap();
    assert_eq!(both.keywords(), 2 * single.keywords());
    assert_eq!(both.generated.len(), 2 * single.generated.len(), "{:?}", reasons(&both.ignored));
}

#[test]
fn entries_have_file_line_and_column() {
    let text = document("      colour: red\n", "{type: string}");
    let Inspection { summary, sources, .. } = inspect_document(&text);
    let rendered = coverage::render_text(&summary.coverage, &sources, false);
    assert!(
        rendered.ends_with(
            "  not generated  a.yaml:6:7  `colour`: unknown key `colour` in an operation\n"
        ),
        "{rendered}"
    );
    let json = coverage::render_json(&summary.coverage, &sources, true);
    assert_eq!(json["not_generated"][0]["line"], 6);
    assert_eq!(json["not_generated"][0]["keyword"], "colour");
    assert_eq!(json["generated"], json["generated_keywords"].as_array().unwrap().len());
    assert_eq!(json["generated_keywords"][0]["keyword"], "openapi");
}

/// Checks the coverage of a vendor and returns it; `None` if the input is rejected.
pub fn check_coverage(vendor: &Vendor) -> Option<Coverage> {
    let file = &vendor.inputs.first()?.file;
    let inspection = inspect(vendor).ok()?;
    let mistakes = coverage_mistakes(&inspection);
    let first = mistakes.iter().take(12).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(mistakes.is_empty(), "{file}: {} mistakes\n{first}", mistakes.len());
    Some(inspection.summary.coverage)
}

#[test]
fn every_keyword_of_the_vendors_is_counted() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut vendors = 0;
    for entry in std::fs::read_dir(specs).unwrap() {
        let folder = entry.unwrap().path();
        let loaded = docwright::cli::load_vendor(&folder, "specs", "acme").unwrap();
        let coverage = check_coverage(&loaded.vendor).expect("a generated vendor");
        assert!(coverage.keywords() > 80, "{}", coverage.summary_line());
        assert!(coverage.not_generated.is_empty(), "{:?}", reasons(&coverage.not_generated));
        vendors += 1;
    }
    assert!(vendors >= 3);
}

#[test]
fn a_document_without_operations_is_an_error() {
    let text = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\npaths: {}\n";
    let report: Report = inspect(&vendor("a.yaml", text, "")).unwrap_err().report;
    assert!(report.problems.iter().any(|p| p.message.contains("no operation")), "{report:?}");
}
