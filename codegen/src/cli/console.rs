//! Where a command prints: two streams given by the caller, so that a test can read them.

use std::io::Write;

use super::{FAILED, Failure, USAGE, counted};
use crate::report::{Report, Severity};
use crate::source;

/// Where a command prints.
pub struct Console<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Problems.
    pub err: &'a mut dyn Write,
    /// Whether problems are coloured.
    pub styled: bool,
}

impl Console<'_> {
    /// Runs a command on the process's own streams, which take colours away where nobody can see
    /// them.
    pub fn standard(command: impl FnOnce(&mut Console<'_>) -> u8) -> std::process::ExitCode {
        let (mut out, mut err) = (anstream::stdout(), anstream::stderr());
        command(&mut Console { out: &mut out, err: &mut err, styled: true }).into()
    }

    /// Prints a result. A reader that went away is no reason to fail.
    pub fn print(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }

    /// Prints about a result.
    pub fn warn(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Prints what is wrong, and gives the exit status that goes with it.
    pub fn fail(&mut self, failure: &Failure) -> u8 {
        match failure {
            Failure::Usage(what) => {
                self.warn(&format!("error: {what}\n"));
                USAGE
            }
            Failure::Problems(report) => {
                self.warn(&source::render::render(report, self.styled));
                FAILED
            }
        }
    }

    /// Prints the warnings of a run that succeeded, and its notes or how many there are.
    pub fn report(&mut self, report: &Report, notes: bool) {
        let mut shown = report.clone();
        if !notes {
            shown.problems.retain(|problem| problem.severity != Severity::Note);
        }
        if !shown.problems.is_empty() {
            self.warn(&source::render::render(&shown, self.styled));
        }
        let hidden = report.problems.len() - shown.problems.len();
        if hidden > 0 {
            let what = "on what was read in another way than it was written";
            self.warn(&format!("{} {what}; `--notes` shows them\n", counted(hidden, "note")));
        }
    }

    /// Prints what clap has to say: help on the one stream, an error on the other.
    pub fn clap(&mut self, error: &clap::Error) -> u8 {
        let text = error.render();
        let text = if self.styled { text.ansi().to_string() } else { text.to_string() };
        if error.use_stderr() {
            self.warn(&text);
        } else {
            self.print(&text);
        }
        u8::try_from(error.exit_code()).unwrap_or(USAGE)
    }
}
