//! Counts the methods and types that are equal, explained and unexplained.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use docwright::Report;
use docwright::report::Severity;

use super::compare::compare_forms;
use super::difference::Difference;
use super::form::ApiForm;
use super::rules::{FormPair, RULES, Rule};

/// The counts of one group of comparisons.
#[derive(Default)]
struct GroupStats {
    compared: usize,
    equal: usize,
    explained: usize,
    unexplained: usize,
    rejected: usize,
}

/// Both forms, or the problems for which they are rejected.
type FormResults = (Result<ApiForm, Report>, Result<ApiForm, Report>);

fn error_messages(report: &Report) -> String {
    let errors = report.problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// The counts of all groups.
#[derive(Default)]
pub struct Stats {
    groups: BTreeMap<String, GroupStats>,
    rules: BTreeMap<&'static str, usize>,
    /// The differences that no rule explains, each with the page.
    pub unexplained: Vec<(String, Difference)>,
    /// The pages of which one form is rejected and the other is not, with the errors.
    pub rejected_in_one_form: Vec<String>,
}

impl Stats {
    /// Compares two forms, or counts the pair as rejected if both forms are.
    pub fn add_results(&mut self, group: &str, page: &str, results: FormResults) {
        match results {
            (Ok(openapi), Ok(dialect)) => {
                let forms = FormPair { openapi: &openapi, dialect: &dialect, changed: None };
                self.add(group, page, &forms);
            }
            (Err(_), Err(_)) => self.groups.entry(group.to_owned()).or_default().rejected += 1,
            (Err(report), Ok(_)) => {
                let errors = error_messages(&report);
                self.rejected_in_one_form.push(format!("{page}, OpenAPI: {errors}"));
            }
            (Ok(_), Err(report)) => {
                let errors = error_messages(&report);
                self.rejected_in_one_form.push(format!("{page}, dialect: {errors}"));
            }
        }
    }

    /// Compares two forms and counts the result in a group.
    pub fn add(&mut self, group: &str, page: &str, forms: &FormPair<'_>) {
        let comparison = compare_forms(forms.openapi, forms.dialect);
        let (mut explained, mut unexplained) = (BTreeSet::new(), BTreeSet::new());
        for difference in comparison.differences {
            let subject = difference.subject().to_owned();
            match Rule::find(&difference, forms) {
                Some(rule) => {
                    *self.rules.entry(rule.name).or_default() += 1;
                    explained.insert(subject);
                }
                None => {
                    unexplained.insert(subject);
                    self.unexplained.push((page.to_owned(), difference));
                }
            }
        }
        let explained = explained.difference(&unexplained).count();
        let stats = self.groups.entry(group.to_owned()).or_default();
        stats.compared += 1;
        stats.explained += explained;
        stats.unexplained += unexplained.len();
        stats.equal += comparison.subjects.len() - explained - unexplained.len();
    }

    /// Returns the counts as text.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (group, stats) in &self.groups {
            let GroupStats { compared, equal, explained, unexplained, rejected } = stats;
            let _ = writeln!(
                text,
                "{group}: {compared} compared; methods and types: {equal} equal, {explained} \
                 explained, {unexplained} unexplained{}",
                if *rejected == 0 {
                    String::new()
                } else {
                    format!("; {rejected} rejected in both forms")
                }
            );
        }
        let _ = writeln!(text, "\ndifferences by rule:");
        for rule in RULES {
            if let Some(count) = self.rules.get(rule.name) {
                let _ = writeln!(text, "{count:5} {} ({})", rule.name, rule.reason);
            }
        }
        text
    }
}
