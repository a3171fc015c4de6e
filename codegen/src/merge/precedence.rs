//! Which page holds where several describe one thing in different ways: the one that `vendor.toml`
//! names, else OpenAPI rather than the endpoint dialect, the later date, the last file by name.

use std::cmp::Ordering;

use super::Part;
use crate::dialect::KeywordLedger;
use crate::manifest::{Manifest, Resolution};
use crate::report::{LeavesOut, Location, Problem, Report};
use crate::source::Node;

/// Something that pages describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject<'a> {
    /// A component: its section and its key.
    Component(&'a str, &'a str),
    /// An operation: its method and its path, or the name of a webhook.
    Operation(&'a str, &'a str),
}

impl Subject<'_> {
    /// Whether a settlement is about it.
    fn is_of(self, settle: &Resolution) -> bool {
        match (self, &settle.component, &settle.operation) {
            (Self::Component("schemas", key), Some(settled), _) if settled == key => true,
            (Self::Component(section, key), Some(settled), _) => {
                settled.split_once('/') == Some((section, key))
            }
            (Self::Operation(method, path), _, Some(settled)) => settled
                .split_once(' ')
                .is_some_and(|(own, rest)| own.eq_ignore_ascii_case(method) && rest.trim() == path),
            (Self::Component(..), None, _) | (Self::Operation(..), _, None) => false,
        }
    }

    /// Its key in `vendor.toml`.
    fn key(self) -> (&'static str, String) {
        match self {
            Self::Component("schemas", key) => ("component", key.to_owned()),
            Self::Component(section, key) => ("component", format!("{section}/{key}")),
            Self::Operation(method, path) => {
                ("operation", format!("{} {path}", method.to_ascii_uppercase()))
            }
        }
    }

    /// Its name in a message.
    pub(super) fn words(self) -> String {
        self.key().1
    }
}

/// A description of something, and the document it stands in.
pub(super) struct Version<'n> {
    pub(super) part: usize,
    pub(super) node: &'n Node,
}

/// Two versions that contradict each other.
pub(super) struct Conflict<'c> {
    pub(super) winner: &'c Version<'c>,
    pub(super) loser: &'c Version<'c>,
    /// Why the winner holds.
    pub(super) why: &'c str,
    /// The member they differ in; empty where that is not known.
    pub(super) member: &'c str,
    /// The name that the loser gets, if it is not left out.
    pub(super) own_name: Option<&'c str>,
}

/// Chooses, and remembers which settlements were of use.
pub(super) struct Resolver<'a> {
    manifest: &'a Manifest,
    /// Contradictions are warnings.
    lenient: bool,
    /// For each settlement what came of it; nothing where its subject was never met.
    settled: Vec<Option<Outcome>>,
    account: &'a mut KeywordLedger,
}

/// What came of a settlement.
enum Outcome {
    Used,
    /// All pages that describe it agree.
    Alike,
    /// The page it names does not describe it; the ones that do.
    OtherPage(Vec<String>),
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        manifest: &'a Manifest,
        lenient: bool,
        account: &'a mut KeywordLedger,
    ) -> Self {
        let settled = manifest.settlements.iter().map(|_| None).collect();
        Self { manifest, lenient, settled, account }
    }

    /// Whether `vendor.toml` says which version holds.
    pub(super) fn is_settled(&self, subject: Subject<'_>) -> bool {
        self.manifest.settlements.iter().any(|settle| subject.is_of(settle))
    }

    /// The version that `vendor.toml` names, by its position in `versions`; `alike` tells that all
    /// say the same, so that there is nothing to settle.
    pub(super) fn settled(
        &mut self,
        subject: Subject<'_>,
        versions: &[Version<'_>],
        alike: bool,
        parts: &[Part],
    ) -> Option<usize> {
        let settlements = &self.manifest.settlements;
        let index = settlements.iter().position(|settle| subject.is_of(settle))?;
        let wanted = &settlements.get(index)?.page;
        let is_wanted = |version: &Version<'_>| {
            parts.get(version.part).is_some_and(|part| part.is_called(wanted))
        };
        let found = versions.iter().rposition(is_wanted);
        let outcome = match found {
            None => Outcome::OtherPage(
                versions.iter().filter_map(|v| Some(self.file(parts.get(v.part)?))).collect(),
            ),
            Some(_) if alike => Outcome::Alike,
            Some(_) => Outcome::Used,
        };
        let used = matches!(outcome, Outcome::Used);
        if let Some(slot) = self.settled.get_mut(index) {
            *slot = Some(outcome);
        }
        found.filter(|_| used)
    }

    /// The version that holds where `vendor.toml` names none, and why.
    pub(super) fn best(&self, versions: &[Version<'_>], parts: &[Part]) -> (usize, &'static str) {
        let part = |version: &Version<'_>| parts.get(version.part);
        let best = (0..versions.len()).max_by(|a, b| {
            match (versions.get(*a).and_then(part), versions.get(*b).and_then(part)) {
                (Some(a), Some(b)) => rank(a, b).0,
                _ => Ordering::Equal,
            }
        });
        let best = best.unwrap_or_default();
        let others = versions.iter().enumerate().filter(|(index, _)| *index != best);
        let second = others.filter_map(|(_, v)| part(v)).max_by(|a, b| rank(a, b).0);
        let why = match (versions.get(best).and_then(part), second) {
            (Some(best), Some(second)) => rank(best, second).1,
            _ => "it is the only one",
        };
        (best, why)
    }

    /// Says that one version gives way to another: it is left out, or gets a name of its own.
    pub(super) fn conflict(
        &mut self,
        subject: Subject<'_>,
        conflict: &Conflict<'_>,
        parts: &[Part],
        report: &mut Report,
    ) {
        let Conflict { winner, loser, why, member, own_name } = conflict;
        let (Some(holds), Some(gives_way)) = (parts.get(winner.part), parts.get(loser.part)) else {
            return;
        };
        let (first, second) =
            (Location::Member(winner.node.origin), Location::Member(loser.node.origin));
        let mut what = format!("`{}` is described in two ways", subject.words());
        if !member.is_empty() {
            what.push_str(&format!(", which differ in `{member}`"));
        }
        let file = self.file(holds);
        let problem = match own_name {
            _ if !self.lenient => {
                Problem::error(second, what).label("one way").related(first, "the other")
            }
            None => Problem::warning(
                second,
                format!("{what}; the one of `{file}` holds, because {why}"),
            )
            .label("this one is left out")
            .related(first, "this one holds"),
            Some(own) => {
                let what = format!("{what}; the one of `{file}` keeps the name, because {why}");
                Problem::warning(second, what)
                    .leaves_out(LeavesOut::Nothing)
                    .label(format!("this one becomes `{own}`"))
                    .related(first, "this one keeps the name")
            }
        };
        report.push(problem.help(self.help(subject, holds, gives_way)));
    }

    /// What to write in `vendor.toml`.
    fn help(&self, subject: Subject<'_>, holds: &Part, gives_way: &Part) -> String {
        let (kind, key) = subject.key();
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let (holds, other) = (quoted(&self.file(holds)), quoted(&self.file(gives_way)));
        format!(
            "keep one of the pages, or say in vendor.toml which holds:\n[[settle]]\n\
             {kind} = {}\nuse = {holds}  # or {other}\nreason = \"…\"",
            quoted(&key)
        )
    }

    /// Takes a version out of the account: another one stands for it.
    pub(super) fn supersede(&mut self, node: &Node, keyword: &str, why: &str) {
        self.account.supersede(node, keyword, why);
    }

    /// Why a version that `vendor.toml` does not name is left out.
    pub(super) fn reason(&self, subject: Subject<'_>) -> String {
        let settle = self.manifest.settlements.iter().find(|settle| subject.is_of(settle));
        let reason = settle.map_or("", |settle| settle.reason.as_str());
        format!("vendor.toml takes another page's version: {reason}")
    }

    /// A page's name for `use`.
    fn file(&self, part: &Part) -> String {
        let manifest = self.manifest.written.as_ref().map(|written| written.file.as_str());
        let folder = manifest.and_then(|file| file.rsplit_once('/')).map(|(folder, _)| folder);
        let file = part.page.file.as_str();
        let inside = folder.and_then(|folder| file.strip_prefix(folder)?.strip_prefix('/'));
        let file = inside.unwrap_or(file);
        if part.several { format!("{file}#{}", part.number) } else { file.to_owned() }
    }

    /// Reports every settlement that settled nothing.
    pub(super) fn finish(self, report: &mut Report) {
        for (index, (settle, outcome)) in
            self.manifest.settlements.iter().zip(self.settled).enumerate()
        {
            let subject = settle.subject();
            let what = match outcome {
                Some(Outcome::Used) => continue,
                Some(Outcome::Alike) => format!("pages agree on `{subject}`"),
                Some(Outcome::OtherPage(files)) => {
                    format!(
                        "`{}` does not describe `{subject}`; `{}` does",
                        settle.page,
                        files.join("`, `")
                    )
                }
                None => format!("there are not two descriptions of `{subject}`"),
            };
            let location = self.manifest.location(&["settle", &index.to_string()]);
            report.push(
                Problem::error(location, format!("this settles nothing: {what}"))
                    .help("remove the entry, or mend it"),
            );
        }
    }
}

/// Which of two pages holds, and why.
fn rank(a: &Part, b: &Part) -> (Ordering, &'static str) {
    let form = b.endpoint.cmp(&a.endpoint);
    if form != Ordering::Equal {
        return (form, "it is OpenAPI and the other one the endpoint dialect");
    }
    let date = a.date.cmp(&b.date);
    if date != Ordering::Equal {
        return (date, "its date is the later one");
    }
    let file = (&a.page.file, a.number).cmp(&(&b.page.file, b.number));
    (file, "it is the last by name")
}
