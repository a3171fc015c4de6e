//! Problems as people and programs read them.

use std::cmp::Ordering;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::locate::{Locator, Position};
use crate::report::{Problem, Report, Severity};

/// Lines longer than this are cut out around the location: a whole document may stand on one line.
const LONG_LINE: usize = 4096;

/// How much of a location on a long line is shown.
const EXCERPT: usize = 60;

/// All problems of a report in the form compilers use, each once, by file and line.
///
/// With `styled`, the text holds terminal colours.
pub fn render(report: &Report, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut locator = Locator::new(&report.sources);
    let entries = entries(report, &mut locator);
    let texts = entries.iter().map(|entry| {
        let mut text = renderer.render(&[entry.group(&mut locator)]);
        text.push('\n');
        text
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// All problems of a report as a list, each once, by file and line. Places that a problem does not
/// have are null.
pub fn to_json(report: &Report) -> Value {
    let mut locator = Locator::new(&report.sources);
    let entries = entries(report, &mut locator);
    entries.iter().map(Entry::to_json).collect()
}

/// A problem and its locations.
struct Entry<'r> {
    problem: &'r Problem,
    file: Option<&'r str>,
    position: Option<Position>,
    related: Vec<(Related<'r>, &'r str)>,
}

/// The file and position of another location that a problem speaks of.
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
    /// By file, line, column, weight and words; what concerns no file comes last.
    fn order(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }

    fn key(&self) -> impl Ord + '_ {
        let Problem { location: _, severity, what, label, help, related: _, leaves_out: _ } =
            self.problem;
        let at = self.position.as_ref();
        let start = at.map(|p| (p.line, p.column));
        let end = at.map(|p| (p.end_line, p.end_column));
        let related = self
            .related
            .iter()
            .map(|((file, at), label)| (*file, at.as_ref().map(|p| (p.line, p.column)), *label));
        let related: Vec<_> = related.collect();
        (self.file.is_none(), self.file, start, severity, what, label, help, end, related)
    }

    fn group<'t>(&'t self, locator: &mut Locator<'t>) -> Group<'t> {
        let problem = self.problem;
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut group = Group::with_title(level.primary_title(one_line(&problem.what)));
        let label = problem.label.as_deref().map(one_line);
        let primary = AnnotationKind::Primary;
        group = location(group, self.file, self.position.as_ref(), primary, label, locator);
        for ((file, position), label) in &self.related {
            let (at, label) = (position.as_ref(), Some(one_line(label)));
            group = location(group, *file, at, AnnotationKind::Context, label, locator);
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
            "message": self.problem.what,
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

/// Adds a location to what is shown of a problem.
fn location<'t>(
    group: Group<'t>,
    file: Option<&'t str>,
    position: Option<&'t Position>,
    kind: AnnotationKind,
    mut label: Option<String>,
    locator: &mut Locator<'t>,
) -> Group<'t> {
    let shown = position.and_then(|p| Some((p, locator.first_line(p)?)));
    let group = match shown {
        Some((position, (line, bytes))) if line.len() <= LONG_LINE => {
            let mark = kind.span(bytes).label(label.take());
            let snippet = Snippet::source(line).line_start(position.line);
            group.element(snippet.path(position.file.as_str()).annotation(mark))
        }
        Some((position, (line, bytes))) => {
            let origin = Origin::path(position.file.as_str()).line(position.line);
            let group = group.element(origin.char_column(position.column));
            group.element(Level::NOTE.message(excerpt(line, bytes)))
        }
        None => group.elements(file.map(Origin::path)),
    };
    // Without a line to write it at, the label is a sentence of its own.
    group.elements(label.map(|label| Level::NOTE.message(label)))
}

/// Text of a document may hold line breaks; a title has none.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim_end).collect::<Vec<_>>().join(" ")
}

fn excerpt(line: &str, bytes: Range<usize>) -> String {
    let found = line.get(bytes).unwrap_or_default();
    match found.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("at `{}…`", found.get(..end).unwrap_or_default()),
        None => format!("at `{found}`"),
    }
}
