//! Precedence between pages that define a component or operation differently: the page that
//! `vendor.toml` prefers, else an OpenAPI document over the endpoint dialect, then the later date,
//! then the last file name.

use std::cmp::Ordering;

use super::PageDocument;
use crate::dialect::KeywordLedger;
use crate::manifest::{Manifest, Preference};
use crate::report::{Location, Problem, Report, Skipped};
use crate::source::Node;

/// A component or operation that several pages may define.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject<'a> {
    /// A component, by its section and key.
    Component(&'a str, &'a str),
    /// An operation, by its method and its path, or the name of a webhook.
    Operation(&'a str, &'a str),
}

impl Subject<'_> {
    /// Returns whether a `[[prefer]]` entry is about this subject.
    fn matches(self, preference: &Preference) -> bool {
        match (self, &preference.component, &preference.operation) {
            (Self::Component("schemas", key), Some(component), _) if component == key => true,
            (Self::Component(section, key), Some(component), _) => {
                component.split_once('/') == Some((section, key))
            }
            (Self::Operation(method, path), _, Some(operation)) => operation
                .split_once(' ')
                .is_some_and(|(it, rest)| it.eq_ignore_ascii_case(method) && rest.trim() == path),
            (Self::Component(..), None, _) | (Self::Operation(..), _, None) => false,
        }
    }

    /// Returns the key of `[[prefer]]` for this kind of subject, and its value.
    fn manifest_entry(self) -> (&'static str, String) {
        match self {
            Self::Component("schemas", key) => ("component", key.to_owned()),
            Self::Component(section, key) => ("component", format!("{section}/{key}")),
            Self::Operation(method, path) => {
                ("operation", format!("{} {path}", method.to_ascii_uppercase()))
            }
        }
    }

    /// Returns the subject's name for messages.
    pub(super) fn name(self) -> String {
        self.manifest_entry().1
    }
}

/// One definition of a subject, and the index of the document that contains it.
pub(super) struct Candidate<'n> {
    pub(super) document: usize,
    pub(super) node: &'n Node,
}

/// Two candidates that contradict each other.
pub(super) struct Conflict<'c> {
    pub(super) winner: &'c Candidate<'c>,
    pub(super) loser: &'c Candidate<'c>,
    /// Why the winner takes precedence.
    pub(super) reason: &'c str,
    /// The path of the property in which they differ, or empty if it is not known.
    pub(super) property: &'c str,
    /// The new name of the loser, if it is kept.
    pub(super) new_name: Option<&'c str>,
}

/// Resolves conflicts between pages, and records which `[[prefer]]` entries had an effect.
pub(super) struct ConflictResolver<'a> {
    manifest: &'a Manifest,
    /// Whether conflicts are errors.
    strict: bool,
    /// What each `[[prefer]]` entry did, or `None` if its subject was not found.
    outcomes: Vec<Option<Outcome>>,
    ledger: &'a mut KeywordLedger,
}

/// What a `[[prefer]]` entry did.
enum Outcome {
    /// It decided which candidate wins.
    Applied,
    /// Nothing, since all pages agree.
    NoConflict,
    /// Nothing, since its page does not define the subject. Holds the pages that do.
    OtherPages(Vec<String>),
}

impl<'a> ConflictResolver<'a> {
    pub(super) fn new(manifest: &'a Manifest, strict: bool, ledger: &'a mut KeywordLedger) -> Self {
        let outcomes = manifest.preferences.iter().map(|_| None).collect();
        Self { manifest, strict, outcomes, ledger }
    }

    /// Returns whether `vendor.toml` prefers a page for this subject.
    pub(super) fn has_preference(&self, subject: Subject<'_>) -> bool {
        self.manifest.preferences.iter().any(|preference| subject.matches(preference))
    }

    /// Returns the index of the candidate that `vendor.toml` prefers. `all_equal` means that there is
    /// no conflict to resolve.
    pub(super) fn preferred(
        &mut self,
        subject: Subject<'_>,
        candidates: &[Candidate<'_>],
        all_equal: bool,
        documents: &[PageDocument],
    ) -> Option<usize> {
        let preferences = &self.manifest.preferences;
        let index = preferences.iter().position(|preference| subject.matches(preference))?;
        let page = &preferences.get(index)?.page;
        let is_preferred = |candidate: &Candidate<'_>| {
            documents.get(candidate.document).is_some_and(|document| document.has_name(page))
        };
        let found = candidates.iter().rposition(is_preferred);
        let outcome = match found {
            None => {
                let document = |candidate: &Candidate<'_>| documents.get(candidate.document);
                let names = candidates.iter().filter_map(document).map(|it| self.page_name(it));
                Outcome::OtherPages(names.collect())
            }
            Some(_) if all_equal => Outcome::NoConflict,
            Some(_) => Outcome::Applied,
        };
        let applied = matches!(outcome, Outcome::Applied);
        if let Some(slot) = self.outcomes.get_mut(index) {
            *slot = Some(outcome);
        }
        found.filter(|_| applied)
    }

    /// Returns the index of the candidate that takes precedence without a preference in `vendor.toml`,
    /// and the reason.
    pub(super) fn winner(
        &self,
        candidates: &[Candidate<'_>],
        documents: &[PageDocument],
    ) -> (usize, &'static str) {
        let document = |candidate: &Candidate<'_>| documents.get(candidate.document);
        let winner = (0..candidates.len()).max_by(|a, b| {
            match (candidates.get(*a).and_then(document), candidates.get(*b).and_then(document)) {
                (Some(a), Some(b)) => compare_precedence(a, b).0,
                _ => Ordering::Equal,
            }
        });
        let winner = winner.unwrap_or_default();
        let others = candidates.iter().enumerate().filter(|(index, _)| *index != winner);
        let second = others
            .filter_map(|(_, candidate)| document(candidate))
            .max_by(|a, b| compare_precedence(a, b).0);
        let reason = match (candidates.get(winner).and_then(document), second) {
            (Some(winner), Some(second)) => compare_precedence(winner, second).1,
            _ => "it is the only one",
        };
        (winner, reason)
    }

    /// Reports that a candidate loses to another one: it is ignored, or renamed.
    pub(super) fn report_conflict(
        &mut self,
        subject: Subject<'_>,
        conflict: &Conflict<'_>,
        documents: &[PageDocument],
        report: &mut Report,
    ) {
        let Conflict { winner, loser, reason, property, new_name } = conflict;
        let (Some(winner_document), Some(loser_document)) =
            (documents.get(winner.document), documents.get(loser.document))
        else {
            return;
        };
        let (first, second) =
            (Location::Entry(winner.node.origin), Location::Entry(loser.node.origin));
        let mut message = format!("`{}` has conflicting definitions", subject.name());
        if !property.is_empty() {
            message.push_str(&format!(", which differ in `{property}`"));
        }
        let page = self.page_name(winner_document);
        let problem = match new_name {
            _ if self.strict => Problem::error(second, message)
                .label("one definition")
                .related(first, "the other definition"),
            None => Problem::warning(
                second,
                format!("{message}; the one in `{page}` takes precedence because {reason}"),
            )
            .label("this one is ignored")
            .related(first, "this one takes precedence"),
            Some(new_name) => {
                let message =
                    format!("{message}; the one in `{page}` keeps the name because {reason}");
                Problem::warning(second, message)
                    .skipped(Skipped::Nothing)
                    .label(format!("this one is renamed to `{new_name}`"))
                    .related(first, "this one keeps the name")
            }
        };
        report.push(problem.help(self.help(subject, winner_document, loser_document)));
    }

    /// Returns the `[[prefer]]` entry that resolves a conflict.
    fn help(&self, subject: Subject<'_>, winner: &PageDocument, loser: &PageDocument) -> String {
        let (kind, key) = subject.manifest_entry();
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let (winner, loser) = (quoted(&self.page_name(winner)), quoted(&self.page_name(loser)));
        format!(
            "remove one of the pages, or set in vendor.toml which one takes precedence:\n\
             [[prefer]]\n{kind} = {}\nuse = {winner}  # or {loser}\nreason = \"…\"",
            quoted(&key)
        )
    }

    /// Records in the keyword ledger that `node` is superseded by another definition.
    pub(super) fn supersede(&mut self, node: &Node, keyword: &str, reason: &str) {
        self.ledger.supersede(node, keyword, reason);
    }

    /// Returns why the candidates that `vendor.toml` does not prefer are ignored.
    pub(super) fn preference_reason(&self, subject: Subject<'_>) -> String {
        let mut preferences = self.manifest.preferences.iter();
        let preference = preferences.find(|preference| subject.matches(preference));
        let reason = preference.map_or("", |preference| preference.reason.as_str());
        format!("vendor.toml prefers another page: {reason}")
    }

    /// Returns the page's name for the key `use`.
    fn page_name(&self, document: &PageDocument) -> String {
        let manifest = self.manifest.source_text.as_ref().map(|source| source.file.as_str());
        let folder = manifest.and_then(|file| file.rsplit_once('/')).map(|(folder, _)| folder);
        let file = document.page.file.as_str();
        let relative = folder.and_then(|folder| file.strip_prefix(folder)?.strip_prefix('/'));
        let file = relative.unwrap_or(file);
        if document.shares_file { format!("{file}#{}", document.number) } else { file.to_owned() }
    }

    /// Reports every `[[prefer]]` entry that had no effect.
    pub(super) fn finish(self, report: &mut Report) {
        let preferences = self.manifest.preferences.iter();
        for (index, (preference, outcome)) in preferences.zip(self.outcomes).enumerate() {
            let subject = preference.subject();
            let cause = match outcome {
                Some(Outcome::Applied) => continue,
                Some(Outcome::NoConflict) => format!("all pages agree on `{subject}`"),
                Some(Outcome::OtherPages(pages)) => {
                    format!(
                        "`{}` does not define `{subject}`; it is defined in `{}`",
                        preference.page,
                        pages.join("`, `")
                    )
                }
                None => format!("no two pages define `{subject}`"),
            };
            let location = self.manifest.location(&["prefer", &index.to_string()]);
            let message = format!("this `[[prefer]]` entry has no effect: {cause}");
            let help = "remove the entry, or correct it";
            report.error_or_warn(Problem::error(location, message).help(help));
        }
    }
}

/// Compares the precedence of two pages. Returns also why the greater one takes precedence.
fn compare_precedence(a: &PageDocument, b: &PageDocument) -> (Ordering, &'static str) {
    let form = b.is_endpoint.cmp(&a.is_endpoint);
    if form != Ordering::Equal {
        return (form, "it is an OpenAPI document and the other page uses the endpoint dialect");
    }
    let date = a.date.cmp(&b.date);
    if date != Ordering::Equal {
        return (date, "its date is later");
    }
    let file = (&a.page.file, a.number).cmp(&(&b.page.file, b.number));
    (file, "its file name sorts last")
}
