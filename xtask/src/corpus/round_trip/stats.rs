//! Counts and findings of the round trips of one document.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::compare::Outcome;

/// The origin of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// An example of the document.
    Example,
    /// An example with fields that its schema does not declare.
    UndeclaredFields,
    /// A value generated from the schema.
    Generated,
}

/// The counts of one kind of value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All values.
    pub all: usize,
    /// The values that are unchanged, or only lack a field that was `null`.
    pub survived: usize,
    /// The values of `survived` that lack a field that was `null`.
    pub nulls: usize,
}

/// The results of one document.
#[derive(Debug)]
pub struct DocumentStats {
    /// The name of the crate.
    pub name: String,
    /// The number of named types.
    pub types: usize,
    /// The counts by kind of value.
    pub counts: BTreeMap<ValueKind, Count>,
    /// The number of examples that their own schema does not allow.
    pub invalid: usize,
    /// The types for which too few values could be generated.
    pub incomplete: Vec<String>,
    /// The schemas that the validator does not support.
    pub unsupported: Vec<String>,
    /// The values that changed or were rejected.
    pub findings: Vec<Finding>,
    /// How long the program took to build; `None` if it had not changed.
    pub built: Option<Duration>,
}

/// A value that changed or was rejected.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The origin of the value.
    pub kind: ValueKind,
    /// The type of the value.
    pub ty: String,
    /// The difference, or why the value was rejected.
    pub message: String,
    /// The value as JSON.
    pub value: String,
}

impl DocumentStats {
    /// Creates empty statistics.
    pub fn new(name: &str, types: usize) -> Self {
        Self {
            name: name.to_owned(),
            types,
            counts: BTreeMap::new(),
            invalid: 0,
            incomplete: Vec::new(),
            unsupported: Vec::new(),
            findings: Vec::new(),
            built: None,
        }
    }

    /// Adds the outcome of a value.
    pub fn add(&mut self, kind: ValueKind, ty: &str, value: &Value, outcome: Outcome) {
        let count = self.counts.entry(kind).or_default();
        count.all += 1;
        let message = match outcome {
            Outcome::Same => {
                count.survived += 1;
                return;
            }
            Outcome::NullIsMissing => {
                count.survived += 1;
                count.nulls += 1;
                return;
            }
            Outcome::Differs(difference) => difference,
            Outcome::Rejected(reason) => format!("rejected: {reason}"),
        };
        let ty = ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')).unwrap_or(ty);
        let ty = ty.replace("types::", "").replace("runtime::", "");
        self.findings.push(Finding { kind, ty, message, value: value.to_string() });
    }

    /// Returns the counts of one kind of value.
    pub fn count(&self, kind: ValueKind) -> Count {
        self.counts.get(&kind).copied().unwrap_or_default()
    }
}
