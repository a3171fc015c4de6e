//! What a change of a document means for callers: pairs of documents with the expected changes.
//!
//! Each file of `changes/` is a list of cases, for one kind of change and one direction. Put another case
//! in a file, or another file in the folder: it is tested. `old` and `new` are whole documents if they
//! have `paths`; otherwise they are schemas, of which `Order` is sent (`*_sent.yaml`), received
//! (`*_received.yaml`), or both.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use docwright::changes::{Change, RULES, compare, required_step};
use docwright::surface::Record;
use docwright::{Input, Inspection, Manifest, Names, Vendor, inspect};
use serde::Deserialize;
use serde_json::{Value, json};

/// A pair of documents.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    old: Value,
    new: Value,
    /// `vendor.toml` of both, or of the new one only.
    #[serde(default)]
    manifest: String,
    #[serde(default)]
    new_manifest: Option<String>,
    step: String,
    expected: Vec<String>,
}

/// Reads every case, with the name of its file.
fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/changes");
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let list: Vec<Case> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(list.len() >= 3, "{name}: at least three cases are required");
        cases.extend(list.into_iter().map(|case| (name.clone(), case)));
    }
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

/// Returns the whole document of a case.
fn document(file: &str, part: &Value) -> Value {
    let mut document = json!({ "openapi": "3.1.0", "info": { "title": "Acme", "version": "1" } });
    if part.get("paths").is_some() {
        let own = part.as_object().unwrap();
        document.as_object_mut().unwrap().extend(own.clone());
        return document;
    }
    let content =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Order" } } });
    let mut operations = serde_json::Map::new();
    let done = json!({ "204": { "description": "done" } });
    if !file.ends_with("_received") {
        let body = json!({ "required": true, "content": content });
        let operation =
            json!({ "operationId": "create_order", "requestBody": body, "responses": done });
        operations.insert("post".to_owned(), operation);
    }
    if !file.ends_with("_sent") {
        let responses = json!({ "200": { "description": "ok", "content": content } });
        let operation = json!({ "operationId": "get_order", "responses": responses });
        operations.insert("get".to_owned(), operation);
    }
    document["paths"] = json!({ "/orders": operations });
    document["components"] = json!({ "schemas": part });
    document
}

fn inspect_document(document: &Value, manifest: &str, recorded: Names) -> Inspection {
    let bytes = serde_json::to_vec_pretty(document).unwrap();
    let vendor = Vendor {
        name: "acme".to_owned(),
        manifest: Manifest::parse("vendor.toml", manifest).unwrap(),
        inputs: vec![Input { file: "acme.json".to_owned(), bytes }],
        recorded,
        ..Vendor::default()
    };
    inspect(&vendor).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

/// Returns the changes of a case, and both versions.
fn run(file: &str, case: &Case) -> (Vec<Change>, Inspection, Inspection) {
    let old = inspect_document(&document(file, &case.old), &case.manifest, Names::default());
    let manifest = case.new_manifest.as_ref().unwrap_or(&case.manifest);
    let new = inspect_document(&document(file, &case.new), manifest, old.summary.names.clone());
    (compare(&old.summary.surface, &new.summary.surface), old, new)
}

/// Returns a change as in `expected`.
fn line(change: &Change) -> String {
    let (impact, kind) = (change.impact.name(), change.kind.name());
    let line = format!("{impact} | {} | {kind} | {}", change.subject, change.detail);
    line.trim_end_matches([' ', '|']).to_owned()
}

#[test]
fn each_pair_of_documents_has_the_expected_changes() {
    let mut failures = String::new();
    for (file, case) in cases() {
        let (changes, ..) = run(&file, &case);
        let found: Vec<String> = changes.iter().map(line).collect();
        let step = required_step(&changes).name();
        if found != case.expected || step != case.step {
            failures.push_str(&format!("{file}: {}\n  step: {step}\n", case.case));
            found.iter().for_each(|line| failures.push_str(&format!("    - {line}\n")));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn the_cases_need_every_rule() {
    let mut seen = BTreeSet::new();
    for (file, case) in cases() {
        seen.extend(run(&file, &case).0.iter().map(|change| (change.item, change.kind)));
    }
    let rules: BTreeSet<_> = RULES.iter().map(|rule| (rule.item, rule.change)).collect();
    let without_rule: Vec<_> = seen.difference(&rules).collect();
    assert!(without_rule.is_empty(), "changes without a rule: {without_rule:?}");
    let unused: Vec<_> = rules.difference(&seen).collect();
    assert!(unused.is_empty(), "rules that no case needs: {unused:?}");
}

#[test]
fn a_record_has_the_same_items_as_the_document() {
    for (file, case) in cases() {
        let (changes, old, new) = run(&file, &case);
        let record = Record {
            version: "0.1.0".to_owned(),
            inputs: "00".to_owned(),
            surface: old.summary.surface,
        };
        let text = record.to_text("docwright generate");
        let parsed = Record::parse(&text).unwrap_or_else(|| panic!("{text}"));
        let without_old_location = |change: &Change| Change { old: None, ..change.clone() };
        let expected: Vec<Change> = changes.iter().map(without_old_location).collect();
        assert_eq!(compare(&parsed.surface, &new.summary.surface), expected, "{}", case.case);
    }
}

#[test]
fn a_document_does_not_differ_from_itself() {
    for (file, case) in cases() {
        let old = document(&file, &case.old);
        let first = inspect_document(&old, &case.manifest, Names::default());
        let second = inspect_document(&old, &case.manifest, first.summary.names.clone());
        let changes = compare(&first.summary.surface, &second.summary.surface);
        assert_eq!(changes, [], "{file}: {}", case.case);
    }
}

#[test]
fn both_locations_are_those_of_the_item() {
    let schemas = |ty: &str| json!({ "Order": { "type": "object", "properties": { "amount": { "type": ty } } } });
    let old = inspect_document(&document("a_received", &schemas("integer")), "", Names::default());
    let recorded = old.summary.names.clone();
    let new = inspect_document(&document("a_received", &schemas("string")), "", recorded);
    let changes = compare(&old.summary.surface, &new.summary.surface);
    let versions = docwright::changes::Versions { old: &old.sources, new: &new.sources };
    let json = docwright::changes::render_json(&changes, versions);
    let at: BTreeMap<&str, u64> = ["old", "new"]
        .into_iter()
        .map(|key| (key, json["changes"][0][key]["line"].as_u64().unwrap()))
        .collect();
    let text = |inspection: &Inspection, line: u64| {
        let text = inspection.sources.documents[0].text.to_string();
        text.lines().nth(usize::try_from(line).unwrap() - 1).unwrap().trim().to_owned()
    };
    assert_eq!(text(&old, at["old"]), "\"amount\": {");
    assert_eq!(text(&new, at["new"]), "\"amount\": {");
    let shown = docwright::changes::render_text(&changes, versions);
    assert!(shown.contains("acme.json:"), "{shown}");
}
