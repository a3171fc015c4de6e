//! Reads a document up to `lower`: parsed, audited and normalised, as in the generator.

use docwright::dialect::{self, KeywordLedger, OpenApi30};
use docwright::{Input, Report, Sources, page, source};

/// Returns the document as OpenAPI 3.0, unless it is rejected. Problems are added to the report.
pub fn normalise(file: &str, text: &str, report: &mut Report) -> Option<OpenApi30> {
    let input = Input { file: file.to_owned(), bytes: text.into() };
    let mut sources = Sources::default();
    let pages = page::read(&[input], &mut sources, report);
    let [page] = pages.as_slice() else { panic!("{file} is not one document: {report:?}") };
    let tree = source::parse(&sources, page.document);
    let tree = tree.unwrap_or_else(|problem| panic!("{file}: {problem:?}"));
    dialect::normalise(page, tree, report, &mut KeywordLedger::default())
}
