//! What a rule of `vendor.toml` was applied to. A rule skips the operations that it does not fit.

use std::collections::BTreeMap;

use crate::report::{Location, Problem, Report};

/// How many operations a message names for each reason.
const MAX_NAMES: usize = 3;

/// What a rule was applied to.
#[derive(Default)]
pub struct RuleUse {
    /// The number of operations that it fits.
    pub fits: usize,
    /// The keys of the operations that it does not fit, by reason.
    skipped: BTreeMap<String, Vec<String>>,
}

impl RuleUse {
    /// Adds an operation that the rule does not fit.
    pub fn skip(&mut self, operation: String, reason: impl Into<String>) {
        self.skipped.entry(reason.into()).or_default().push(operation);
    }

    /// Whether the rule selects no operation.
    pub fn is_empty(&self) -> bool {
        self.fits == 0 && self.skipped.is_empty()
    }

    /// Reports the operations that the rule called `name` skips: in one note, or as a mistake if it fits
    /// none.
    pub fn report(&self, name: &str, location: Location, report: &mut Report) {
        let count: usize = self.skipped.values().map(Vec::len).sum();
        if count == 0 {
            return;
        }
        let skipped = self.skipped.iter();
        let reasons = reasons_text(skipped.map(|(reason, keys)| (reason.as_str(), keys)));
        if self.fits > 0 {
            let all = self.fits + count;
            let message =
                format!("{name} applies to {} of {all} operations; it skips {reasons}", self.fits);
            return report.push(Problem::note(location, message));
        }
        let message = format!("{name} fits no operation; it skips {reasons}");
        let help = "correct the rule, or name other operations";
        report.error_or_warn(Problem::error(location, message).help(help));
    }
}

/// Returns each reason with the number of operations and some of them.
pub fn reasons_text<'r>(reasons: impl Iterator<Item = (&'r str, &'r Vec<String>)>) -> String {
    let text = |(reason, operations): (&str, &Vec<String>)| {
        format!("{} because {reason} ({})", operations.len(), operation_names(operations))
    };
    let reasons: Vec<String> = reasons.map(text).collect();
    reasons.join("; ")
}

/// Returns the first of these operations.
pub fn operation_names(operations: &[String]) -> String {
    let shown = operations.iter().take(MAX_NAMES).map(|key| format!("`{key}`"));
    let shown: Vec<String> = shown.collect();
    let more = if operations.len() > MAX_NAMES { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
