//! Renders problems as text for people and as JSON for programs.

use std::cmp::Ordering;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::input::{Diagnostics, Sources};
use super::locate::{Locator, Position};
use crate::report::{Problem, Report, Severity};

/// The maximum length of a line that is shown in full: some documents consist of a single line.
const MAX_LINE_LENGTH: usize = 4096;

/// The number of characters that are shown of a location on a longer line.
const EXCERPT_LENGTH: usize = 60;

/// Renders all problems of a report in the style of compilers, without duplicates, by file and
/// line.
///
/// With `styled`, the text contains terminal colours.
pub fn render(sources: &Sources, report: &Report, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut locator = Locator::new(sources);
    let entries = entries(report, &mut locator);
    let texts = entries.iter().map(|entry| {
        let mut text = renderer.render(&[entry.group(&mut locator)]);
        text.push('\n');
        text
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// Renders all problems of a report as a JSON array, without duplicates, by file and line. Parts of
/// the location that a problem does not have are null.
pub fn to_json(sources: &Sources, report: &Report) -> Value {
    let mut locator = Locator::new(sources);
    let entries = entries(report, &mut locator);
    entries.iter().map(Entry::to_json).collect()
}

impl Diagnostics {
    /// Renders the problems as text. See [`render`].
    pub fn render(&self, styled: bool) -> String {
        render(&self.sources, &self.report, styled)
    }
}

/// A problem with its position.
struct Entry<'r> {
    problem: &'r Problem,
    file: Option<&'r str>,
    position: Option<Position>,
    related: Vec<(Related<'r>, &'r str)>,
}

/// The file and position of a related location.
type Related<'r> = (Option<&'r str>, Option<Position>);

fn entries<'r>(report: &'r Report, locator: &mut Locator<'r>) -> Vec<Entry<'r>> {
    let located = report.problems.iter().map(|problem| Entry {
        problem,
        file: locator.file(&problem.location),
        position: locator.position(&problem.location),
        related: problem
            .related
            .iter()
            .map(|(location, label)| {
                ((locator.file(location), locator.position(location)), label.as_str())
            })
            .collect(),
    });
    let mut entries = located.collect::<Vec<_>>();
    entries.sort_by(Entry::order);
    entries.dedup_by(|a, b| Entry::order(a, b) == Ordering::Equal);
    entries
}

impl Entry<'_> {
    /// Orders by file, line, column, severity and message. Problems without a file come last.
    fn order(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }

    fn key(&self) -> impl Ord + '_ {
        let Problem { location: _, severity, message, label, help, related: _, skipped: _ } =
            self.problem;
        let at = self.position.as_ref();
        let start = at.map(|p| (p.line, p.column));
        let end = at.map(|p| (p.end_line, p.end_column));
        let related = self
            .related
            .iter()
            .map(|((file, at), label)| (*file, at.as_ref().map(|p| (p.line, p.column)), *label));
        let related: Vec<_> = related.collect();
        (self.file.is_none(), self.file, start, severity, message, label, help, end, related)
    }

    fn group<'t>(&'t self, locator: &mut Locator<'t>) -> Group<'t> {
        let problem = self.problem;
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut group = Group::with_title(level.primary_title(one_line(&problem.message)));
        let label = problem.label.as_deref().map(one_line);
        let primary = AnnotationKind::Primary;
        group = add_location(group, self.file, self.position.as_ref(), primary, label, locator);
        for ((file, position), label) in &self.related {
            let (at, label) = (position.as_ref(), Some(one_line(label)));
            group = add_location(group, *file, at, AnnotationKind::Context, label, locator);
        }
        group.elements(problem.help.as_deref().map(|help| Level::HELP.message(help)))
    }

    fn to_json(&self) -> Value {
        let at = self.position.as_ref();
        json!({
            "severity": match self.problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            "file": self.file,
            "line": at.map(|p| p.line),
            "column": at.map(|p| p.column),
            "end_line": at.map(|p| p.end_line),
            "end_column": at.map(|p| p.end_column),
            "message": self.problem.message,
            "label": self.problem.label,
            "help": self.problem.help,
            "related": self.related.iter().map(|((file, at), label)| {
                let at = at.as_ref();
                json!({
                    "file": file,
                    "line": at.map(|p| p.line),
                    "column": at.map(|p| p.column),
                    "end_line": at.map(|p| p.end_line),
                    "end_column": at.map(|p| p.end_column),
                    "label": label,
                })
            }).collect::<Vec<_>>(),
        })
    }
}

/// Adds a location to a rendered problem.
fn add_location<'t>(
    group: Group<'t>,
    file: Option<&'t str>,
    position: Option<&'t Position>,
    kind: AnnotationKind,
    mut label: Option<String>,
    locator: &mut Locator<'t>,
) -> Group<'t> {
    let line = position.and_then(|p| Some((p, locator.first_line(p)?)));
    let group = match line {
        Some((position, (line, bytes))) if line.len() <= MAX_LINE_LENGTH => {
            let annotation = kind.span(bytes).label(label.take());
            let snippet = Snippet::source(line).line_start(position.line);
            group.element(snippet.path(position.file.as_str()).annotation(annotation))
        }
        Some((position, (line, bytes))) => {
            let origin = Origin::path(position.file.as_str()).line(position.line);
            let group = group.element(origin.char_column(position.column));
            group.element(Level::NOTE.message(excerpt(line, bytes)))
        }
        None => group.elements(file.map(Origin::path)),
    };
    // Without a source line to attach it to, the label becomes a note.
    group.elements(label.map(|label| Level::NOTE.message(label)))
}

/// Removes line breaks, which strings of a document may contain.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim_end).collect::<Vec<_>>().join(" ")
}

/// Shows the start of a location on a long line.
fn excerpt(line: &str, bytes: Range<usize>) -> String {
    let found = line.get(bytes).unwrap_or_default();
    match found.char_indices().nth(EXCERPT_LENGTH) {
        Some((end, _)) => format!("at `{}…`", found.get(..end).unwrap_or_default()),
        None => format!("at `{found}`"),
    }
}
