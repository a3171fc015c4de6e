//! The output of `cargo xtask regen --check`.

use std::fmt::Write as _;

use docwright::cli::{count_changes, describe_changes};
use docwright::files::Change;

use super::compute::{GENERATED, Regen};
use crate::vendors::SPECS;

/// Describes every file that is out of date, and names the command that updates it.
pub fn describe(regen: &Regen) -> String {
    if regen.is_fresh() {
        return format!("{GENERATED}/ is up to date with specs/\n");
    }
    let mut text =
        describe_changes(GENERATED, &regen.changes, |change| regen.old_and_new_text(change));
    let records: Vec<Change> = regen.stale_records().cloned().collect();
    text.push_str(&describe_changes(SPECS, &records, |_| None));
    let all = regen.changes.iter().chain(&records);
    if all.clone().next().is_some() {
        let counts = count_changes(all);
        let _ = writeln!(text, "{GENERATED}/ is out of date with specs/: {counts}");
        text.push_str("run `cargo xtask regen` and commit the result\n");
    }
    if !regen.folders.problems.is_empty() {
        text.push_str("fix specs/ as the warnings above say\n");
    }
    text
}
