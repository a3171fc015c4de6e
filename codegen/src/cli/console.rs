//! The output of a command: two streams that the caller provides, so that tests can read them.

use std::io::Write;

use super::{FAILED, Failure, USAGE, count_noun};
use crate::report::{Report, Severity};
use crate::source::{Sources, render};

/// The output of a command.
pub struct Console<'a> {
    /// The stream for results.
    pub out: &'a mut dyn Write,
    /// The stream for problems.
    pub err: &'a mut dyn Write,
    /// Whether problems are printed in colour.
    pub styled: bool,
}

impl Console<'_> {
    /// Runs a command on the process's own streams. Colours are removed if the stream is not a
    /// terminal.
    pub fn standard(command: impl FnOnce(&mut Console<'_>) -> u8) -> std::process::ExitCode {
        let (mut out, mut err) = (anstream::stdout(), anstream::stderr());
        command(&mut Console { out: &mut out, err: &mut err, styled: true }).into()
    }

    /// Prints a result. A closed pipe is not an error.
    pub fn print(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }

    /// Prints to the stream for problems.
    pub fn eprint(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Prints why a command failed, and returns the exit status.
    pub fn fail(&mut self, failure: &Failure) -> u8 {
        match failure {
            Failure::Usage(message) => {
                self.eprint(&format!("error: {message}\n"));
                USAGE
            }
            Failure::Problems(diagnostics) => {
                self.eprint(&diagnostics.render(self.styled));
                FAILED
            }
        }
    }

    /// Prints the warnings of a run that succeeded, and its notes or their number.
    pub fn print_report(&mut self, sources: &Sources, report: &Report, notes: bool) {
        let mut shown = report.clone();
        if !notes {
            shown.problems.retain(|problem| problem.severity != Severity::Note);
        }
        if !shown.problems.is_empty() {
            self.eprint(&render::render(sources, &shown, self.styled));
        }
        let hidden = report.problems.len() - shown.problems.len();
        if hidden > 0 {
            let notes = count_noun(hidden, "note");
            self.eprint(&format!("{notes} not shown; pass `--notes` to print them\n"));
        }
    }

    /// Prints clap's help as a result, or its error as a problem, and returns the exit status.
    pub fn print_clap_error(&mut self, error: &clap::Error) -> u8 {
        let text = error.render();
        let text = if self.styled { text.ansi().to_string() } else { text.to_string() };
        if error.use_stderr() {
            self.eprint(&text);
        } else {
            self.print(&text);
        }
        u8::try_from(error.exit_code()).unwrap_or(USAGE)
    }
}
