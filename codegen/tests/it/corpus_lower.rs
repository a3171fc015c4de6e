//! Every document and page of the corpus is lowered without a panic and with all of its operations.

use std::collections::BTreeMap;
use std::path::Path;

use crate::corpus;
use docwright::dialect::{self, KeywordLedger, OpenApi30};
use docwright::ir::Api;
use docwright::lower::lower;
use docwright::report::Severity;
use docwright::source::{self, Node, Sources};
use docwright::{Input, Manifest, Report, page};

const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/// Returns the documents of a file as OpenAPI 3.0. Those that cannot be normalised are skipped.
fn normalised_documents(file: &Path, report: &mut Report) -> Vec<OpenApi30> {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let input = Input { file: name, bytes: std::fs::read(file).unwrap() };
    let mut sources = Sources::default();
    let pages = page::read(&[input], &mut sources, report);
    let mut ledger = KeywordLedger::default();
    let trees = pages.iter().filter_map(|page| {
        let node = source::parse(&sources, page.document).ok()?;
        dialect::normalise(page, node, report, &mut ledger)
    });
    trees.collect()
}

/// The results of a folder.
#[derive(Default)]
struct Stats {
    lowered: usize,
    rejected: usize,
    operations: usize,
    /// The number of problems by message, each with an example.
    problems: BTreeMap<String, (usize, String)>,
}

fn lower_folder(folder: &Path) -> Stats {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e != "tsv"));
    files.sort();
    let mut stats = Stats::default();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut report = Report::default();
        for tree in normalised_documents(&file, &mut report) {
            report.problems.clear();
            let api = lower(&Manifest::default(), &tree, &mut report);
            assert_eq!(
                api.is_none(),
                report.has_errors(),
                "{name}: there must be either an API or an error"
            );
            stats.add(&name, tree.root(), api.as_ref(), &report);
        }
    }
    stats
}

impl Stats {
    fn add(&mut self, name: &str, tree: &Node, api: Option<&Api>, report: &Report) {
        match api {
            Some(api) => {
                assert_eq!(api.operations.len(), count_operations(tree), "{name}");
                self.lowered += 1;
                self.operations += api.operations.len();
            }
            None => self.rejected += 1,
        }
        for problem in &report.problems {
            // Quoted names are removed so that equal messages are counted together.
            let parts: Vec<&str> = problem.message.split('`').step_by(2).collect();
            let message = format!("{:?}: {}", problem.severity, parts.join("…"));
            let example = || {
                (
                    0,
                    format!(
                        "{name}: {} {}",
                        problem.message,
                        problem.label.as_deref().unwrap_or_default()
                    ),
                )
            };
            self.problems.entry(message).or_insert_with(example).0 += 1;
            if problem.severity == Severity::Error {
                println!(
                    "{name}: {} {}",
                    problem.message,
                    problem.label.as_deref().unwrap_or_default()
                );
            }
        }
    }

    fn print(&self, title: &str) {
        println!(
            "{title}: {} lowered, {} rejected, {} operations",
            self.lowered, self.rejected, self.operations
        );
        for (message, (count, example)) in &self.problems {
            println!("  {count:5} × {message}\n          {example}");
        }
    }
}

fn count_operations(tree: &Node) -> usize {
    let items =
        tree.get("paths").and_then(Node::as_object).into_iter().flat_map(|map| map.values());
    items.map(|item| METHODS.iter().filter(|method| item.get(method).is_some()).count()).sum()
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn every_document_is_lowered() {
    let folder = corpus::folder();
    let stats = lower_folder(&folder.join("specs"));
    stats.print("documents");
    assert!(
        stats.lowered > 40 && stats.rejected <= 2,
        "{} lowered, {} rejected",
        stats.lowered,
        stats.rejected
    );
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn every_page_is_lowered() {
    let folder = corpus::folder();
    for kind in ["a", "b"] {
        let stats = lower_folder(&folder.join("pages").join(kind));
        stats.print(kind);
        assert!(
            stats.lowered > 100 && stats.rejected <= 2,
            "{} lowered, {} rejected",
            stats.lowered,
            stats.rejected
        );
    }
}
