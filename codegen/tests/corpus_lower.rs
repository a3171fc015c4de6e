//! Every document and page of the corpus through lowering: no panic, and as many operations as the
//! description has. The corpus lies beside the repository; without it this test says so and proves
//! nothing.

#![allow(clippy::disallowed_methods, reason = "a test takes the time")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use docwright::dialect::{self, KeywordLedger};
use docwright::ir::Api;
use docwright::lower::lower;
use docwright::report::Severity;
use docwright::source::{self, Node};
use docwright::{Input, Manifest, Report, page};

const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no corpus at {}", folder.display());
    None
}

/// The descriptions in a file as OpenAPI 3.0; the front end's refusals are another test's.
fn descriptions(file: &Path, report: &mut Report) -> Vec<Node> {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let input = Input { file: name, bytes: std::fs::read(file).unwrap() };
    let (sources, pages) = page::read(&[input], report);
    report.sources = sources;
    let mut account = KeywordLedger::default();
    let trees = pages.iter().filter_map(|page| {
        let node = source::parse(&report.sources, page.document).ok()?;
        dialect::normalise(page, node, report, &mut account)
    });
    trees.collect()
}

/// What came of a folder.
#[derive(Default)]
struct Tally {
    lowered: usize,
    refused: usize,
    operations: usize,
    kinds: BTreeMap<String, (usize, String)>,
}

fn run(folder: &Path) -> Tally {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e != "tsv"));
    files.sort();
    let mut tally = Tally::default();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut report = Report::default();
        for tree in descriptions(&file, &mut report) {
            report.problems.clear();
            let start = Instant::now();
            let api = lower(&Manifest::default(), &tree, &mut report);
            assert!(start.elapsed() < Duration::from_secs(10), "{name} took {:?}", start.elapsed());
            assert_eq!(
                api.is_none(),
                report.has_errors(),
                "{name}: an API, or an error, and never both"
            );
            tally.add(&name, &tree, api.as_ref(), &report);
        }
    }
    tally
}

impl Tally {
    fn add(&mut self, name: &str, tree: &Node, api: Option<&Api>, report: &Report) {
        match api {
            Some(api) => {
                assert_eq!(api.operations.len(), operations_of(tree), "{name}");
                self.lowered += 1;
                self.operations += api.operations.len();
            }
            None => self.refused += 1,
        }
        for problem in &report.problems {
            // Quoted names differ from location to location.
            let what: Vec<&str> = problem.what.split('`').step_by(2).collect();
            let kind = format!("{:?}: {}", problem.severity, what.join("…"));
            let example = || {
                (
                    0,
                    format!(
                        "{name}: {} {}",
                        problem.what,
                        problem.label.as_deref().unwrap_or_default()
                    ),
                )
            };
            self.kinds.entry(kind).or_insert_with(example).0 += 1;
            if problem.severity == Severity::Error {
                println!(
                    "{name}: {} {}",
                    problem.what,
                    problem.label.as_deref().unwrap_or_default()
                );
            }
        }
    }

    fn print(&self, title: &str) {
        println!(
            "{title}: {} lowered, {} refused, {} operations",
            self.lowered, self.refused, self.operations
        );
        for (kind, (count, example)) in &self.kinds {
            println!("  {count:5} × {kind}\n          {example}");
        }
    }
}

fn operations_of(tree: &Node) -> usize {
    let items =
        tree.get("paths").and_then(Node::as_object).into_iter().flat_map(|map| map.values());
    items.map(|item| METHODS.iter().filter(|method| item.get(method).is_some()).count()).sum()
}

#[test]
fn every_document() {
    let Some(folder) = corpus() else { return };
    let tally = run(&folder.join("specs"));
    tally.print("documents");
    assert!(
        tally.lowered > 40 && tally.refused <= 2,
        "{} lowered, {} refused",
        tally.lowered,
        tally.refused
    );
}

#[test]
fn every_page() {
    let Some(folder) = corpus() else { return };
    for kind in ["a", "b"] {
        let tally = run(&folder.join("pages").join(kind));
        tally.print(kind);
        assert!(
            tally.lowered > 100 && tally.refused <= 2,
            "{} lowered, {} refused",
            tally.lowered,
            tally.refused
        );
    }
}
