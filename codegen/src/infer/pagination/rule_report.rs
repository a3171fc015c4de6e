//! What is reported about the rules of `[[pagination]]`: those without effect, and the operations that they do
//! not fit.

use std::collections::BTreeMap;

use super::super::operation_pattern::matches_pattern;
use crate::dialect::closest;
use crate::ir::{Api, Operation, ParameterIn};
use crate::manifest::{self, Manifest};
use crate::report::{Location, Problem, Report};

/// How many operations a message names.
const MAX_NAMES: usize = 3;

/// A key of a rule that does not fit an operation, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mismatch {
    key: &'static str,
    reason: String,
}

impl Mismatch {
    pub fn new(key: &'static str, reason: impl Into<String>) -> Self {
        Self { key, reason: reason.into() }
    }
}

/// What a rule was applied to.
#[derive(Default)]
pub struct RuleUse {
    /// The number of operations that it fits.
    pub fits: usize,
    /// The number of operations that an earlier rule applies to.
    pub shadowed: usize,
    /// The operations that it does not fit, by reason.
    pub mismatches: BTreeMap<Mismatch, Vec<String>>,
}

impl RuleUse {
    fn mismatch_count(&self) -> usize {
        self.mismatches.values().map(Vec::len).sum()
    }

    /// Returns each reason with the number of operations and some of them.
    fn reasons(&self) -> String {
        let reason = |(mismatch, operations): (&Mismatch, &Vec<String>)| {
            let (count, reason) = (operations.len(), &mismatch.reason);
            format!("{count} because {reason} ({})", operation_names(operations))
        };
        let reasons: Vec<String> = self.mismatches.iter().map(reason).collect();
        reasons.join("; ")
    }
}

/// Reports the rules that apply to nothing, and the operations that the others do not fit.
pub fn report_rules(manifest: &Manifest, uses: &[RuleUse], api: &Api, report: &mut Report) {
    let keys: Vec<String> = api.operations.iter().map(Operation::key).collect();
    for (index, (rule, uses)) in manifest.pagination.iter().zip(uses).enumerate() {
        let index = index.to_string();
        let location = |key: &str| match manifest.location(&["pagination", &index, key]) {
            Location::File(_) => manifest.location(&["pagination", &index]),
            set => set,
        };
        let exists = |pattern: &&String| keys.iter().any(|key| matches_pattern(pattern, key));
        let unknown: Vec<&String> = rule.operations.iter().filter(|it| !exists(it)).collect();
        for pattern in &unknown {
            let message = format!("there is no operation `{pattern}`");
            let help = suggestion(pattern, keys.iter().map(String::as_str));
            let problem = Problem::error(location("operations"), message);
            report.error_or_warn(problem.help(help));
        }
        match (uses.fits, uses.mismatches.is_empty()) {
            (0, true) if unknown.is_empty() => {
                report.error_or_warn(without_effect(api, rule, uses, location));
            }
            (0, false) => report.error_or_warn(fits_nothing(uses, location)),
            (_, false) => report.push(skipped(uses, location("by"))),
            (_, true) => {}
        }
    }
}

/// Creates the problem of a rule that selects no operation, or only those that have earlier rules.
fn without_effect(
    api: &Api,
    rule: &manifest::Pagination,
    uses: &RuleUse,
    location: impl Fn(&str) -> Location,
) -> Problem {
    if uses.shadowed > 0 {
        let message = format!("earlier rules apply to its {} operations", uses.shadowed);
        return Problem::error(location("by"), message).help("remove the rule, or move it up");
    }
    let parameters = api.operations.iter().flat_map(|it| &it.parameters);
    let queries = parameters.filter(|it| it.location == ParameterIn::Query);
    match (&rule.parameter, &rule.body) {
        (Some(name), _) => {
            let message = format!("no operation has the query parameter `{name}`");
            let help = suggestion(name, queries.map(|it| it.wire.as_str()));
            Problem::error(location("parameter"), message).help(help)
        }
        (None, Some(path)) => {
            let message = format!("no operation has the field `{path}` in its JSON body");
            Problem::error(location("body"), message)
        }
        (None, None) => {
            let path = rule.next.as_deref().unwrap_or_default();
            let message = format!("no response has the field `{path}`");
            Problem::error(location("next"), message)
        }
    }
}

/// Creates the problem of a rule that fits none of its operations.
fn fits_nothing(uses: &RuleUse, location: impl Fn(&str) -> Location) -> Problem {
    let help = "correct the rule, or list the operations it applies to in `operations`";
    let key = uses.mismatches.keys().next().map_or("by", |mismatch| mismatch.key);
    let mut reasons = uses.mismatches.iter();
    let message = match (reasons.next(), reasons.next()) {
        (Some((mismatch, operations)), None) if operations.len() == 1 => {
            format!("{}: {}", operation_names(operations), mismatch.reason)
        }
        _ => {
            let count = uses.mismatch_count();
            format!("the rule fits none of its {count} operations: {}", uses.reasons())
        }
    };
    Problem::error(location(key), message).help(help)
}

/// Creates the note on the operations that a rule does not fit.
fn skipped(uses: &RuleUse, location: Location) -> Problem {
    let all = uses.fits + uses.mismatch_count();
    let message = format!(
        "the rule applies to {} of {all} operations; it skips {}",
        uses.fits,
        uses.reasons()
    );
    Problem::note(location, message)
}

fn operation_names(operations: &[String]) -> String {
    let shown = operations.iter().take(MAX_NAMES).map(|key| format!("`{key}`"));
    let shown: Vec<String> = shown.collect();
    let more = if operations.len() > MAX_NAMES { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// Returns the help on a name that does not exist.
fn suggestion<'w>(name: &str, known: impl Iterator<Item = &'w str>) -> String {
    let list = "run `docwright inspect` for the list of operations";
    match closest(name, known) {
        Some(close) => format!("did you mean `{close}`? Or {list}"),
        None => list.to_owned(),
    }
}
