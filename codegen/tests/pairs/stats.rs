//! Counting: how many methods and types are equal, explained, unexplained.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use docwright::Report;
use docwright::report::Severity;

use super::compare::compare;
use super::difference::Difference;
use super::rules::{Forms, RULES, Rule};
use super::side::Side;

/// The counts of one group of comparisons.
#[derive(Default)]
struct Count {
    compared: usize,
    equal: usize,
    explained: usize,
    unexplained: usize,
    refused: usize,
}

/// Both forms, or why they are refused.
type Sides = (Result<Side, Report>, Result<Side, Report>);

fn why(report: &Report) -> String {
    let errors = report.problems.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| problem.what.as_str()).collect::<Vec<_>>().join("; ")
}

/// The counts of all groups.
#[derive(Default)]
pub struct Tally {
    groups: BTreeMap<String, Count>,
    rules: BTreeMap<&'static str, usize>,
    /// Differences that no rule explains, each with where it was met.
    pub unexplained: Vec<(String, Difference)>,
    /// Where one form is refused and the other is not, and why.
    pub one_refused: Vec<String>,
}

impl Tally {
    /// Compares two forms, unless both are refused; that one form alone is refused is unexplained.
    pub fn add_sides(&mut self, group: &str, page: &str, sides: Sides) {
        match sides {
            (Ok(a), Ok(b)) => {
                self.add(group, page, &Forms { a: &a, b: &b, changed: None });
            }
            (Err(_), Err(_)) => self.groups.entry(group.to_owned()).or_default().refused += 1,
            (Err(report), Ok(_)) => {
                self.one_refused.push(format!("{page}, OpenAPI: {}", why(&report)))
            }
            (Ok(_), Err(report)) => {
                self.one_refused.push(format!("{page}, dialect: {}", why(&report)))
            }
        }
    }

    /// Compares two forms and counts the result under `group`.
    pub fn add(&mut self, group: &str, page: &str, forms: &Forms<'_>) {
        let found = compare(forms.a, forms.b);
        let (mut explained, mut unexplained) = (BTreeSet::new(), BTreeSet::new());
        for difference in found.differences {
            let subject = difference.subject().to_owned();
            match Rule::of(&difference, forms) {
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
        let count = self.groups.entry(group.to_owned()).or_default();
        count.compared += 1;
        count.explained += explained;
        count.unexplained += unexplained.len();
        count.equal += found.subjects.len() - explained - unexplained.len();
    }

    /// The counts as text.
    pub fn print(&self) -> String {
        let mut text = String::new();
        for (group, count) in &self.groups {
            let Count { compared, equal, explained, unexplained, refused } = count;
            let _ = writeln!(
                text,
                "{group}: {compared} compared; methods and types: {equal} equal, {explained} \
                 explained, {unexplained} unexplained{}",
                if *refused == 0 {
                    String::new()
                } else {
                    format!("; {refused} refused in both forms")
                }
            );
        }
        let _ = writeln!(text, "\ndifferences by rule:");
        for rule in RULES {
            if let Some(count) = self.rules.get(rule.name) {
                let _ = writeln!(text, "{count:5} {} ({})", rule.name, rule.because);
            }
        }
        text
    }
}
