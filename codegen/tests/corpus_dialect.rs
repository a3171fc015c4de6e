//! Real documents and pages through `normalise`: each is accepted by the `openapiv3` crate without
//! losing anything, or refused with an error.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use docwright::dialect::{self, KeywordLedger};
use docwright::manifest::Manifest;
use docwright::page::Page;
use docwright::report::{Report, Severity};
use docwright::source::Node;
use docwright::{Input, merge, page, source};

fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: there is no corpus at {}", path.display());
    None
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "md" || e == "json" || e == "yaml") {
            found.push(path);
        }
    }
}

/// The descriptions in a file, read as the tool reads them, and what stands around them.
fn parts(path: &Path) -> Vec<(Page, Node)> {
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let input = Input { file, bytes: std::fs::read(path).unwrap() };
    let mut report = Report::default();
    let (sources, pages) = page::read(&[input], &mut report);
    assert!(!report.has_errors(), "{}: {:?}", path.display(), report.problems);
    let parsed = pages.into_iter().map(|page| {
        let node = source::parse(&sources, page.document);
        let node = node.unwrap_or_else(|problem| panic!("{}: {problem:?}", path.display()));
        (page, node)
    });
    parsed.collect()
}

/// Whether everything in `before` is also in `after`, but for what the crate writes differently.
fn lost(before: &serde_json::Value, after: &serde_json::Value, at: &str, out: &mut Vec<String>) {
    use serde_json::Value;
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                let empty = match value {
                    Value::Null | Value::Bool(false) => true,
                    Value::Array(items) => items.is_empty(),
                    Value::Object(map) => map.is_empty(),
                    _ => false,
                };
                match after.get(key) {
                    Some(after) => lost(value, after, &format!("{at}/{key}"), out),
                    None if empty => {}
                    None => out.push(format!("{at}/{key}")),
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                lost(before, after, &format!("{at}/{index}"), out);
            }
        }
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => {}
        (before, after) if before == after => {}
        _ => out.push(at.to_owned()),
    }
}

#[derive(Default)]
struct Counts {
    accepted: usize,
    refused: usize,
    messages: BTreeMap<String, usize>,
}

fn one(path: &Path, counts: &mut Counts) {
    for (page, node) in parts(path) {
        let (mut report, mut account) = (Report::default(), KeywordLedger::default());
        let normal = dialect::normalise(&page, node, &mut report, &mut account);
        for problem in &report.problems {
            let line = format!("{:?}: {}", problem.severity, problem.what);
            *counts.messages.entry(line).or_default() += 1;
        }
        let Some(normal) = normal else {
            counts.refused += 1;
            assert!(report.has_errors(), "{}: refused without a word", path.display());
            let errors = report.problems.iter().filter(|p| p.severity == Severity::Error);
            for error in errors {
                println!("refused {}: {} ({:?})", page.file, error.what, error.label);
            }
            continue;
        };
        counts.accepted += 1;
        let json = normal.to_json();
        let api: openapiv3::OpenAPI = serde_json::from_value(json.clone())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut lines = Vec::new();
        lost(&json, &serde_json::to_value(&api).unwrap(), "", &mut lines);
        assert!(
            lines.is_empty(),
            "{}: {} lost: {:?}",
            path.display(),
            lines.len(),
            lines.get(..20.min(lines.len()))
        );
    }
}

fn run(folder: &str) {
    let Some(corpus) = corpus() else { return };
    let mut paths = Vec::new();
    files(&corpus.join(folder), &mut paths);
    let mut counts = Counts::default();
    for path in paths {
        one(&path, &mut counts);
    }
    println!("{folder}: {} accepted, {} refused", counts.accepted, counts.refused);
    let mut messages: Vec<_> = counts.messages.into_iter().collect();
    messages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (message, count) in messages.iter().take(60) {
        println!("{count:6}  {message}");
    }
    assert!(counts.accepted > 0);
}

/// The pages of each vendor, and each synthetic set, merged.
#[test]
fn vendors() {
    let Some(corpus) = corpus() else { return };
    let mut paths = Vec::new();
    files(&corpus.join("pages"), &mut paths);
    let mut vendors: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let folder = path.parent().unwrap().strip_prefix(corpus.join("pages")).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let vendor = name.split('-').next().unwrap_or_default();
        let key = match folder.components().count() {
            1 => format!("{} {vendor}", folder.display()),
            _ => folder.display().to_string(),
        };
        vendors.entry(key).or_default().push(path);
    }
    for (vendor, paths) in vendors {
        let mut report = Report::default();
        let mut read = Vec::new();
        for path in &paths {
            for (page, node) in parts(path) {
                let normal =
                    dialect::normalise(&page, node, &mut report, &mut KeywordLedger::default());
                read.extend(normal.map(|node| (page, node)));
            }
        }
        let mut report = Report::default();
        let manifest = Manifest::default();
        let merge = |read, report: &mut Report| {
            merge::merge(read, &manifest, report, &mut KeywordLedger::default())
        };
        let merged = merge(read.clone(), &mut report);
        read.reverse();
        assert_eq!(merged, merge(read, &mut Report::default()), "{vendor}: order matters");
        let operations = merged.as_ref().map(|node| {
            let api: openapiv3::OpenAPI = serde_json::from_value(node.to_json()).unwrap();
            api.operations().count()
        });
        println!("{vendor}: {} pages, {operations:?} operations", paths.len());
        for problem in &report.problems {
            println!("    {:?}: {}", problem.severity, problem.what);
        }
    }
}

#[test]
fn documents() {
    run("specs");
}

#[test]
fn pages() {
    run("pages");
}
