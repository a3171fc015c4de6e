//! Problems with the input, each with its location. A run collects all of them before it stops.
//!
//! This is the lowest module: a problem refers to a location and does not own the document.
//! `source::render` shows problems together with the documents.

mod closest;
mod location;
mod problem;

pub(crate) use closest::{closest, suggest};
pub use location::{Location, Origin};
pub use problem::{Problem, Severity, Skipped};

/// All problems of a run, in the order in which they were found; `source::render` sorts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The problems.
    pub problems: Vec<Problem>,
    /// Whether a mistake that can be worked around, by skipping the invalid part or reading it as
    /// untyped JSON, is an error instead of a warning.
    pub strict: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self { problems: Vec::new(), strict: true }
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
