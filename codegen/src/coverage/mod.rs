//! The account of one vendor's description: every keyword is generated, ignored for a stated reason,
//! or not generated, which a warning says. Each keyword counts once.

mod show;

use std::collections::BTreeMap;

use crate::dialect::{Account, EXTENSION};
use crate::report::{Origin, Place, Problem, Report, Severity};

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
}

/// Something of a description that is not generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// The keyword; nothing where it is what the place shows.
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
enum Fate {
    Generated,
    /// Counted by an entry.
    Counted,
}

impl Coverage {
    /// The sum of an account and of the problems that say what is left out. `read` tells which
    /// extensions are read.
    pub(crate) fn close(account: Account, report: &Report, read: impl Fn(&str) -> bool) -> Self {
        let mut coverage = Self::default();
        let mut fates: BTreeMap<Origin, Fate> =
            account.kept.into_iter().map(|origin| (origin, Fate::Generated)).collect();
        let mut below: BTreeMap<usize, Vec<Origin>> = BTreeMap::new();
        for (index, origin) in account.below {
            below.entry(index).or_default().push(origin);
        }
        let dropped: BTreeMap<Origin, String> = account.dropped.into_iter().collect();
        coverage.problems(report, &dropped, &mut fates);
        for (index, ignored) in account.ignored.into_iter().enumerate() {
            let Place::Member(origin) = ignored.place else { continue };
            if ignored.why == EXTENSION && read(&ignored.keyword) {
                fates.entry(origin).or_insert(Fate::Generated);
                continue;
            }
            let keywords = match below.get(&index) {
                Some(all) => all.iter().filter(|origin| take(&mut fates, **origin)).count(),
                None => usize::from(count(&mut fates, origin)),
            };
            coverage.ignored.push(Entry {
                place: ignored.place,
                keyword: Some(ignored.keyword),
                why: ignored.why.into_owned(),
                help: None,
                keywords,
            });
        }
        for (origin, keyword) in dropped {
            if count(&mut fates, origin) {
                let (place, why) = (Place::Member(origin), "it cannot be read".to_owned());
                let keyword = Some(keyword);
                coverage.not_generated.push(Entry { place, keyword, why, help: None, keywords: 1 });
            }
        }
        let generated = fates.into_iter().filter(|(_, fate)| *fate == Fate::Generated);
        coverage.generated = generated.map(|(origin, _)| origin).collect();
        coverage
    }

    /// The problems that say of a keyword that it is left out.
    fn problems(
        &mut self,
        report: &Report,
        dropped: &BTreeMap<Origin, String>,
        fates: &mut BTreeMap<Origin, Fate>,
    ) {
        for problem in report.problems.iter().filter(|p| p.severity != Severity::Error) {
            let origin = match problem.place {
                Place::Member(origin) | Place::Value(origin) => Some(origin),
                Place::Text(..) | Place::File(_) | Place::Run => None,
            };
            let keyword = origin.and_then(|origin| dropped.get(&origin)).cloned();
            if !problem.leaves_out && keyword.is_none() {
                continue;
            }
            let counts = origin.is_some_and(|origin| {
                take(fates, origin) || (keyword.is_some() && count(fates, origin))
            });
            let Problem { place, what, help, severity, .. } = problem;
            let entry = Entry {
                place: place.clone(),
                keyword,
                why: what.clone(),
                help: help.clone(),
                keywords: usize::from(counts),
            };
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
            entry.place = std::mem::replace(&mut entry.place, Place::Run).moved(offset);
        }
        self
    }
}

fn total(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.keywords).sum()
}

/// Takes a keyword out of those that are generated; `false` if it is none of them.
fn take(fates: &mut BTreeMap<Origin, Fate>, origin: Origin) -> bool {
    match fates.get_mut(&origin) {
        Some(fate @ Fate::Generated) => {
            *fate = Fate::Counted;
            true
        }
        Some(Fate::Counted) | None => false,
    }
}

/// Counts a keyword that is not generated; `false` if it is counted already.
fn count(fates: &mut BTreeMap<Origin, Fate>, origin: Origin) -> bool {
    fates.insert(origin, Fate::Counted) != Some(Fate::Counted)
}
