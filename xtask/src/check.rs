//! What `cargo xtask regen --check` says.

use std::fmt::Write as _;

use docwright::cli;
use docwright::files::{Change, ChangeKind};
use similar::TextDiff;

use crate::regen::{GENERATED, Regen};
use crate::vendors::SPECS;

/// Files whose differing lines are shown; of the others only the name.
const FILES_SHOWN: usize = 5;

/// Differing lines shown of one file.
const LINES_SHOWN: usize = 20;

/// Every file that is not as it should be, in words, and what to type.
pub fn describe(regen: &Regen) -> String {
    if regen.is_fresh() {
        return format!("{GENERATED}/ is what specs/ gives\n");
    }
    let mut text = String::new();
    let mut shown = 0;
    for change in &regen.changes {
        let _ = writeln!(text, "{:<11}{GENERATED}/{}", word(change.kind), change.path);
        if change.kind == ChangeKind::LineEndings {
            text.push_str("           only the line endings differ; see .gitattributes\n");
        } else if shown < FILES_SHOWN
            && let Some((old, new)) = regen.texts(change)
        {
            shown += 1;
            text.push_str(&difference(old, new));
        }
    }
    for change in &regen.record_changes {
        let _ = writeln!(text, "{:<11}{SPECS}/{}", word(change.kind), change.path);
    }
    let all = [regen.changes.as_slice(), &regen.record_changes].concat();
    if !all.is_empty() {
        let counts = counts(&all);
        let _ = writeln!(text, "{GENERATED}/ is not what specs/ gives: {counts}");
        text.push_str("run `cargo xtask regen` and commit what it writes\n");
    }
    if !regen.folders.problems.is_empty() {
        text.push_str("specs/ has to be mended as the warnings say\n");
    }
    text
}

fn word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Missing => "missing",
        ChangeKind::Changed | ChangeKind::LineEndings => "changed",
        ChangeKind::LeftOver => "left over",
    }
}

/// `1 changed, 2 missing`
fn counts(changes: &[Change]) -> String {
    let counts = ["changed", "missing", "left over"].map(|name| {
        let count = changes.iter().filter(|change| word(change.kind) == name).count();
        (count > 0).then(|| format!("{count} {name}"))
    });
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The first differing lines: `-` as on disk, `+` as it should be.
fn difference(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let whole = diff.unified_diff().context_radius(1).to_string();
    let lines: Vec<&str> = whole.lines().collect();
    let mut text = String::new();
    for line in lines.iter().take(LINES_SHOWN) {
        let _ = writeln!(text, "    {line}");
    }
    if lines.len() > LINES_SHOWN {
        let more = cli::counted(lines.len() - LINES_SHOWN, "more line");
        let _ = writeln!(text, "    … {more}");
    }
    text
}
