//! The output of `cargo xtask regen --check`.

use std::fmt::Write as _;

use docwright::cli;
use docwright::files::{Change, ChangeKind};
use similar::TextDiff;

use super::compute::{GENERATED, Regen};
use crate::vendors::SPECS;

/// How many files are shown with their differing lines; the others are only listed.
const FILES_SHOWN: usize = 5;

/// How many differing lines of a file are shown.
const LINES_SHOWN: usize = 20;

/// Describes every file that is out of date, and names the command that updates it.
pub fn describe(regen: &Regen) -> String {
    if regen.is_fresh() {
        return format!("{GENERATED}/ is up to date with specs/\n");
    }
    let mut text = String::new();
    let mut shown = 0;
    for change in &regen.changes {
        let _ = writeln!(text, "{:<11}{GENERATED}/{}", status(change.kind), change.path);
        if change.kind == ChangeKind::LineEndings {
            text.push_str("           only the line endings differ; see .gitattributes\n");
        } else if shown < FILES_SHOWN
            && let Some((old, new)) = regen.old_and_new_text(change)
        {
            shown += 1;
            text.push_str(&difference(old, new));
        }
    }
    for change in &regen.record_changes {
        let _ = writeln!(text, "{:<11}{SPECS}/{}", status(change.kind), change.path);
    }
    let all = [regen.changes.as_slice(), &regen.record_changes].concat();
    if !all.is_empty() {
        let counts = counts(&all);
        let _ = writeln!(text, "{GENERATED}/ is out of date with specs/: {counts}");
        text.push_str("run `cargo xtask regen` and commit the result\n");
    }
    if !regen.folders.problems.is_empty() {
        text.push_str("fix specs/ as the warnings above say\n");
    }
    text
}

fn status(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Missing => "missing",
        ChangeKind::Changed | ChangeKind::LineEndings => "changed",
        ChangeKind::Stale => "left over",
    }
}

/// Returns the number of changes of each kind: `1 changed, 2 missing`.
fn counts(changes: &[Change]) -> String {
    let counts = ["changed", "missing", "left over"].map(|name| {
        let count = changes.iter().filter(|change| status(change.kind) == name).count();
        (count > 0).then(|| format!("{count} {name}"))
    });
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns the first differing lines: `-` on disk, `+` as generated.
fn difference(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let whole = diff.unified_diff().context_radius(1).to_string();
    let lines: Vec<&str> = whole.lines().collect();
    let mut text = String::new();
    for line in lines.iter().take(LINES_SHOWN) {
        let _ = writeln!(text, "    {line}");
    }
    if lines.len() > LINES_SHOWN {
        let more = cli::count_noun(lines.len() - LINES_SHOWN, "more line");
        let _ = writeln!(text, "    … {more}");
    }
    text
}
