//! Counts and findings of the round trips of one document.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::compare::Outcome;
use crate::known::Finding;

/// The origin of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// The fields that were `null` and are missing afterwards: `Type.field`.
    pub null_fields: BTreeSet<String>,
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

impl DocumentStats {
    /// Creates empty statistics.
    pub fn new(name: &str, types: usize) -> Self {
        Self {
            name: name.to_owned(),
            types,
            counts: BTreeMap::new(),
            null_fields: BTreeSet::new(),
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
            Outcome::NullIsMissing(fields) => {
                self.null_fields.extend(fields);
                count.survived += 1;
                count.nulls += 1;
                return;
            }
            Outcome::Differs(difference) => difference,
            Outcome::Rejected(reason) => format!("rejected: {reason}"),
        };
        let ty = ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')).unwrap_or(ty);
        let item = ty.replace("types::", "").replace("runtime::", "");
        let kind = match kind {
            ValueKind::Example => "example",
            ValueKind::UndeclaredFields => "undeclared_fields",
            ValueKind::Generated => "generated",
        };
        self.findings.push(Finding { kind, item, message, value: value.to_string() });
    }

    /// Returns the counts of one kind of value.
    pub fn count(&self, kind: ValueKind) -> Count {
        self.counts.get(&kind).copied().unwrap_or_default()
    }
}
