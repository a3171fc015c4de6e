//! The printed table: a line for each crate, the failures, and totals.

use std::fmt::Write as _;

use docwright::cli::count_noun;

use super::case::CaseResult;
use super::{EXPECTED_FAILURES, ExpectedFailures};
use crate::subjects::SubjectKind;

/// Returns the line of a crate.
///
/// ```text
/// pets                             ok      20/20 operations     12 types    3 warnings   0.01 s   check 0.6 s
/// ```
pub fn case_line(result: &CaseResult) -> String {
    let verdict = if result.failure().is_some() { "FAILED" } else { "ok" };
    let types: usize = match &result.generated.result {
        Ok(output) => output.vendors.iter().map(|vendor| vendor.types).sum(),
        Err(_) => 0,
    };
    let mut text = format!(
        "{:30} {verdict:6} {:>4}/{:<4} operations {types:>5} types {:>4} warnings {:>7.3} s",
        result.name,
        result.operations(),
        result.declared,
        result.warnings(),
        result.generated.took.as_secs_f64(),
    );
    for check in &result.checks {
        let command = check.command.subcommand();
        match check.took {
            _ if !check.errors.is_empty() => {
                let _ = write!(text, "   {command}: {} errors", check.errors.len());
            }
            Some(took) => {
                let _ = write!(text, "   {command} {:>5.1} s", took.as_secs_f64());
            }
            None => {
                let _ = write!(text, "   {command} unchanged");
            }
        }
    }
    text + "\n"
}

/// Returns the failures and totals of a run, and whether all failures are expected.
///
/// Expected failures that did not occur are only reported if the run `is_complete`.
pub fn summary(
    results: &[CaseResult],
    expected: &ExpectedFailures,
    is_complete: bool,
) -> (String, bool) {
    let mut text = String::new();
    let mut is_expected = true;
    for result in results {
        let Some(failure) = result.failure() else { continue };
        let _ = match expected.get(&result.name) {
            Some(reason) => writeln!(text, "\n{}, as expected: {reason}\n{failure}", result.name),
            None => {
                is_expected = false;
                writeln!(text, "\n{}\n{failure}", result.name)
            }
        };
    }
    for name in expected.keys().filter(|_| is_complete) {
        let failed =
            results.iter().any(|result| result.name == *name && result.failure().is_some());
        if !failed {
            is_expected = false;
            let _ = writeln!(text, "\n{name} does not fail: remove it from {EXPECTED_FAILURES}");
        }
    }
    text.push('\n');
    for (kind, noun) in [(SubjectKind::Document, "document"), (SubjectKind::Pages, "page")] {
        text.push_str(&totals(results.iter().filter(|it| it.kind == kind).collect(), noun));
    }
    (text, is_expected)
}

/// Returns the line of totals: `56 documents in 56 crates: 55 generated, 54 compile without a
/// warning; 4021 of 4022 operations`.
fn totals(results: Vec<&CaseResult>, noun: &str) -> String {
    if results.is_empty() {
        return String::new();
    }
    let files = |filter: &dyn Fn(&CaseResult) -> bool| -> usize {
        results.iter().filter(|result| filter(result)).map(|result| result.files).sum()
    };
    let mut text = format!(
        "{} in {}: {} generated",
        count_noun(files(&|_| true), noun),
        count_noun(results.len(), "crate"),
        files(&|result| result.generated.result.is_ok()),
    );
    if results.iter().any(|result| !result.checks.is_empty()) {
        let compiles = |it: &CaseResult| !it.checks.is_empty() && it.failure().is_none();
        let _ = write!(text, ", {} compile without a warning", files(&compiles));
    }
    let operations: usize = results.iter().map(|result| result.operations()).sum();
    let declared: usize = results.iter().map(|result| result.declared).sum();
    let _ = writeln!(text, "; {operations} of {declared} operations");
    text
}
