//! The account of a description is true: every key of the raw tree is counted once, and what is said
//! of it is what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

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

/// A document with one operation, and these lines beside its responses.
fn document(operation: &str, schema: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\npaths:\n  /a:\n    get:\n{operation}      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}\n"
    )
}

fn read(text: &str) -> Inspection {
    inspect(&vendor("a.yaml", text, "")).unwrap_or_else(|report| panic!("{:?}", report.problems))
}

fn whys(entries: &[coverage::Entry]) -> Vec<String> {
    entries.iter().map(|e| format!("{:?} {}", e.keyword.as_deref(), e.why)).collect()
}

#[test]
fn each_kind_of_fate_is_told_once() {
    let text = document(
        "      x-team: pets\n      callbacks: {}\n      colour: red\n      summary: null\n",
        "{type: string, not: {type: integer}, minLength: 99999999999999}",
    );
    let Inspection { summary, .. } = read(&text);
    let coverage = summary.coverage;
    assert_eq!(
        whys(&coverage.not_generated),
        [r#"Some("colour") unknown keyword `colour` in an operation"#]
    );
    let mut ignored = whys(&coverage.ignored);
    ignored.sort();
    assert_eq!(
        ignored,
        [
            r#"None no Rust type can say what `not` forbids; it is left out"#,
            r#"Some("callbacks") requests that the vendor sends; a client does not make them"#,
            r#"Some("minLength") `minLength` is beyond any real value and is left out"#,
            r#"Some("summary") `summary` is null and is left out"#,
            r#"Some("version") it is the document's version, not the client's"#,
            r#"Some("x-team") an extension; read only where a rule of `vendor.toml` names it"#,
        ]
    );
    // openapi, info, title, paths, get, responses, description, content, schema, type. What `not`
    // holds goes with it.
    assert_eq!(coverage.generated.len(), 10);
    let line = "18 keywords: 10 generated, 7 ignored for a reason, 1 not generated";
    assert_eq!(coverage.line(), line);
}

#[test]
fn an_extension_that_a_rule_reads_is_generated() {
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
fn a_page_that_gives_way_to_another_is_counted_as_a_whole() {
    let one = document("      summary: one\n", "{type: string}");
    let two = one.replace("'200'", "'201'");
    let mut vendor = vendor("a.yaml", &one, "");
    let alone = inspect(&vendor).unwrap().summary.coverage.keywords();
    vendor.inputs.push(Input { file: "b.yaml".into(), bytes: two.into() });
    let coverage = inspect(&vendor).unwrap().summary.coverage;
    assert_eq!(coverage.keywords(), 2 * alone);
    let lost = coverage.ignored.iter().filter(|e| e.keyword.as_deref() != Some("version"));
    let lost: usize = lost.map(|e| e.keywords).sum();
    // What stays are `openapi`, `info`, `title` and `version`.
    assert_eq!(lost, 8, "{:?}", whys(&coverage.ignored));
}

#[test]
fn the_list_names_file_line_and_column() {
    let text = document("      colour: red\n", "{type: string}");
    let Inspection { summary, report, .. } = read(&text);
    let shown = coverage::text(&summary.coverage, &report.sources, false);
    assert!(
        shown.ends_with(
            "  not generated  a.yaml:6:7  `colour`: unknown keyword `colour` in an operation\n"
        ),
        "{shown}"
    );
    let json = coverage::json(&summary.coverage, &report.sources, true);
    assert_eq!(json["not_generated"][0]["line"], 6);
    assert_eq!(json["not_generated"][0]["keyword"], "colour");
    assert_eq!(json["generated"], json["generated_keywords"].as_array().unwrap().len());
    assert_eq!(json["generated_keywords"][0]["keyword"], "openapi");
}

/// Where the keys of a description stand that are keywords and not somebody's own names: counted
/// without a table of the generator's.
#[derive(Default)]
struct Keys {
    found: BTreeMap<Origin, String>,
    endpoint: bool,
}

/// Members whose values are not read as objects of a description.
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

/// Members that hold objects by names of the author's.
const NAMES: [&str; 18] = [
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

impl Keys {
    fn object(&mut self, node: &Node) {
        for (key, value) in node.as_object().into_iter().flatten() {
            self.found.insert(value.origin, key.clone());
            let list = value.as_array().is_some();
            match key.as_str() {
                _ if key.starts_with("x-") => {}
                // Lists of objects where they are not lists of text.
                "security" | "tags" => self.items(value),
                _ if DATA.contains(&key.as_str()) => {}
                "examples" if list => self.list_of_examples(value),
                "paths" if self.endpoint => self.object(value),
                "parameters" if !list && self.endpoint => self.locations(value),
                "parameters" | "schemas" if !list => self.names(key, value),
                _ if NAMES.contains(&key.as_str()) && !list => self.names(key, value),
                _ => self.either(value),
            }
        }
    }

    fn either(&mut self, node: &Node) {
        match &node.kind {
            Kind::Array(items) => items.iter().for_each(|item| self.object(item)),
            _ => self.object(node),
        }
    }

    /// OpenAPI's `security` is data, the endpoint dialect's a list of objects.
    fn items(&mut self, node: &Node) {
        let items = node.as_array().unwrap_or_default().iter();
        items
            .filter(|item| item.get("parameters").is_some() || item.get("name").is_some())
            .for_each(|item| self.object(item));
    }

    /// Examples by a list: of maps with `value`, or of values.
    fn list_of_examples(&mut self, _: &Node) {}

    /// The endpoint dialect's parameters by location.
    fn locations(&mut self, node: &Node) {
        for (location, value) in node.as_object().into_iter().flatten() {
            self.found.insert(value.origin, location.clone());
            self.names("parameters", value);
        }
    }

    fn names(&mut self, section: &str, node: &Node) {
        for (name, value) in node.as_object().into_iter().flatten() {
            let extension = name.starts_with("x-")
                && (matches!(section, "paths" | "responses" | "response")
                    || (matches!(section, "schemas" | "parameters")
                        && value.as_object().is_none()));
            if extension {
                self.found.insert(value.origin, name.clone());
            } else if section == "response" || (section == "body" && self.endpoint) {
                // ResponseEnum by status and then by media type; bodies by media type.
                if section == "response" { self.names("media", value) } else { self.object(value) }
            } else {
                self.object(value);
            }
        }
    }
}

/// The keys of `roots`, counted independently; what stands below a keyword that is not generated as
/// a whole does not count.
fn keys(root: &Node) -> BTreeMap<Origin, String> {
    let endpoint = root
        .get("paths")
        .and_then(|paths| paths.get("path"))
        .is_some_and(|path| path.as_str().is_some());
    let mut keys = Keys { endpoint, ..Keys::default() };
    keys.object(root);
    keys.found
}

fn below(node: &Node, found: &mut BTreeSet<Origin>) {
    let children: Vec<&Node> = match &node.kind {
        Kind::Array(items) => items.iter().collect(),
        Kind::Object(map) => map.values().collect(),
        _ => Vec::new(),
    };
    for child in children {
        found.insert(child.origin);
        below(child, found);
    }
}

fn at(location: &Location) -> Option<Origin> {
    match location {
        Location::Member(origin) | Location::Value(origin) => Some(*origin),
        _ => None,
    }
}

fn find(node: &Node, origin: Origin) -> Option<&Node> {
    if node.origin.document != origin.document {
        return None;
    }
    if node.origin == origin {
        return Some(node);
    }
    match &node.kind {
        Kind::Array(items) => items.iter().find_map(|item| find(item, origin)),
        Kind::Object(map) => map.values().find_map(|item| find(item, origin)),
        _ => None,
    }
}

/// What is wrong with the account of the one document of an inspection.
fn faults(inspection: &Inspection) -> Vec<String> {
    let Inspection { summary, report, .. } = inspection;
    let coverage = &summary.coverage;
    let mut faults = Vec::new();
    let mut roots = Vec::new();
    for number in 0..report.sources.documents.len() {
        roots.extend(source::parse(&report.sources, u32::try_from(number).unwrap()));
    }
    let generated: BTreeSet<Origin> = coverage.generated.iter().copied().collect();
    let counted = coverage.ignored.iter().chain(&coverage.not_generated);
    let left: BTreeSet<Origin> =
        counted.clone().filter(|e| e.keywords > 0).filter_map(|e| at(&e.location)).collect();
    if let Some(both) = generated.intersection(&left).next() {
        faults.push(format!("both generated and not: {both:?}"));
    }
    let mut known = BTreeSet::new();
    for root in &roots {
        let keys = keys(root);
        let mut inside = BTreeSet::new();
        for entry in counted.clone().filter(|entry| entry.keywords > 0) {
            let Some(node) = at(&entry.location).and_then(|origin| find(root, origin)) else {
                continue;
            };
            let mut own = BTreeSet::from([node.origin]);
            below(node, &mut own);
            let lost =
                own.iter().filter(|o| keys.contains_key(o) && !generated.contains(o)).count();
            if lost < entry.keywords {
                faults.push(format!("{entry:?} counts more than the {lost} keywords there are"));
            }
            inside.append(&mut own);
        }
        for (origin, key) in &keys {
            if !generated.contains(origin) && !inside.contains(origin) {
                faults.push(format!("`{key}` is not accounted for: {origin:?}"));
            }
        }
        known.extend(keys.into_keys());
    }
    let mut locator = source::locate::Locator::new(&report.sources);
    for origin in generated.difference(&known) {
        let line = locator.position(&Location::Member(*origin)).map(|position| position.line);
        faults.push(format!("line {line:?}: {:?} is no keyword", locator.key(*origin)));
    }
    faults
}

fn assert_true(vendor: &Vendor) -> Option<Coverage> {
    let file = &vendor.inputs.first()?.file;
    let inspection = inspect(vendor).ok()?;
    let faults = faults(&inspection);
    let first = faults.iter().take(12).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{file}: {} faults\n{first}", faults.len());
    Some(inspection.summary.coverage)
}

#[test]
fn every_key_of_the_vendors_pages_is_accounted_for() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut vendors = 0;
    for entry in std::fs::read_dir(specs).unwrap() {
        let folder = entry.unwrap().path();
        let loaded = docwright::cli::load(&folder, "specs", "acme").unwrap();
        let coverage = assert_true(&loaded.vendor).expect("it is generated");
        assert!(coverage.keywords() > 80, "{}", coverage.line());
        assert!(coverage.not_generated.is_empty(), "{:?}", whys(&coverage.not_generated));
        vendors += 1;
    }
    assert!(vendors >= 3);
}

fn pages(folder: &Path) -> Vec<Input> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|path| {
        path.is_file()
            && !path.ends_with("overlay.yaml")
            && path.extension().is_some_and(|e| e == "md" || e == "yaml" || e == "json")
    });
    let read = |path: PathBuf| Input {
        file: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(&path).unwrap(),
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_key_of_the_corpus_is_accounted_for() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !corpus.is_dir() {
        return println!("skipped: there is no corpus at {}", corpus.display());
    }
    let (mut checked, mut refused, mut keywords) = (0, 0, 0);
    for folder in ["pages/a", "pages/b", "specs"] {
        for input in pages(&corpus.join(folder)) {
            if input.bytes.len() > 200_000 {
                continue;
            }
            let vendor = Vendor { name: "acme".into(), inputs: vec![input], ..Vendor::default() };
            match assert_true(&vendor) {
                Some(coverage) => {
                    checked += 1;
                    keywords += coverage.keywords();
                }
                None => refused += 1,
            }
        }
    }
    println!("{keywords} keywords of {checked} documents accounted for; {refused} refused");
    assert!(checked > 250, "{checked}");
}

#[test]
fn no_operation_is_an_error() {
    let text = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\npaths: {}\n";
    let report: Report = inspect(&vendor("a.yaml", text, "")).unwrap_err();
    assert!(report.problems.iter().any(|p| p.what.contains("no operation")), "{report:?}");
}
