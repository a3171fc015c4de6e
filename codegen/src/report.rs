//! Problems with the input, each with its location. A run collects all of them before it stops.

use std::ops::Range;

/// Where a node was read from: the document (an index into the run's list of documents) and the
/// node's number in reading order. Cheap to copy; resolved to a line and column only when a problem
/// is shown (`source::locate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// Index of the document in the run's [`Sources`](crate::source::Sources).
    pub document: u32,
    /// The node's number: every value of the document counted from 0 in reading order, an object or
    /// array before its contents, a YAML alias as a copy of the value it refers to.
    pub node: u32,
}

/// How serious a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Part of the input is not generated; the rest is.
    Warning,
    /// The input was read differently from how it was written.
    Note,
}

/// The part of the input that a problem points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// The object entry or array item that holds this node, from its key (if it has one) to the end
    /// of its value.
    Entry(Origin),
    /// The value alone.
    Value(Origin),
    /// A byte range of a file, by the file's name.
    Text(String, Range<usize>),
    /// A whole file.
    File(String),
    /// The run as a whole.
    Run,
}

impl Location {
    /// Returns the same location after `offset` documents were inserted before its own.
    pub(crate) fn offset_documents(self, offset: u32) -> Self {
        let moved =
            |origin: Origin| Origin { document: origin.document.saturating_add(offset), ..origin };
        match self {
            Self::Entry(origin) => Self::Entry(moved(origin)),
            Self::Value(origin) => Self::Value(moved(origin)),
            location @ (Self::Text(..) | Self::File(_) | Self::Run) => location,
        }
    }
}

/// An error, a warning or a note, with its location and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The part of the input that it is about.
    pub location: Location,
    /// How serious it is.
    pub severity: Severity,
    /// A full sentence without a final period that names what was found and what was expected.
    pub message: String,
    /// A few words at the underlined text, such as `inside components.schemas.Order`.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Other locations that the message mentions, each with a label.
    pub related: Vec<(Location, String)>,
    /// How much of the input at its location is missing from the generated code.
    pub skipped: Skipped,
}

/// How much of the input at a location is missing from the generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// Nothing: it is read, perhaps differently from how it was written.
    Nothing,
    /// Part of it: the keyword, if nothing below it is read.
    Part,
    /// Everything at the location.
    Whole,
}

impl Problem {
    /// Creates an error at `location`.
    pub fn error(location: Location, message: impl Into<String>) -> Self {
        let (severity, skipped) = (Severity::Error, Skipped::Part);
        let (message, related) = (message.into(), Vec::new());
        Self { location, severity, message, label: None, help: None, related, skipped }
    }

    /// Creates a warning at `location`.
    pub fn warning(location: Location, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(location, message) }
    }

    /// Creates a note at `location`.
    pub fn note(location: Location, message: impl Into<String>) -> Self {
        let (severity, skipped) = (Severity::Note, Skipped::Nothing);
        Self { severity, skipped, ..Self::error(location, message) }
    }

    /// Creates a note that everything at `location` is skipped, for the reason in `message`.
    pub fn skip_note(location: Location, message: impl Into<String>) -> Self {
        Self::note(location, message).skipped(Skipped::Whole)
    }

    /// Sets how much of the input at the location is missing from the generated code.
    pub fn skipped(mut self, skipped: Skipped) -> Self {
        self.skipped = skipped;
        self
    }

    /// Adds a label at the underlined text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds what to do about the problem.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another location that the message mentions.
    pub fn related(mut self, location: Location, label: impl Into<String>) -> Self {
        self.related.push((location, label.into()));
        self
    }
}

/// All problems of a run, in the order in which they were found; `source::render` sorts them.
#[derive(Debug, Clone)]
pub struct Report {
    /// The documents that locations refer to.
    pub sources: crate::source::Sources,
    /// The problems.
    pub problems: Vec<Problem>,
    /// Whether a mistake that can be worked around, by skipping the invalid part or reading it as
    /// untyped JSON, is an error instead of a warning.
    pub strict: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self { sources: crate::source::Sources::default(), problems: Vec::new(), strict: true }
    }
}

impl Report {
    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds a problem that the run can work around, by skipping the invalid part or reading it as
    /// untyped JSON: an error if the report is strict, otherwise a warning.
    pub fn error_or_warn(&mut self, problem: Problem) {
        let severity = if self.strict { Severity::Error } else { Severity::Warning };
        self.push(Problem { severity, ..problem });
    }

    /// Adds the problems of another run and the documents they refer to. Returns how many documents
    /// now stand before the other run's documents.
    pub fn absorb(&mut self, other: Report) -> u32 {
        let offset = u32::try_from(self.sources.documents.len()).unwrap_or(u32::MAX);
        self.sources.documents.extend(other.sources.documents);
        self.problems.extend(other.problems.into_iter().map(|problem| {
            Problem {
                location: problem.location.offset_documents(offset),
                related: problem
                    .related
                    .into_iter()
                    .map(|(location, label)| (location.offset_documents(offset), label))
                    .collect(),
                ..problem
            }
        }));
        offset
    }

    /// Returns whether any problem is an error, so that nothing can be generated.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|p| p.severity == Severity::Error)
    }
}

impl From<Problem> for Report {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }
}
