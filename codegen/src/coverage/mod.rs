//! The coverage report: every keyword of a vendor's documents is generated, ignored for a stated
//! reason, or not generated, which a warning states too. Each keyword counts once.

mod show;

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::{EXTENSION_REASON, KeywordLedger};
use crate::report::{Location, Origin, Problem, Report, Severity, Skipped};
use crate::source::{Kind, Node};

pub use show::{render_json, render_text};

/// Which keywords were generated, ignored or not generated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The keywords that reach the generated code, in the order of the documents.
    pub generated: Vec<Origin>,
    /// The keywords that a client does not need, each with the reason.
    pub ignored: Vec<Entry>,
    /// The keywords that are not supported.
    pub not_generated: Vec<Entry>,
    /// Error codes that the document uses but does not define, as they appear in responses.
    pub undefined_codes: Vec<String>,
}

/// A part of a document that is not generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it is.
    pub location: Location,
    /// The keyword; `None` if it is the key at the location.
    pub keyword: Option<String>,
    /// Why it is not generated.
    pub reason: String,
    /// How to work around it.
    pub help: Option<String>,
    /// How many keywords it counts: none if another entry already counts the same one, several
    /// if a whole part of the document is skipped.
    pub keywords: usize,
}

/// What is known about a keyword so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeywordStatus {
    Generated,
    /// Counted by an entry.
    Counted,
}

impl Coverage {
    /// Builds the report from the ledger and from the problems that say which parts of `openapi`
    /// are skipped. `reads` returns whether an extension is read.
    pub(crate) fn build(
        ledger: KeywordLedger,
        report: &Report,
        openapi: &Node,
        reads: impl Fn(&str) -> bool,
    ) -> Self {
        let mut coverage = Self::default();
        let kept = ledger.kept.into_iter().map(|origin| (origin, KeywordStatus::Generated));
        let mut statuses = KeywordStatuses(kept.collect());
        let mut below: BTreeMap<usize, Vec<Origin>> = BTreeMap::new();
        for (index, origin) in ledger.below_ignored {
            below.entry(index).or_default().push(origin);
        }
        for (index, ignored) in ledger.ignored.into_iter().enumerate() {
            let Location::Entry(origin) = ignored.location else { continue };
            if ignored.reason == EXTENSION_REASON && reads(&ignored.keyword) {
                statuses.0.entry(origin).or_insert(KeywordStatus::Generated);
                continue;
            }
            let keywords = match below.get(&index) {
                Some(origins) => statuses.count_generated(origins),
                None => usize::from(statuses.count(origin)),
            };
            let (keyword, reason) = (Some(ignored.keyword), ignored.reason.into_owned());
            coverage.ignored.push(Entry {
                location: ignored.location,
                keyword,
                reason,
                help: None,
                keywords,
            });
        }
        let dropped: BTreeMap<Origin, String> = ledger.dropped.into_iter().collect();
        coverage.add_problems(report, openapi, &dropped, &mut statuses);
        for (origin, keyword) in dropped.into_iter().filter(|(it, _)| statuses.count_if_new(*it)) {
            let (location, reason) = (Location::Entry(origin), "it cannot be read".to_owned());
            let entry = Entry { location, keyword: Some(keyword), reason, help: None, keywords: 1 };
            coverage.not_generated.push(entry);
        }
        let generated =
            statuses.0.into_iter().filter(|(_, status)| *status == KeywordStatus::Generated);
        coverage.generated = generated.map(|(origin, _)| origin).collect();
        coverage
    }

    /// Adds an entry for each warning and note that says that something is skipped.
    fn add_problems(
        &mut self,
        report: &Report,
        openapi: &Node,
        dropped: &BTreeMap<Origin, String>,
        statuses: &mut KeywordStatuses,
    ) {
        let problems = report.problems.iter().filter(|p| p.severity != Severity::Error);
        let problems: Vec<(&Problem, Option<Origin>)> =
            problems.map(|p| (p, origin(&p.location))).collect();
        let mut subtrees: BTreeMap<Origin, Vec<Origin>> =
            problems.iter().filter_map(|(_, origin)| Some(((*origin)?, Vec::new()))).collect();
        collect_subtrees(openapi, &mut subtrees, &mut Vec::new());
        for (problem, origin) in problems {
            let keyword = origin.and_then(|origin| dropped.get(&origin)).cloned();
            if problem.skipped == Skipped::Nothing && keyword.is_none() {
                continue;
            }
            let subtree =
                origin.and_then(|it| subtrees.get(&it)).map(Vec::as_slice).unwrap_or_default();
            let keywords = match (origin, problem.skipped) {
                (None, _) => 0,
                (Some(origin), _) if keyword.is_some() => usize::from(statuses.count(origin)),
                (Some(_), Skipped::Whole) => statuses.count_generated(subtree),
                // A problem with a whole operation or schema skips an unknown part of it.
                (Some(_), _) if statuses.generated(subtree) > 1 => 0,
                (Some(origin), _) => statuses.count_generated(&[origin]),
            };
            let Problem { location, message, help, severity, .. } = problem;
            let (location, reason, help) = (location.clone(), message.clone(), help.clone());
            let entry = Entry { location, keyword, reason, help, keywords };
            match severity {
                Severity::Note => self.ignored.push(entry),
                Severity::Warning | Severity::Error => self.not_generated.push(entry),
            }
        }
    }

    /// Returns the number of keywords in the documents.
    pub fn keywords(&self) -> usize {
        self.generated.len() + total(&self.ignored) + total(&self.not_generated)
    }

    /// Returns the figures in one line: `312 keywords: 290 generated, 22 ignored for a reason, 0
    /// not generated`.
    pub fn summary_line(&self) -> String {
        format!(
            "{} keywords: {} generated, {} ignored for a reason, {} not generated",
            self.keywords(),
            self.generated.len(),
            total(&self.ignored),
            total(&self.not_generated)
        )
    }
}

fn total(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.keywords).sum()
}

fn origin(location: &Location) -> Option<Origin> {
    match location {
        Location::Entry(origin) | Location::Value(origin) => Some(*origin),
        Location::Text(..) | Location::File(_) | Location::Run => None,
    }
}

/// Collects the nodes at and below each of the locations in `subtrees`. `open` holds the locations
/// above `node`. The recursion is bounded, since the parser limits the depth of the tree.
fn collect_subtrees(
    node: &Node,
    subtrees: &mut BTreeMap<Origin, Vec<Origin>>,
    open: &mut Vec<Origin>,
) {
    let is_root = subtrees.contains_key(&node.origin) && !open.contains(&node.origin);
    if is_root {
        open.push(node.origin);
    }
    for origin in open.iter() {
        subtrees.entry(*origin).or_default().push(node.origin);
    }
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(|item| collect_subtrees(item, subtrees, open)),
        Kind::Object(map) => map.values().for_each(|value| collect_subtrees(value, subtrees, open)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
    if is_root {
        open.pop();
    }
}

/// What is known about each keyword so far.
struct KeywordStatuses(BTreeMap<Origin, KeywordStatus>);

impl KeywordStatuses {
    /// Counts those of `origins` that still count as generated, and returns their number.
    fn count_generated(&mut self, origins: &[Origin]) -> usize {
        let mut counted = 0;
        for origin in origins {
            if let Some(status @ KeywordStatus::Generated) = self.0.get_mut(origin) {
                *status = KeywordStatus::Counted;
                counted += 1;
            }
        }
        counted
    }

    /// Returns how many of `origins` count as generated.
    fn generated(&self, origins: &[Origin]) -> usize {
        let distinct: BTreeSet<&Origin> = origins.iter().collect();
        distinct.into_iter().filter(|o| self.0.get(o) == Some(&KeywordStatus::Generated)).count()
    }

    /// Counts a keyword that is not generated. Returns `false` if it was counted before.
    fn count(&mut self, origin: Origin) -> bool {
        self.0.insert(origin, KeywordStatus::Counted) != Some(KeywordStatus::Counted)
    }

    /// Counts a keyword of unknown status. Returns `false` if its status is known.
    fn count_if_new(&mut self, origin: Origin) -> bool {
        !self.0.contains_key(&origin) && self.count(origin)
    }
}
