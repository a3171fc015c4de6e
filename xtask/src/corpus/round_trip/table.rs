//! The printed table: a line for each document, the findings, and totals.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::allowlist::{ALLOWLIST, Allowlist};
use super::stats::{Count, DocumentStats, Finding, ValueKind};

/// How many findings of a document are shown in full.
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

/// Returns the findings and totals of a run, and whether all findings are in the allowlist.
///
/// Unused entries of the allowlist are only reported if the run `is_complete`.
pub fn summary(
    documents: &[DocumentStats],
    allowlist: &Allowlist,
    is_complete: bool,
) -> (String, bool) {
    let mut text = String::new();
    let mut is_expected = true;
    let mut used = BTreeMap::<usize, usize>::new();
    for stats in documents {
        let mut groups: BTreeMap<(ValueKind, &str, String), Vec<&Finding>> = BTreeMap::new();
        for finding in &stats.findings {
            match allowlist.entry(&stats.name, finding) {
                Some(index) => *used.entry(index).or_default() += 1,
                None => {
                    is_expected = false;
                    let key = (finding.kind, finding.ty.as_str(), without_values(&finding.message));
                    groups.entry(key).or_default().push(finding);
                }
            }
        }
        let has_gaps = !stats.incomplete.is_empty() || !stats.unsupported.is_empty();
        if !groups.is_empty() || has_gaps {
            let _ = writeln!(text, "\n{}", stats.name);
        }
        for ((kind, ty, _), findings) in groups.iter().take(SHOWN) {
            let Some(first) = findings.first() else { continue };
            let value: String = first.value.chars().take(400).collect();
            let _ = writeln!(
                text,
                "  {kind:?} {ty} ×{}: {}\n    {value}",
                findings.len(),
                first.message
            );
        }
        if groups.len() > SHOWN {
            let _ = writeln!(text, "  … and {} more", groups.len() - SHOWN);
        }
        if !stats.incomplete.is_empty() {
            let incomplete = stats.incomplete.join(", ");
            let _ = writeln!(text, "  types with too few generated values: {incomplete}");
        }
        for message in stats.unsupported.iter().take(SHOWN) {
            let _ = writeln!(text, "  schema not supported by the validator: {message}");
        }
    }
    for (index, known) in allowlist.known.iter().enumerate() {
        let parts = [known.name.as_str(), known.ty.as_str(), known.starts_with.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        let (entry, reason) = (parts.join(" "), known.reason.as_str());
        match used.get(&index) {
            Some(count) => drop(writeln!(text, "\n{count}× {entry}, as expected: {reason}")),
            None if is_complete => {
                is_expected = false;
                let _ = writeln!(text, "\n{entry} did not occur: remove it from {ALLOWLIST}");
            }
            None => (),
        }
    }
    text.push_str(&totals(documents));
    (text, is_expected)
}

/// Returns a finding's message without values, so that equal findings can be grouped.
fn without_values(message: &str) -> String {
    message.split(": ").next().unwrap_or_default().to_owned()
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
