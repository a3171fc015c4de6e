//! The account of one vendor's description: every keyword is generated, ignored for a stated reason,
//! or not generated, which a warning says. Each keyword counts once.

mod show;

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::{EXTENSION, KeywordLedger};
use crate::report::{LeavesOut, Location, Origin, Problem, Report, Severity};
use crate::source::{Kind, Node};

pub use show::{json, text};

/// What became of every keyword.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The keywords that the generated code carries, in the order of the documents.
    pub generated: Vec<Origin>,
    /// Those that a client does without, for the reason stated.
    pub ignored: Vec<Entry>,
    /// Those that could not be carried over.
    pub not_generated: Vec<Entry>,
    /// Error codes that the description names and defines nowhere, each by its text on the wire.
    pub undefined_codes: Vec<String>,
}

/// Something of a description that is not generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub location: Location,
    /// The keyword; nothing where it is what the location shows.
    pub keyword: Option<String>,
    /// Why it is not generated.
    pub why: String,
    /// How to get along without it.
    pub help: Option<String>,
    /// How many keywords this is: none where another entry counts the same one already, several
    /// where a whole part of the description is left out.
    pub keywords: usize,
}

/// What is known of a keyword so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeywordStatus {
    Generated,
    /// Counted by an entry.
    Counted,
}

impl Coverage {
    /// The sum of an account and of the problems that say what is left out of `openapi`. `read` tells
    /// which extensions are read.
    pub(crate) fn close(
        account: KeywordLedger,
        report: &Report,
        openapi: &Node,
        read: impl Fn(&str) -> bool,
    ) -> Self {
        let mut coverage = Self::default();
        let fates = account.kept.into_iter().map(|origin| (origin, KeywordStatus::Generated));
        let mut fates = KeywordStatuses(fates.collect());
        let mut below: BTreeMap<usize, Vec<Origin>> = BTreeMap::new();
        for (index, origin) in account.below {
            below.entry(index).or_default().push(origin);
        }
        for (index, ignored) in account.ignored.into_iter().enumerate() {
            let Location::Member(origin) = ignored.location else { continue };
            if ignored.why == EXTENSION && read(&ignored.keyword) {
                fates.0.entry(origin).or_insert(KeywordStatus::Generated);
                continue;
            }
            let keywords = match below.get(&index) {
                Some(all) => fates.take_all(all),
                None => usize::from(fates.count(origin)),
            };
            let (keyword, why) = (Some(ignored.keyword), ignored.why.into_owned());
            coverage.ignored.push(Entry {
                location: ignored.location,
                keyword,
                why,
                help: None,
                keywords,
            });
        }
        let dropped: BTreeMap<Origin, String> = account.dropped.into_iter().collect();
        coverage.problems(report, openapi, &dropped, &mut fates);
        for (origin, keyword) in dropped.into_iter().filter(|(origin, _)| fates.is_new(*origin)) {
            let (location, why) = (Location::Member(origin), "it cannot be read".to_owned());
            let entry = Entry { location, keyword: Some(keyword), why, help: None, keywords: 1 };
            coverage.not_generated.push(entry);
        }
        let generated = fates.0.into_iter().filter(|(_, fate)| *fate == KeywordStatus::Generated);
        coverage.generated = generated.map(|(origin, _)| origin).collect();
        coverage
    }

    /// What the problems say is left out.
    fn problems(
        &mut self,
        report: &Report,
        openapi: &Node,
        dropped: &BTreeMap<Origin, String>,
        fates: &mut KeywordStatuses,
    ) {
        let told = report.problems.iter().filter(|p| p.severity != Severity::Error);
        let told: Vec<(&Problem, Option<Origin>)> =
            told.map(|p| (p, origin(&p.location))).collect();
        let mut parts: BTreeMap<Origin, Vec<Origin>> =
            told.iter().filter_map(|(_, origin)| Some(((*origin)?, Vec::new()))).collect();
        gather(openapi, &mut parts, &mut Vec::new());
        for (problem, origin) in told {
            let keyword = origin.and_then(|origin| dropped.get(&origin)).cloned();
            if problem.leaves_out == LeavesOut::Nothing && keyword.is_none() {
                continue;
            }
            let part =
                origin.and_then(|origin| parts.get(&origin)).map(Vec::as_slice).unwrap_or_default();
            let keywords = match (origin, problem.leaves_out) {
                (None, _) => 0,
                (Some(origin), _) if keyword.is_some() => usize::from(fates.count(origin)),
                (Some(_), LeavesOut::Whole) => fates.take_all(part),
                // What is said of a whole operation or schema leaves something of it out.
                (Some(_), _) if fates.generated(part) > 1 => 0,
                (Some(origin), _) => fates.take_all(&[origin]),
            };
            let Problem { location, what, help, severity, .. } = problem;
            let (location, why, help) = (location.clone(), what.clone(), help.clone());
            let entry = Entry { location, keyword, why, help, keywords };
            match severity {
                Severity::Note => self.ignored.push(entry),
                Severity::Warning | Severity::Error => self.not_generated.push(entry),
            }
        }
    }

    /// How many keywords were met.
    pub fn keywords(&self) -> usize {
        self.generated.len() + total(&self.ignored) + total(&self.not_generated)
    }

    /// The account in one line: `312 keywords: 290 generated, 22 ignored for a reason, 0 not
    /// generated`.
    pub fn line(&self) -> String {
        format!(
            "{} keywords: {} generated, {} ignored for a reason, {} not generated",
            self.keywords(),
            self.generated.len(),
            total(&self.ignored),
            total(&self.not_generated)
        )
    }

    /// The same account when `offset` documents stand before its own.
    pub(crate) fn moved(mut self, offset: u32) -> Self {
        for origin in &mut self.generated {
            origin.document = origin.document.saturating_add(offset);
        }
        for entry in self.ignored.iter_mut().chain(&mut self.not_generated) {
            entry.location = std::mem::replace(&mut entry.location, Location::Run).moved(offset);
        }
        self
    }
}

fn total(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.keywords).sum()
}

fn origin(location: &Location) -> Option<Origin> {
    match location {
        Location::Member(origin) | Location::Value(origin) => Some(*origin),
        Location::Text(..) | Location::File(_) | Location::Run => None,
    }
}

/// Fills in what stands at each of the locations in `parts`, the values themselves included. `open` are
/// those that the way leads through. The parser caps the depth of the tree.
fn gather(node: &Node, parts: &mut BTreeMap<Origin, Vec<Origin>>, open: &mut Vec<Origin>) {
    let asked = parts.contains_key(&node.origin) && !open.contains(&node.origin);
    if asked {
        open.push(node.origin);
    }
    for origin in open.iter() {
        parts.entry(*origin).or_default().push(node.origin);
    }
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(|item| gather(item, parts, open)),
        Kind::Object(map) => map.values().for_each(|value| gather(value, parts, open)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
    if asked {
        open.pop();
    }
}

/// What is known of each keyword so far.
struct KeywordStatuses(BTreeMap<Origin, KeywordStatus>);

impl KeywordStatuses {
    /// Counts what of these is still called generated, as something else.
    fn take_all(&mut self, origins: &[Origin]) -> usize {
        let mut taken = 0;
        for origin in origins {
            if let Some(fate @ KeywordStatus::Generated) = self.0.get_mut(origin) {
                *fate = KeywordStatus::Counted;
                taken += 1;
            }
        }
        taken
    }

    /// How many of these are called generated.
    fn generated(&self, origins: &[Origin]) -> usize {
        let distinct: BTreeSet<&Origin> = origins.iter().collect();
        distinct.into_iter().filter(|o| self.0.get(o) == Some(&KeywordStatus::Generated)).count()
    }

    /// Counts a keyword that is not generated; `false` if it is counted already.
    fn count(&mut self, origin: Origin) -> bool {
        self.0.insert(origin, KeywordStatus::Counted) != Some(KeywordStatus::Counted)
    }

    /// Counts a keyword that nothing is known of; `false` if something is.
    fn is_new(&mut self, origin: Origin) -> bool {
        !self.0.contains_key(&origin) && self.count(origin)
    }
}
