//! Describes the generated files that differ from those on disk.

use std::fmt::Write as _;

use similar::TextDiff;

use super::count_noun;
use crate::files::{Change, ChangeKind};

/// How many files are shown with their differing lines; the others are only listed.
const FILES_SHOWN: usize = 5;

/// How many differing lines of a file are shown.
const LINES_SHOWN: usize = 20;

/// Describes each changed file of a folder: its kind of change and its path, and for the first files
/// their differing lines, as far as `old_and_new_text` returns them.
pub fn describe_changes<'t>(
    folder: &str,
    changes: &[Change],
    old_and_new_text: impl Fn(&Change) -> Option<(&'t str, &'t str)>,
) -> String {
    let mut text = String::new();
    let mut shown = 0;
    for change in changes {
        let _ = writeln!(text, "{:<11}{folder}/{}", change_name(change.kind), change.path);
        if change.kind == ChangeKind::LineEndings {
            text.push_str("           only the line endings differ; see .gitattributes\n");
        } else if change.kind == ChangeKind::Changed
            && shown < FILES_SHOWN
            && let Some((old, new)) = old_and_new_text(change)
        {
            shown += 1;
            text.push_str(&difference(old, new));
        }
    }
    text
}

/// Returns the kind of a change in one or two words.
pub fn change_name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Missing => "missing",
        ChangeKind::Changed | ChangeKind::LineEndings => "changed",
        ChangeKind::Stale => "left over",
    }
}

/// Returns the number of changes of each kind: `1 changed, 2 missing`.
pub fn count_changes<'c>(changes: impl Iterator<Item = &'c Change> + Clone) -> String {
    let counts = ["changed", "missing", "left over"].map(|name| {
        let count = changes.clone().filter(|change| change_name(change.kind) == name).count();
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
        let more = count_noun(lines.len() - LINES_SHOWN, "more line");
        let _ = writeln!(text, "    … {more}");
    }
    text
}
