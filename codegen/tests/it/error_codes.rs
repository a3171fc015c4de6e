//! The catalogue of error codes: from a real document with hundreds of annotations, and from the
//! rules of a fictional vendor.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use docwright::ir::{Api, CauseTarget};
use docwright::report::Severity;
use docwright::source::{Kind, Node};
use docwright::{Input, LoadedApi, Manifest, Report, Sources, Vendor, cli, inspect, load_api};

/// Returns the vendor of `specs/orum` with the complete document of the corpus instead of its page.
fn load_orum() -> Vendor {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = crate::corpus::folder().join("specs/orum.yaml");
    let bytes = std::fs::read(&file).expect("the corpus contains the document");
    let loaded = cli::load_vendor(&root.join("specs/orum"), "specs/orum", "orum");
    let loaded = loaded.unwrap_or_else(|report| panic!("{report:?}"));
    let inputs = vec![Input { file: "orum.yaml".to_owned(), bytes }];
    Vendor { inputs, ..loaded.vendor }
}

/// An annotation in the document.
struct Annotation {
    pointer: String,
    kind: &'static str,
    form: &'static str,
    location: &'static str,
    name: String,
}

/// Collects the annotations of a document independently of the tested code.
fn collect_annotations(node: &Node, pointer: &str, found: &mut Vec<Annotation>) {
    match &node.kind {
        Kind::Object(map) => {
            for (key, value) in map {
                let child = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                let kind = match key.as_str() {
                    "x-orum-error-missing" => "missing",
                    "x-orum-error-invalid" => "invalid",
                    _ => {
                        collect_annotations(value, &child, found);
                        continue;
                    }
                };
                let string = |key: &str| value.get(key).and_then(Node::as_str).map(str::to_owned);
                let (form, name) = match (string("code"), string("known-error"), string("status")) {
                    (Some(code), None, None) => ("inline", code),
                    (Some(code), None, Some(_)) => ("inline with status", code),
                    (None, Some(name), _) => ("by name", name),
                    other => panic!("{child}: {other:?}"),
                };
                let location = match pointer {
                    _ if map.contains_key("in") => "parameter",
                    it if it.contains("/parameters/") => "schema in a parameter",
                    it if it.matches('/').count() == 3 => "component",
                    _ => "property",
                };
                found.push(Annotation { pointer: child, kind, form, location, name });
            }
        }
        Kind::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_annotations(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn every_annotation_of_a_real_document_is_in_the_catalogue() {
    let vendor = load_orum();
    let mut report = Report::default();
    let loaded = load_api(&vendor, &mut Sources::default(), &mut report)
        .unwrap_or_else(|| panic!("{report:?}"));
    let LoadedApi { api, openapi, .. } = loaded;
    let mut annotations = Vec::new();
    collect_annotations(openapi.root(), "", &mut annotations);
    let summary = catalogue_summary(&api, &annotations);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("error_codes_orum", summary);
    });

    let codes = &api.errors.as_ref().expect("a catalogue").codes;
    assert_eq!(annotations.len(), 450);
    assert_eq!(codes.iter().filter(|code| !code.messages.is_empty()).count(), 79);
    assert_eq!(codes.iter().filter(|code| code.messages.len() > 1).count(), 12);
    let names = annotations.iter().filter(|it| it.form == "by name").map(|it| &it.name);
    let names: BTreeSet<&String> = names.collect();
    assert_eq!(names.len(), 87);
    // 14 of the 87 names are codes that other annotations define.
    assert_eq!(codes.iter().filter(|code| !code.defined).count(), 87 - 14);
    // The causes are exactly the annotations.
    let reached: BTreeSet<_> = codes.iter().flat_map(|c| &c.causes).map(|c| &c.pointer).collect();
    assert_eq!(reached, annotations.iter().map(|it| &it.pointer).collect());
    // Each annotation is a cause of its code.
    let by_code = |name: &str| codes.iter().find(|code| code.wire == name);
    for annotation in &annotations {
        let code = by_code(&annotation.name)
            .unwrap_or_else(|| panic!("the code {} is missing", annotation.name));
        let cause = code.causes.iter().find(|cause| cause.pointer == annotation.pointer);
        let cause = cause.unwrap_or_else(|| {
            panic!("{} is not a cause of {}", annotation.pointer, annotation.name)
        });
        assert_eq!(cause.kind, annotation.kind, "{}", annotation.pointer);
    }
}

fn catalogue_summary(api: &Api, annotations: &[Annotation]) -> String {
    let catalogue = api.errors.as_ref().expect("a catalogue");
    let mut out = String::new();
    let mut locations: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for it in annotations {
        *locations.entry((it.location, it.kind, it.form)).or_default() += 1;
    }
    for ((location, kind, form), count) in locations {
        writeln!(out, "{count:>4} {location}: {kind}, {form}").expect("a string");
    }
    let causes: usize = catalogue.codes.iter().map(|code| code.causes.len()).sum();
    writeln!(out, "{:>4} annotations, {causes} causes", annotations.len()).expect("a string");
    writeln!(out, "{:>4} codes\n", catalogue.codes.len()).expect("a string");
    for code in &catalogue.codes {
        let mut details = Vec::new();
        match code.messages.len() {
            _ if !code.defined => details.push("undefined".to_owned()),
            1 => {}
            count => details.push(format!("{count} messages")),
        }
        details.extend(code.statuses.iter().map(u16::to_string));
        let count = |filter: fn(&CauseTarget) -> bool, label: &str| {
            let pointers = code.causes.iter().filter(|cause| filter(&cause.target));
            let pointers: BTreeSet<_> = pointers.map(|cause| &cause.pointer).collect();
            (!pointers.is_empty()).then(|| format!("{} {label}", pointers.len()))
        };
        details.extend(count(|it| matches!(it, CauseTarget::Parameter(..)), "at parameters"));
        details.extend(count(|it| matches!(it, CauseTarget::Body(..)), "in bodies"));
        writeln!(out, "{}: {}", code.wire, details.join(", ")).expect("a string");
    }
    out
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn the_coverage_lists_undefined_codes() {
    let vendor = load_orum();
    let inspection = inspect(&vendor).unwrap_or_else(|report| panic!("{report:?}"));
    let undefined = &inspection.summary.coverage.undefined_codes;
    assert_eq!(undefined.len(), 73);
    assert!(["version_missing", "unknown_id"].iter().all(|it| undefined.iter().any(|u| u == it)));
    let coverage = &inspection.summary.coverage;
    let text = docwright::coverage::render_text(coverage, &inspection.sources, false);
    assert!(text.contains("error codes that are used but not defined: index, "), "{text}");
    let json = docwright::coverage::render_json(coverage, &inspection.sources, false);
    assert_eq!(json["undefined_error_codes"].as_array().map(Vec::len), Some(73));
}

const ACME: &str = r##"
openapi: 3.0.3
info: { title: Acme, version: '1' }
paths:
  /orders:
    post:
      operationId: order
      parameters:
        - { name: size, in: query, schema: { type: integer, maximum: 9, x-acme-failure: { id: E7, text: too many } } }
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses:
        '400': { description: No, content: { application/json: { schema: { $ref: '#/components/schemas/Failure' } } } }
        '409': { description: Twice, content: { application/json: { schema: { $ref: '#/components/schemas/Twice' } } } }
        '418': { description: Old, content: { application/json: { schema: { $ref: '#/components/schemas/Old' } } } }
components:
  schemas:
    Order:
      type: object
      required: [name]
      properties:
        name: { type: string, maxLength: 3, x-acme-failure: { id: E1, text: name is wrong } }
        tags: { type: array, items: { type: string, pattern: '^a', x-acme-failure: { id: E2, text: tag is wrong } } }
    Failure: { type: object, properties: { error: { type: object, properties: { id: { type: string, enum: [E1, E3] } } } } }
    Twice: { type: object, properties: { error: { type: object, properties: { id: { type: integer, enum: [99] } } } } }
    Old: { type: object, properties: { errno: { type: string, enum: [OLD] } } }
"##;

const RULE: &str = r#"
[error_codes]
field = "/error/id"
types = { Old = "errno" }
extensions = { invalid = "x-acme-failure" }
code = "id"
message = "text"

[[error_codes.additional]]
code = "E9"
message = "come back later"
statuses = [429, 503]
operations = ["POST /orders"]
"#;

fn acme(rule: &str) -> Vendor {
    let inputs = vec![Input { file: "acme.yaml".to_owned(), bytes: ACME.into() }];
    let manifest = Manifest::parse("vendor.toml", rule).unwrap_or_else(|it| panic!("{it:?}"));
    Vendor { name: "acme".to_owned(), inputs, manifest, ..Vendor::default() }
}

#[test]
fn the_extensions_of_another_vendor_are_configured_in_vendor_toml() {
    let mut report = Report::default();
    let api = load_api(&acme(RULE), &mut Sources::default(), &mut report)
        .unwrap_or_else(|| panic!("{report:?}"))
        .api;
    let codes = api.errors.expect("a catalogue").codes;
    let summary: Vec<String> = codes
        .iter()
        .map(|code| {
            let causes = code.causes.iter().map(|cause| format!(" {:?}", cause.target));
            let (wire, operations) = (&code.wire, &code.operations);
            let causes: String = causes.collect();
            format!("{wire} {:?} {:?} {operations:?}{causes}", code.messages, code.statuses)
        })
        .collect();
    assert_eq!(
        summary,
        [
            r#"99 [] [409] [0]"#,
            r#"E1 ["name is wrong"] [] [0] Body(["name"])"#,
            r#"E2 ["tag is wrong"] [] [] Body(["tags", "[]"])"#,
            r#"E3 [] [] [0]"#,
            r#"E7 ["too many"] [] [] Parameter(Query, "size")"#,
            r#"E9 ["come back later"] [429, 503] [0]"#,
            r#"OLD [] [418] [0]"#,
        ]
    );
}

#[test]
fn the_catalogue_is_in_the_generated_code() {
    let options = docwright::CrateOptions {
        name: "acme".to_owned(),
        runtime: docwright::RuntimeDependency::Version("0.1".to_owned()),
        example: false,
    };
    let output = docwright::generate_crate(&acme(RULE), &options);
    let files = output.unwrap_or_else(|report| panic!("{report:?}")).files.0;
    let operations = &files["src/operations.rs"];
    for line in [
        r#"}, code at "/error/id" | "errno": ErrorCode);"#,
        "    /// - [`ErrorCode::E1`]: `name` is invalid.\n",
        "    /// - [`ErrorCode::E9`].\n",
        r#"    runtime::Limit::parameter(runtime::RequestLocation::Query, "size")"#,
    ] {
        assert!(operations.contains(line), "{line}\n{operations}");
    }
    let types = &files["src/types.rs"];
    for line in [
        r#"    runtime::Limit::field("name").length(None, Some(3)).error_if_invalid("E1", "name is wrong"),"#,
        r#".items(&runtime::Limit::unnamed().pattern("^a").error_if_invalid("E2", "tag is wrong"))"#,
    ] {
        assert!(types.contains(line), "{line}\n{types}");
    }
}

#[test]
fn a_rule_with_an_unknown_component_or_operation_is_an_error() {
    for (from, to, message) in [
        ("Old = ", "Older = ", "there is no schema component `Older`"),
        ("POST /orders", "PUT /orders", "there is no operation `PUT /orders`"),
    ] {
        let vendor = Vendor { strict: true, ..acme(&RULE.replace(from, to)) };
        let report = inspect(&vendor).expect_err(message).report;
        assert!(report.problems.iter().any(|problem| problem.message == message), "{report:?}");
        let report = inspect(&Vendor { strict: false, ..vendor }).expect(message).report;
        let warning = report.problems.iter().find(|problem| problem.message == message);
        assert_eq!(warning.map(|it| it.severity), Some(Severity::Warning), "{report:?}");
    }
}

#[test]
fn an_overlay_can_add_codes() {
    let overlay = "- target: /components/schemas/Failure/properties/error/properties/id\n  \
        expect: {type: string, enum: [E1, E3]}\n  update: {enum: [E1, E3, E5]}\n  \
        reason: the documentation lists it\n  link: https://acme.test/errors\n";
    let overlay = Some(Input { file: "overlay.yaml".to_owned(), bytes: overlay.into() });
    let vendor = Vendor { overlay, ..acme(RULE) };
    let mut report = Report::default();
    let api = load_api(&vendor, &mut Sources::default(), &mut report)
        .unwrap_or_else(|| panic!("{report:?}"))
        .api;
    let codes = api.errors.expect("a catalogue").codes;
    assert!(codes.iter().any(|code| code.wire == "E5" && code.defined), "{codes:?}");
}
