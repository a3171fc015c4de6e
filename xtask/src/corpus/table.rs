//! The table: a line for each crate, sums, and why the rest failed.

use std::fmt::Write as _;

use docwright::cli::counted;

use super::expected::{EXPECTED, Expected};
use super::subjects::Kind;
use super::trial::Trial;

/// ```text
/// pets                             ok      20/20 operations     12 types    3 warnings   0.01 s   check 0.6 s
/// ```
pub fn line(trial: &Trial) -> String {
    let verdict = if trial.failure().is_some() { "FAILED" } else { "ok" };
    let types: usize = match &trial.generated.result {
        Ok(output) => output.vendors.iter().map(|vendor| vendor.types).sum(),
        Err(_) => 0,
    };
    let mut text = format!(
        "{:30} {verdict:6} {:>4}/{:<4} operations {types:>5} types {:>4} warnings {:>7.3} s",
        trial.name,
        trial.operations(),
        trial.declared,
        trial.warnings(),
        trial.generated.took.as_secs_f64(),
    );
    for checked in &trial.checked {
        let word = checked.command.word();
        match checked.took {
            _ if !checked.errors.is_empty() => {
                let _ = write!(text, "   {word}: {} errors", checked.errors.len());
            }
            Some(took) => {
                let _ = write!(text, "   {word} {:>5.1} s", took.as_secs_f64());
            }
            None => {
                let _ = write!(text, "   {word} as before");
            }
        }
    }
    text + "\n"
}

/// What the run came to, and whether it is what was expected. Only a `whole` run can tell that
/// something expected did not fail.
pub fn close(trials: &[Trial], expected: &Expected, whole: bool) -> (String, bool) {
    let mut text = String::new();
    let mut fine = true;
    for trial in trials {
        let Some(failure) = trial.failure() else { continue };
        let _ = match expected.0.get(&trial.name) {
            Some(reason) => writeln!(text, "\n{}, as expected: {reason}\n{failure}", trial.name),
            None => {
                fine = false;
                writeln!(text, "\n{}\n{failure}", trial.name)
            }
        };
    }
    for name in expected.0.keys().filter(|_| whole) {
        let failed = trials.iter().any(|trial| trial.name == *name && trial.failure().is_some());
        if !failed {
            fine = false;
            let _ = writeln!(text, "\n{name} does not fail: take it out of {EXPECTED}");
        }
    }
    text.push('\n');
    for (kind, noun) in [(Kind::Document, "document"), (Kind::Pages, "page")] {
        text.push_str(&sum(trials.iter().filter(|trial| trial.kind == kind).collect(), noun));
    }
    (text, fine)
}

/// `56 documents: 55 generated, 54 compile; 4021 of 4022 operations`
fn sum(trials: Vec<&Trial>, noun: &str) -> String {
    if trials.is_empty() {
        return String::new();
    }
    let files = |wanted: &dyn Fn(&Trial) -> bool| -> usize {
        trials.iter().filter(|trial| wanted(trial)).map(|trial| trial.files).sum()
    };
    let mut text = format!(
        "{} in {}: {} generated",
        counted(files(&|_| true), noun),
        counted(trials.len(), "crate"),
        files(&|trial| trial.generated.result.is_ok()),
    );
    if trials.iter().any(|trial| !trial.checked.is_empty()) {
        let fine = |trial: &Trial| !trial.checked.is_empty() && trial.failure().is_none();
        let _ = write!(text, ", {} compile without a warning", files(&fine));
    }
    let operations: usize = trials.iter().map(|trial| trial.operations()).sum();
    let declared: usize = trials.iter().map(|trial| trial.declared).sum();
    let _ = writeln!(text, "; {operations} of {declared} operations");
    text
}
