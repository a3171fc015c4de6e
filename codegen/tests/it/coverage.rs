//! The keyword coverage is correct: every key of a parsed document is counted once, with the status
//! that it has in the generated code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use docwright::report::{Location, Origin, Report};
use docwright::source::{self, Kind, Node};
use docwright::{Coverage, Input, Inspection, Manifest, Vendor, coverage, inspect};

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
    inspect(&vendor("a.yaml", text, "")).unwrap_or_else(|report| panic!("{:?}", report.problems))
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
    let Inspection { summary, report, .. } = inspect_document(&with);
    let with = check_coverage(&vendor("a.yaml", &with, "")).unwrap();
    // webhooks, post, summary, responses, description
    assert_eq!(with.keywords(), without.keywords() + 5, "{}", with.summary_line());
    assert_eq!(with.generated, without.generated);
    let rendered = coverage::render_text(&summary.coverage, &report.sources, false);
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
    let Inspection { summary, report, .. } = inspect_document(&text);
    let rendered = coverage::render_text(&summary.coverage, &report.sources, false);
    assert!(
        rendered.ends_with(
            "  not generated  a.yaml:6:7  `colour`: unknown key `colour` in an operation\n"
        ),
        "{rendered}"
    );
    let json = coverage::render_json(&summary.coverage, &report.sources, true);
    assert_eq!(json["not_generated"][0]["line"], 6);
    assert_eq!(json["not_generated"][0]["keyword"], "colour");
    assert_eq!(json["generated"], json["generated_keywords"].as_array().unwrap().len());
    assert_eq!(json["generated_keywords"][0]["keyword"], "openapi");
}

/// Collects the keywords of a document, without user-defined names such as those of properties.
///
/// The tables of the generator are not used, so that the result is independent.
#[derive(Default)]
struct KeywordCollector {
    keywords: BTreeMap<Origin, String>,
    is_endpoint: bool,
}

/// Keywords whose values have no keywords.
const DATA: [&str; 14] = [
    "example",
    "default",
    "enum",
    "const",
    "value",
    "required",
    "tags",
    "security",
    "mapping",
    "scopes",
    "requiredProperties",
    "type",
    "dataValue",
    "externalDocs",
];

/// Keywords whose values are maps with user-defined names.
const MAPS: [&str; 18] = [
    "paths",
    "webhooks",
    "properties",
    "patternProperties",
    "responses",
    "schemas",
    "requestBodies",
    "headers",
    "examples",
    "securitySchemes",
    "pathItems",
    "content",
    "encoding",
    "variables",
    "$defs",
    "definitions",
    "response",
    "body",
];

impl KeywordCollector {
    fn visit_object(&mut self, node: &Node) {
        for (key, value) in node.as_object().into_iter().flatten() {
            self.keywords.insert(value.origin, key.clone());
            let is_array = value.as_array().is_some();
            match key.as_str() {
                _ if key.starts_with("x-") => {}
                // In some positions these are arrays of objects, in others arrays of strings.
                "security" | "tags" => self.visit_items(value),
                _ if DATA.contains(&key.as_str()) => {}
                "examples" if is_array => {}
                "paths" if self.is_endpoint => self.visit_object(value),
                "parameters" if !is_array && self.is_endpoint => self.visit_locations(value),
                "parameters" | "schemas" if !is_array => self.visit_map(key, value),
                _ if MAPS.contains(&key.as_str()) && !is_array => self.visit_map(key, value),
                _ => self.visit_value(value),
            }
        }
    }

    fn visit_value(&mut self, node: &Node) {
        match &node.kind {
            Kind::Array(items) => items.iter().for_each(|item| self.visit_object(item)),
            _ => self.visit_object(node),
        }
    }

    /// Visits the items of `security` or `tags`. In OpenAPI, those of `security` have no keywords.
    fn visit_items(&mut self, node: &Node) {
        let items = node.as_array().unwrap_or_default().iter();
        items
            .filter(|item| item.get("parameters").is_some() || item.get("name").is_some())
            .for_each(|item| self.visit_object(item));
    }

    /// Visits the parameters of the endpoint dialect, which are grouped by location.
    fn visit_locations(&mut self, node: &Node) {
        for (location, value) in node.as_object().into_iter().flatten() {
            self.keywords.insert(value.origin, location.clone());
            self.visit_map("parameters", value);
        }
    }

    fn visit_map(&mut self, section: &str, node: &Node) {
        for (name, value) in node.as_object().into_iter().flatten() {
            let is_extension = name.starts_with("x-")
                && (matches!(section, "paths" | "responses" | "response")
                    || (matches!(section, "schemas" | "parameters")
                        && value.as_object().is_none()));
            if is_extension {
                self.keywords.insert(value.origin, name.clone());
            } else if section == "response" || (section == "body" && self.is_endpoint) {
                // Responses are grouped by status and media type, bodies by media type.
                if section == "response" {
                    self.visit_map("media", value);
                } else {
                    self.visit_object(value);
                }
            } else {
                self.visit_object(value);
            }
        }
    }
}

/// Returns the keywords of a document.
fn collect_keywords(root: &Node) -> BTreeMap<Origin, String> {
    let is_endpoint = root
        .get("paths")
        .and_then(|paths| paths.get("path"))
        .is_some_and(|path| path.as_str().is_some());
    let mut collector = KeywordCollector { is_endpoint, ..KeywordCollector::default() };
    collector.visit_object(root);
    collector.keywords
}

fn collect_descendants(node: &Node, found: &mut BTreeSet<Origin>) {
    let children: Vec<&Node> = match &node.kind {
        Kind::Array(items) => items.iter().collect(),
        Kind::Object(map) => map.values().collect(),
        _ => Vec::new(),
    };
    for child in children {
        found.insert(child.origin);
        collect_descendants(child, found);
    }
}

fn location_origin(location: &Location) -> Option<Origin> {
    match location {
        Location::Entry(origin) | Location::Value(origin) => Some(*origin),
        _ => None,
    }
}

fn find_node(node: &Node, origin: Origin) -> Option<&Node> {
    if node.origin.document != origin.document {
        return None;
    }
    if node.origin == origin {
        return Some(node);
    }
    match &node.kind {
        Kind::Array(items) => items.iter().find_map(|item| find_node(item, origin)),
        Kind::Object(map) => map.values().find_map(|item| find_node(item, origin)),
        _ => None,
    }
}

/// Returns the mistakes in the coverage of an inspection.
fn coverage_mistakes(inspection: &Inspection) -> Vec<String> {
    let Inspection { summary, report, .. } = inspection;
    let coverage = &summary.coverage;
    let mut mistakes = Vec::new();
    let mut roots = Vec::new();
    for number in 0..report.sources.documents.len() {
        roots.extend(source::parse(&report.sources, u32::try_from(number).unwrap()));
    }
    let generated: BTreeSet<Origin> = coverage.generated.iter().copied().collect();
    let entries = coverage.ignored.iter().chain(&coverage.not_generated);
    let not_generated: BTreeSet<Origin> = entries
        .clone()
        .filter(|e| e.keywords > 0)
        .filter_map(|e| location_origin(&e.location))
        .collect();
    if let Some(both) = generated.intersection(&not_generated).next() {
        mistakes.push(format!("{both:?} is both generated and not generated"));
    }
    let mut keywords = BTreeSet::new();
    for root in &roots {
        let in_document = collect_keywords(root);
        let mut covered = BTreeSet::new();
        for entry in entries.clone().filter(|entry| entry.keywords > 0) {
            let origin = location_origin(&entry.location);
            let Some(node) = origin.and_then(|origin| find_node(root, origin)) else { continue };
            let mut origins = BTreeSet::from([node.origin]);
            collect_descendants(node, &mut origins);
            let is_counted = |o: &&Origin| in_document.contains_key(*o) && !generated.contains(*o);
            let count = origins.iter().filter(is_counted).count();
            if count < entry.keywords {
                mistakes.push(format!("{entry:?} counts more than {count} keywords"));
            }
            covered.append(&mut origins);
        }
        for (origin, key) in &in_document {
            if !generated.contains(origin) && !covered.contains(origin) {
                mistakes.push(format!("`{key}` is not counted: {origin:?}"));
            }
        }
        keywords.extend(in_document.into_keys());
    }
    let mut locator = source::locate::Locator::new(&report.sources);
    for origin in generated.difference(&keywords) {
        let line = locator.position(&Location::Entry(*origin)).map(|position| position.line);
        mistakes.push(format!("line {line:?}: {:?} is not a keyword", locator.key(*origin)));
    }
    mistakes
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
    let report: Report = inspect(&vendor("a.yaml", text, "")).unwrap_err();
    assert!(report.problems.iter().any(|p| p.message.contains("no operation")), "{report:?}");
}
