//! What is reported about the rules of `[[pagination]]`: those without effect, and the operations that they do
//! not fit.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Fields;
use super::page_type;
use super::scheme::DEPTH;
use crate::infer::rule_use::{operation_names, reasons_text};
use crate::ir::{Api, Operation, ParameterIn, Type};
use crate::manifest::{self, Manifest};
use crate::report::{Location, Problem, Report, closest};

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
        reasons_text(
            self.mismatches.iter().map(|(mismatch, keys)| (mismatch.reason.as_str(), keys)),
        )
    }
}

/// Reports the rules that apply to nothing, and the operations that the others do not fit.
pub fn report_rules(manifest: &Manifest, uses: &[RuleUse], api: &Api, report: &mut Report) {
    let keys = api.operation_keys();
    for (index, (rule, uses)) in manifest.pagination.iter().zip(uses).enumerate() {
        let index = index.to_string();
        let location = |key: &str| match manifest.location(&["pagination", &index, key]) {
            Location::File(_) => manifest.location(&["pagination", &index]),
            set => set,
        };
        let list = ["pagination", index.as_str(), "operations"];
        let has_unknown =
            manifest.report_unknown_operations(&list, &rule.operations, &keys, report);
        match (uses.fits, uses.mismatches.is_empty()) {
            (0, true) if !has_unknown => {
                report.error_or_warn(without_effect(api, rule, uses, location));
            }
            (0, false) => report.error_or_warn(fits_nothing(api, rule, uses, location)),
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
    let (key, message) = match (&rule.parameter, &rule.body, &rule.next) {
        (Some(name), _, _) => {
            ("parameter", format!("no operation has the query parameter `{name}`"))
        }
        (None, Some(path), _) => {
            ("body", format!("no operation has the field `{path}` in its JSON body"))
        }
        (None, None, next) => {
            let path = next.as_deref().unwrap_or_default();
            ("next", format!("no response has the field `{path}`"))
        }
    };
    let otherwise = "run `docwright inspect` for the list of operations";
    let help = closest_path(api.operations.iter(), api, rule, key);
    Problem::error(location(key), message).help(help.unwrap_or(otherwise.to_owned()))
}

/// Returns the help with the name in these operations that is closest to the value of the rule's `key`.
fn closest_path<'a>(
    operations: impl Iterator<Item = &'a Operation>,
    api: &Api,
    rule: &manifest::Pagination,
    key: &str,
) -> Option<String> {
    let fields = Fields::new(&api.types, &[]);
    let paths = |ty: &Type| -> Vec<String> {
        fields.nested(ty, DEPTH).iter().map(|field| field.owned_path().join(".")).collect()
    };
    let (value, known): (&str, BTreeSet<String>) = match key {
        "parameter" => {
            let queries = operations.flat_map(|it| &it.parameters);
            let queries = queries.filter(|it| it.location == ParameterIn::Query);
            (rule.parameter.as_deref()?, queries.map(|it| it.wire.clone()).collect())
        }
        "body" => {
            let media = operations.flat_map(|it| &it.body).flat_map(|body| &body.media);
            (rule.body.as_deref()?, media.flat_map(|media| paths(&media.ty)).collect())
        }
        _ => {
            let value = match key {
                "next" => rule.next.as_deref()?,
                "more" => rule.more.as_deref()?,
                "items" => rule.items.as_deref()?,
                _ => return None,
            };
            (value, operations.filter_map(|it| page_type(it).ok()).flat_map(paths).collect())
        }
    };
    if known.contains(value) {
        // It does not fit for another reason.
        return None;
    }
    closest(value, known.iter().map(String::as_str)).map(|name| format!("did you mean `{name}`?"))
}

/// Creates the problem of a rule that fits none of its operations.
fn fits_nothing(
    api: &Api,
    rule: &manifest::Pagination,
    uses: &RuleUse,
    location: impl Fn(&str) -> Location,
) -> Problem {
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
    let listed = uses.mismatches.values().next();
    let is_listed = |it: &&Operation| listed.is_some_and(|keys| keys.contains(&it.key()));
    let closest = closest_path(api.operations.iter().filter(is_listed), api, rule, key);
    Problem::error(location(key), message).help(closest.unwrap_or(help.to_owned()))
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
