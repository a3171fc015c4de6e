//! A problem with the input: its location, what is wrong, and what to do about it.

use super::location::Location;

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
