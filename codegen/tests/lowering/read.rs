//! Audits a document, as `lower` requires.

use docwright::Report;
use docwright::dialect::{self, KeywordLedger, OpenApi30};
use docwright::page::Page;
use docwright::source::Node;

/// Converts a parsed document to OpenAPI 3.0.
pub fn audit(node: Node, report: &mut Report) -> Option<OpenApi30> {
    dialect::normalise(&Page::default(), node, report, &mut KeywordLedger::default())
}
