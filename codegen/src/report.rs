//! What a stage says of its input: located problems, all of a run at once.

use std::ops::Range;

/// Where a node was read from: the document (a position in the run's list of documents) and the
/// node's number in reading order. Cheap to carry; turned into line and column only when a problem
/// is shown (`source::locate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// Index of the document in the run's [`Sources`](crate::source::Sources).
    pub document: u32,
    /// The node's number: every value of the document counted from 0 in reading order, a map or
    /// list before what it holds, an alias counted as what it stands for.
    pub node: u32,
}

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something of the source is not generated; the rest is.
    Warning,
    /// Something was read in another way than it was written, and how.
    Note,
}

/// What a problem points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// The member or item that holds this node: its key (if it has one) to its end.
    Member(Origin),
    /// The value alone.
    Value(Origin),
    /// Bytes of a file, by the file's name.
    Text(String, Range<usize>),
    /// A whole file.
    File(String),
    /// Nothing in particular: the run as a whole.
    Run,
}

impl Location {
    /// The same location when `offset` documents stand before its own.
    pub(crate) fn moved(self, offset: u32) -> Self {
        let moved =
            |origin: Origin| Origin { document: origin.document.saturating_add(offset), ..origin };
        match self {
            Self::Member(origin) => Self::Member(moved(origin)),
            Self::Value(origin) => Self::Value(moved(origin)),
            location @ (Self::Text(..) | Self::File(_) | Self::Run) => location,
        }
    }
}

/// One thing a person should know, with its location and a way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub location: Location,
    /// How much it weighs.
    pub severity: Severity,
    /// A full sentence without a final dot, naming what was found and what was expected.
    pub what: String,
    /// A few words at the underlined text, such as `inside components.schemas.Order`.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Other locations that it speaks of, each with a few words.
    pub related: Vec<(Location, String)>,
    /// How much of what stands at its location does not reach the generated code.
    pub leaves_out: LeavesOut,
}

/// How much of what stands at a location does not reach the generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeavesOut {
    /// Nothing: it is read, perhaps in another way than it was written.
    Nothing,
    /// Something of it: the keyword, where nothing below it is read.
    Something,
    /// Everything that stands there.
    Whole,
}

impl Problem {
    /// An error at `location`.
    pub fn error(location: Location, what: impl Into<String>) -> Self {
        let (severity, leaves_out) = (Severity::Error, LeavesOut::Something);
        let (what, related) = (what.into(), Vec::new());
        Self { location, severity, what, label: None, help: None, related, leaves_out }
    }

    /// A warning at `location`.
    pub fn warning(location: Location, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(location, what) }
    }

    /// A note at `location`.
    pub fn note(location: Location, what: impl Into<String>) -> Self {
        let (severity, leaves_out) = (Severity::Note, LeavesOut::Nothing);
        Self { severity, leaves_out, ..Self::error(location, what) }
    }

    /// A note that what stands at `location` is left out, for the reason that it gives.
    pub fn left_out(location: Location, what: impl Into<String>) -> Self {
        Self::note(location, what).leaves_out(LeavesOut::Whole)
    }

    /// The same problem with another word on how much it leaves out.
    pub fn leaves_out(mut self, leaves_out: LeavesOut) -> Self {
        self.leaves_out = leaves_out;
        self
    }

    /// The same problem with words at the underlined text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same problem with a way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with another location that it speaks of.
    pub fn related(mut self, location: Location, label: impl Into<String>) -> Self {
        self.related.push((location, label.into()));
        self
    }
}

/// All problems of a run, in the order in which they were met; `source::render` sorts them.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The documents that locations refer to.
    pub sources: crate::source::Sources,
    /// The problems.
    pub problems: Vec<Problem>,
    /// Whether what can be left out or read as untyped JSON is a warning instead of an error.
    pub lenient: bool,
}

impl Report {
    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds an error that the run can go on from, the part at fault being left out or read as
    /// untyped JSON: a warning where the report is lenient.
    pub fn tolerate(&mut self, problem: Problem) {
        let severity = if self.lenient { Severity::Warning } else { Severity::Error };
        self.push(Problem { severity, ..problem });
    }

    /// Adds another run's problems and the documents they refer to.
    /// Gives the number of documents that stand before the other's.
    pub fn absorb(&mut self, other: Report) -> u32 {
        let offset = u32::try_from(self.sources.documents.len()).unwrap_or(u32::MAX);
        self.sources.documents.extend(other.sources.documents);
        self.problems.extend(other.problems.into_iter().map(|problem| {
            Problem {
                location: problem.location.moved(offset),
                related: problem
                    .related
                    .into_iter()
                    .map(|(location, label)| (location.moved(offset), label))
                    .collect(),
                ..problem
            }
        }));
        offset
    }

    /// Whether any problem forbids generating.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|p| p.severity == Severity::Error)
    }
}

impl From<Problem> for Report {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }
}
