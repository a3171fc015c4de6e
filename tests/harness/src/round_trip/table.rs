//! The printed table: a line for each document, the findings, and totals.

use std::fmt::Write as _;

use super::stats::{Count, DocumentStats, ValueKind};
use crate::known::KnownFindings;

/// How many unsupported schemas and fields of a document are shown.
const SHOWN: usize = 12;

/// Returns the line of a document.
///
/// ```text
/// museum     12 types   14/14 examples   0/0 undeclared   2 invalid   240/240 generated   0 nulls   build 2.1 s
/// ```
pub fn document_line(stats: &DocumentStats) -> String {
    let example = stats.count(ValueKind::Example);
    let undeclared = stats.count(ValueKind::UndeclaredFields);
    let generated = stats.count(ValueKind::Generated);
    let mut text = format!(
        "{:30} {:>5} types {:>5}/{:<5} examples {:>3}/{:<3} undeclared {:>4} invalid {:>6}/{:<6} generated {:>5} nulls",
        stats.name,
        stats.types,
        example.survived,
        example.all,
        undeclared.survived,
        undeclared.all,
        stats.invalid,
        generated.survived,
        generated.all,
        example.nulls + generated.nulls,
    );
    if !stats.incomplete.is_empty() {
        let _ = write!(text, "   {} incomplete", stats.incomplete.len());
    }
    if !stats.unsupported.is_empty() {
        let _ = write!(text, "   {} unsupported", stats.unsupported.len());
    }
    if let Some(took) = stats.built {
        let _ = write!(text, "   build {:.1} s", took.as_secs_f64());
    }
    text + "\n"
}

/// Returns the findings and totals of a run, and whether all findings are known.
pub fn summary(
    documents: &[DocumentStats],
    known: &KnownFindings,
    is_complete: bool,
) -> (String, bool) {
    let (mut text, mut is_expected) = (String::new(), true);
    for stats in documents {
        let others = known.describe_others(&stats.name, &stats.findings);
        is_expected &= others.is_empty();
        if !others.is_empty()
            || !stats.incomplete.is_empty()
            || !stats.unsupported.is_empty()
            || !stats.null_fields.is_empty()
        {
            let _ = write!(text, "\n{}\n{others}", stats.name);
        }
        if !stats.incomplete.is_empty() {
            let incomplete = stats.incomplete.join(", ");
            let _ = writeln!(text, "  types with too few generated values: {incomplete}");
        }
        if !stats.null_fields.is_empty() {
            let count = stats.null_fields.len();
            let shown: Vec<&str> =
                stats.null_fields.iter().take(SHOWN).map(String::as_str).collect();
            let _ = writeln!(text, "  null is missing in {count} fields: {}", shown.join(", "));
        }
        for message in stats.unsupported.iter().take(SHOWN) {
            let _ = writeln!(text, "  schema not supported by the validator: {message}");
        }
    }
    let findings = documents.iter().map(|it| (it.name.as_str(), it.findings.iter().collect()));
    let (entries, all_used) = known.summary(&findings.collect(), is_complete);
    text.push_str(&entries);
    text.push_str(&totals(documents));
    (text, is_expected && all_used)
}

fn totals(documents: &[DocumentStats]) -> String {
    let mut text = String::from("\n");
    let kinds = [
        (ValueKind::Example, "valid examples"),
        (ValueKind::UndeclaredFields, "valid examples with undeclared fields"),
        (ValueKind::Generated, "generated values"),
    ];
    for (kind, noun) in kinds {
        let mut sum = Count::default();
        for count in documents.iter().map(|stats| stats.count(kind)) {
            sum.all += count.all;
            sum.survived += count.survived;
            sum.nulls += count.nulls;
        }
        #[allow(clippy::cast_precision_loss, reason = "a percentage")]
        let share = 100.0 * sum.survived as f64 / sum.all.max(1) as f64;
        let _ = writeln!(
            text,
            "{} of {} {noun} are unchanged, {share:.3} %; {} of them lack a field that was null",
            sum.survived, sum.all, sum.nulls
        );
    }
    text
}
