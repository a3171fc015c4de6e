//! Reads a document up to `lower`: parsed, audited and normalised, as in the generator.

use docwright::dialect::{self, KeywordLedger};
use docwright::source::{self, Node};
use docwright::{Input, Report, page};

/// Returns the document as OpenAPI 3.0, unless it is rejected. Problems are added to the report.
pub fn normalise(file: &str, text: &str, report: &mut Report) -> Option<Node> {
    let input = Input { file: file.to_owned(), bytes: text.into() };
    let (sources, pages) = page::read(&[input], report);
    report.sources = sources;
    let [page] = pages.as_slice() else { panic!("{file} is not one document: {report:?}") };
    let tree = source::parse(&report.sources, page.document);
    let tree = tree.unwrap_or_else(|problem| panic!("{file}: {problem:?}"));
    dialect::normalise(page, tree, report, &mut KeywordLedger::default())
}
