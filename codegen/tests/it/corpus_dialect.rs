//! Real documents and pages are rejected with an error or normalised to a document that the crate
//! `openapiv3` reads completely.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::corpus;
use docwright::dialect::{self, KeywordLedger};
use docwright::manifest::Manifest;
use docwright::page::Page;
use docwright::report::{Problem, Report, Severity};
use docwright::source::{Node, Sources};
use docwright::{Input, merge, page, source};

fn collect_files(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "md" || e == "json" || e == "yaml") {
            found.push(path);
        }
    }
}

/// Reads the pages of a file with the stages of the generator: each with its parsed block, or the
/// error that rejects it.
fn read_pages(path: &Path) -> Vec<Result<(Page, Node), Problem>> {
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let input = Input { file, bytes: std::fs::read(path).unwrap() };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let pages = page::read(&[input], &mut sources, &mut report);
    let errors = report.problems.into_iter().filter(|it| it.severity == Severity::Error).map(Err);
    let parsed = pages.into_iter().map(|page| {
        let node = source::parse(&sources, page.document)?;
        Ok((page, node))
    });
    errors.chain(parsed).collect()
}

/// Collects the pointers of values in `before` that are missing in `after` or differ. Empty values,
/// which the crate omits, are ignored.
fn collect_lost(
    before: &serde_json::Value,
    after: &serde_json::Value,
    pointer: &str,
    lost: &mut Vec<String>,
) {
    use serde_json::Value;
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                let is_empty = match value {
                    Value::Null | Value::Bool(false) => true,
                    Value::Array(items) => items.is_empty(),
                    Value::Object(map) => map.is_empty(),
                    _ => false,
                };
                match after.get(key) {
                    Some(after) => collect_lost(value, after, &format!("{pointer}/{key}"), lost),
                    None if is_empty => {}
                    None => lost.push(format!("{pointer}/{key}")),
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                collect_lost(before, after, &format!("{pointer}/{index}"), lost);
            }
        }
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => {}
        (before, after) if before == after => {}
        _ => lost.push(pointer.to_owned()),
    }
}

#[derive(Default)]
struct Counts {
    accepted: usize,
    rejected: usize,
    messages: BTreeMap<String, usize>,
}

fn normalise_file(path: &Path, counts: &mut Counts) {
    for read in read_pages(path) {
        let (page, node) = match read {
            Ok(read) => read,
            Err(problem) => {
                counts.rejected += 1;
                println!("rejected {}: {}", path.display(), problem.message);
                continue;
            }
        };
        let (mut report, mut ledger) = (Report::default(), KeywordLedger::default());
        let normalised = dialect::normalise(&page, node, &mut report, &mut ledger);
        for problem in &report.problems {
            let line = format!("{:?}: {}", problem.severity, problem.message);
            *counts.messages.entry(line).or_default() += 1;
        }
        let Some(document) = normalised else {
            counts.rejected += 1;
            assert!(report.has_errors(), "{}: rejected without an error", path.display());
            let errors = report.problems.iter().filter(|p| p.severity == Severity::Error);
            for error in errors {
                println!("rejected {}: {} ({:?})", page.file, error.message, error.label);
            }
            continue;
        };
        counts.accepted += 1;
        let json = document.root().to_json();
        let api: openapiv3::OpenAPI = serde_json::from_value(json.clone())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut lost = Vec::new();
        collect_lost(&json, &serde_json::to_value(&api).unwrap(), "", &mut lost);
        assert!(
            lost.is_empty(),
            "{}: {} values lost: {:?}",
            path.display(),
            lost.len(),
            lost.get(..20.min(lost.len()))
        );
    }
}

fn normalise_folder(folder: &str) {
    let corpus = corpus::folder();
    let mut paths = Vec::new();
    collect_files(&corpus.join(folder), &mut paths);
    let mut counts = Counts::default();
    for path in paths {
        normalise_file(&path, &mut counts);
    }
    println!("{folder}: {} accepted, {} rejected", counts.accepted, counts.rejected);
    let mut messages: Vec<_> = counts.messages.into_iter().collect();
    messages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (message, count) in messages.iter().take(60) {
        println!("{count:6}  {message}");
    }
    assert!(counts.accepted > 0);
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn the_pages_of_each_vendor_and_synthetic_set_are_merged_in_any_order() {
    let corpus = corpus::folder();
    let mut paths = Vec::new();
    collect_files(&corpus.join("pages"), &mut paths);
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
        let mut normalised = Vec::new();
        for path in &paths {
            for (page, node) in read_pages(path).into_iter().flatten() {
                let node =
                    dialect::normalise(&page, node, &mut report, &mut KeywordLedger::default());
                normalised.extend(node.map(|node| (page, node)));
            }
        }
        let mut report = Report::default();
        let manifest = Manifest::default();
        let merge = |pages, report: &mut Report| {
            merge::merge(pages, &manifest, report, &mut KeywordLedger::default())
        };
        let merged = merge(normalised.clone(), &mut report);
        normalised.reverse();
        let reversed = merge(normalised, &mut Report::default());
        assert_eq!(merged, reversed, "{vendor}: the order of the pages matters");
        let operations = merged.as_ref().map(|node| {
            let api: openapiv3::OpenAPI = serde_json::from_value(node.root().to_json()).unwrap();
            api.operations().count()
        });
        println!("{vendor}: {} pages, {operations:?} operations", paths.len());
        for problem in &report.problems {
            println!("    {:?}: {}", problem.severity, problem.message);
        }
    }
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn documents_are_rejected_or_normalised() {
    normalise_folder("specs");
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn pages_are_rejected_or_normalised() {
    normalise_folder("pages");
}
