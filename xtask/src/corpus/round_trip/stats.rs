//! What came of the values of one description.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::compare::Outcome;

/// Where a value is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An example of the description.
    Example,
    /// An example with members that its schema does not name.
    NoTypedError,
    /// Made from the schema.
    Made,
}

/// How many of a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All of them.
    pub all: usize,
    /// Those that came back as they were, or with a `null` member missing.
    pub survived: usize,
    /// Those of `survived` where a `null` member is missing.
    pub nulls: usize,
}

/// What came of the values of one description.
#[derive(Debug)]
pub struct Trip {
    /// The crate's name.
    pub name: String,
    /// Named types.
    pub types: usize,
    /// By kind.
    pub counts: BTreeMap<Kind, Count>,
    /// Examples that their own schema does not allow.
    pub invalid: usize,
    /// Types of which fewer values could be made.
    pub short: Vec<String>,
    /// Schemas that the validator does not understand.
    pub unjudged: Vec<String>,
    /// Values that did not survive.
    pub findings: Vec<Finding>,
    /// How long the program took to build; nothing where it had not changed.
    pub built: Option<Duration>,
}

/// A value that did not survive.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Where it is from.
    pub kind: Kind,
    /// Its type.
    pub ty: String,
    /// What is different, or why it was refused.
    pub what: String,
    /// The value.
    pub value: String,
}

impl Trip {
    /// Nothing tried so far.
    pub fn new(name: &str, types: usize) -> Self {
        Self {
            name: name.to_owned(),
            types,
            counts: BTreeMap::new(),
            invalid: 0,
            short: Vec::new(),
            unjudged: Vec::new(),
            findings: Vec::new(),
            built: None,
        }
    }

    /// Adds what became of a value.
    pub fn add(&mut self, kind: Kind, ty: &str, value: &Value, outcome: Outcome) {
        let count = self.counts.entry(kind).or_default();
        count.all += 1;
        let what = match outcome {
            Outcome::Same => {
                count.survived += 1;
                return;
            }
            Outcome::NullIsMissing => {
                count.survived += 1;
                count.nulls += 1;
                return;
            }
            Outcome::Differs(what) => what,
            Outcome::Refused(why) => format!("refused: {why}"),
        };
        let ty = ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')).unwrap_or(ty);
        let ty = ty.replace("types::", "").replace("runtime::", "");
        self.findings.push(Finding { kind, ty, what, value: value.to_string() });
    }

    /// How many of a kind.
    pub fn count(&self, kind: Kind) -> Count {
        self.counts.get(&kind).copied().unwrap_or_default()
    }
}
