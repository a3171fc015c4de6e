//! Counting: how many methods and types are equal, explained, unexplained.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::compare::compare;
use super::difference::Difference;
use super::rules::{Forms, RULES, Rule};

/// The counts of one group of comparisons.
#[derive(Default)]
struct Count {
    compared: usize,
    equal: usize,
    explained: usize,
    unexplained: usize,
}

/// The counts of all groups.
#[derive(Default)]
pub struct Tally {
    groups: BTreeMap<String, Count>,
    rules: BTreeMap<&'static str, usize>,
    /// Differences that no rule explains, each with where it was met.
    pub unexplained: Vec<(String, Difference)>,
}

impl Tally {
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
            let Count { compared, equal, explained, unexplained } = count;
            let _ = writeln!(
                text,
                "{group}: {compared} compared; methods and types: {equal} equal, {explained} \
                 explained, {unexplained} unexplained"
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
