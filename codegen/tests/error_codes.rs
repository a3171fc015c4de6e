//! The catalogue of error codes: of a whole document with hundreds of annotations, and of rules that
//! other vendors would write.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use docwright::ir::{Api, Subject};
use docwright::source::{Kind, Node};
use docwright::{Description, Input, Manifest, Report, Vendor, cli, describe, inspect};

/// The vendor of `specs/orum` with its whole document instead of the one page. The corpus lies beside
/// the repository.
fn orum() -> Option<Vendor> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file: PathBuf = root.join("../shared/corpus/specs/orum.yaml");
    let Ok(bytes) = std::fs::read(&file) else {
        println!("skipped: there is no document at {}", file.display());
        return None;
    };
    let loaded = cli::load(&root.join("specs/orum"), "specs/orum", "orum");
    let loaded = loaded.unwrap_or_else(|report| panic!("{report:?}"));
    let inputs = vec![Input { file: "orum.yaml".to_owned(), bytes }];
    Some(Vendor { inputs, ..loaded.vendor })
}

/// An annotation as it is written.
struct Written {
    pointer: String,
    why: &'static str,
    form: &'static str,
    location: &'static str,
    name: String,
}

/// Every annotation of the document, found without the code that is tested.
fn written(node: &Node, pointer: &str, found: &mut Vec<Written>) {
    match &node.kind {
        Kind::Object(map) => {
            for (key, value) in map {
                let below = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                let why = match key.as_str() {
                    "x-orum-error-missing" => "missing",
                    "x-orum-error-invalid" => "invalid",
                    _ => {
                        written(value, &below, found);
                        continue;
                    }
                };
                let text = |key: &str| value.get(key).and_then(Node::as_str).map(str::to_owned);
                let (form, name) = match (text("code"), text("known-error"), text("status")) {
                    (Some(code), None, None) => ("inline", code),
                    (Some(code), None, Some(_)) => ("inline with status", code),
                    (None, Some(name), _) => ("by name", name),
                    other => panic!("{below}: {other:?}"),
                };
                let location = match pointer {
                    _ if map.contains_key("in") => "parameter",
                    at if at.contains("/parameters/") => "schema in a parameter",
                    at if at.matches('/').count() == 3 => "component",
                    _ => "property",
                };
                found.push(Written { pointer: below, why, form, location, name });
            }
        }
        Kind::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                written(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_annotation_of_a_whole_document_is_accounted_for() {
    let Some(vendor) = orum() else { return };
    let mut report = Report::default();
    let described = describe(&vendor, &mut report).unwrap_or_else(|| panic!("{report:?}"));
    let Description { api, openapi, .. } = described;
    let mut all = Vec::new();
    written(&openapi, "", &mut all);
    let shown = shown(&api, &all);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("error_codes_orum", shown);
    });

    let codes = &api.errors.as_ref().expect("a catalogue").codes;
    assert_eq!(all.len(), 450);
    assert_eq!(codes.iter().filter(|code| !code.messages.is_empty()).count(), 79);
    assert_eq!(codes.iter().filter(|code| code.messages.len() > 1).count(), 12);
    let names = all.iter().filter(|it| it.form == "by name").map(|it| &it.name);
    let names: BTreeSet<&String> = names.collect();
    assert_eq!(names.len(), 87);
    // 14 of the 87 names are codes that annotations elsewhere define.
    assert_eq!(codes.iter().filter(|code| !code.defined).count(), 87 - 14);
    // Each of them leads to the request that causes it, and to nothing that is not written.
    let reached: BTreeSet<_> = codes.iter().flat_map(|c| &c.causes).map(|c| &c.pointer).collect();
    assert_eq!(reached, all.iter().map(|it| &it.pointer).collect());
    // And each value knows what it raises.
    let by_code = |name: &str| codes.iter().find(|code| code.wire == name);
    for one in &all {
        let code = by_code(&one.name).unwrap_or_else(|| panic!("{} is no code", one.name));
        let cause = code.causes.iter().find(|cause| cause.pointer == one.pointer);
        let cause = cause.unwrap_or_else(|| panic!("{} causes no {}", one.pointer, one.name));
        assert_eq!(cause.why, one.why, "{}", one.pointer);
    }
}

fn shown(api: &Api, all: &[Written]) -> String {
    let catalogue = api.errors.as_ref().expect("a catalogue");
    let mut out = String::new();
    let mut locations: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for it in all {
        *locations.entry((it.location, it.why, it.form)).or_default() += 1;
    }
    for ((location, why, form), count) in locations {
        writeln!(out, "{count:>4} {location}: {why}, {form}").expect("text");
    }
    let causes: usize = catalogue.codes.iter().map(|code| code.causes.len()).sum();
    writeln!(out, "{:>4} annotations, {causes} causes", all.len()).expect("text");
    writeln!(out, "{:>4} codes\n", catalogue.codes.len()).expect("text");
    for code in &catalogue.codes {
        let mut facts = Vec::new();
        match code.messages.len() {
            _ if !code.defined => facts.push("defined nowhere".to_owned()),
            1 => {}
            many => facts.push(format!("{many} messages")),
        }
        facts.extend(code.statuses.iter().map(u16::to_string));
        let count = |wanted: fn(&Subject) -> bool, word: &str| {
            let pointers = code.causes.iter().filter(|cause| wanted(&cause.subject));
            let pointers: BTreeSet<_> = pointers.map(|cause| &cause.pointer).collect();
            (!pointers.is_empty()).then(|| format!("{} {word}", pointers.len()))
        };
        facts.extend(count(|it| matches!(it, Subject::Parameter(..)), "at parameters"));
        facts.extend(count(|it| matches!(it, Subject::Body(..)), "in bodies"));
        writeln!(out, "{}: {}", code.wire, facts.join(", ")).expect("text");
    }
    out
}

#[test]
fn the_account_lists_names_that_nothing_defines() {
    let Some(vendor) = orum() else { return };
    let inspection = inspect(&vendor).unwrap_or_else(|report| panic!("{report:?}"));
    let undefined = &inspection.summary.coverage.undefined_codes;
    assert_eq!(undefined.len(), 73);
    assert!(["version_missing", "unknown_id"].iter().all(|it| undefined.iter().any(|u| u == it)));
    let coverage = &inspection.summary.coverage;
    let text = docwright::coverage::text(coverage, &inspection.report.sources, false);
    assert!(text.contains("error codes that are named and defined nowhere: index, "), "{text}");
    let json = docwright::coverage::json(coverage, &inspection.report.sources, false);
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

[[error_codes.listed]]
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
fn the_extension_of_another_vendor_needs_vendor_toml_alone() {
    let mut report = Report::default();
    let api = describe(&acme(RULE), &mut report).unwrap_or_else(|| panic!("{report:?}")).api;
    let codes = api.errors.expect("a catalogue").codes;
    let shown: Vec<String> = codes
        .iter()
        .map(|code| {
            let causes = code.causes.iter().map(|cause| format!(" {:?}", cause.subject));
            let (wire, operations) = (&code.wire, &code.operations);
            let causes: String = causes.collect();
            format!("{wire} {:?} {:?} {operations:?}{causes}", code.messages, code.statuses)
        })
        .collect();
    assert_eq!(
        shown,
        [
            r#"99 [] [409] [0]"#,
            r#"E1 ["name is wrong"] [] [0] Body(#0, ["name"])"#,
            r#"E2 ["tag is wrong"] [] [] Body(#0, ["tags", "[]"])"#,
            r#"E3 [] [] [0]"#,
            r#"E7 ["too many"] [] [] Parameter(Query, "size")"#,
            r#"E9 ["come back later"] [429, 503] [0]"#,
            r#"OLD [] [418] [0]"#,
        ]
    );
}

#[test]
fn what_is_printed_for_another_vendor() {
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
        r#"    runtime::Limit::of("name").length(None, Some(3)).invalid("E1", "name is wrong"),"#,
        r#".items(&runtime::Limit::others().pattern("^a").invalid("E2", "tag is wrong"))"#,
    ] {
        assert!(types.contains(line), "{line}\n{types}");
    }
}

#[test]
fn a_rule_that_names_what_is_not_there_is_an_error() {
    for (from, to, what) in [
        ("Old = ", "Older = ", "there is no component `Older`"),
        ("POST /orders", "PUT /orders", "there is no operation `PUT /orders`"),
    ] {
        let report = inspect(&acme(&RULE.replace(from, to))).expect_err(what);
        assert!(report.problems.iter().any(|problem| problem.what == what), "{report:?}");
    }
}

#[test]
fn an_overlay_adds_codes_too() {
    let overlay = "- target: /components/schemas/Failure/properties/error/properties/id\n  \
        expect: {type: string, enum: [E1, E3]}\n  update: {enum: [E1, E3, E5]}\n  \
        reason: the documentation lists it\n  link: https://acme.test/errors\n";
    let overlay = Some(Input { file: "overlay.yaml".to_owned(), bytes: overlay.into() });
    let vendor = Vendor { overlay, ..acme(RULE) };
    let mut report = Report::default();
    let api = describe(&vendor, &mut report).unwrap_or_else(|| panic!("{report:?}")).api;
    let codes = api.errors.expect("a catalogue").codes;
    assert!(codes.iter().any(|code| code.wire == "E5" && code.defined), "{codes:?}");
}
