//! The output of a command: two streams that the caller provides, so that tests can read them.

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write, stderr};

use anstream::AutoStream;

use super::progress::Progress;
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
    /// Whether progress is shown on the terminal of the process.
    shows_progress: bool,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` or `CLICOLOR` forbids it.
    Auto,
    /// Also in a file or a pipe.
    Always,
    /// Never.
    Never,
}

impl<'a> Console<'a> {
    /// Creates a console without colours.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self { out, err, styled: false, shows_progress: false }
    }
}

impl Console<'_> {
    /// Runs a command on the process's own streams. Output is coloured on a terminal, unless the
    /// environment forbids it.
    pub fn standard(command: impl FnOnce(&mut Console<'_>) -> u8) -> std::process::ExitCode {
        let styled = AutoStream::choice(&stderr()) != anstream::ColorChoice::Never;
        let (mut out, mut err) = (anstream::stdout(), AutoStream::always_ansi(stderr()));
        let shows_progress = stderr().is_terminal();
        command(&mut Console { out: &mut out, err: &mut err, styled, shows_progress }).into()
    }

    /// Applies `--color`, which is needed before the arguments are parsed: errors in them are coloured, too.
    pub(super) fn set_color(&mut self, arguments: &[OsString]) {
        let next = arguments.windows(2).filter_map(|pair| match pair {
            [option, value] if option == "--color" => value.to_str(),
            _ => None,
        });
        let same = arguments.iter().filter_map(|it| it.to_str()?.strip_prefix("--color="));
        match next.chain(same).last() {
            Some("always") => self.styled = true,
            Some("never") => self.styled = false,
            _ => {}
        }
    }

    /// Shows what the command does, until the result is dropped, if it takes more than a second.
    pub(super) fn show_progress(&self, action: &'static str, is_quiet: bool) -> Option<Progress> {
        (self.shows_progress && !is_quiet).then(|| Progress::start(action))
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
        // The stream for results removes colours itself if it is not a terminal.
        let text = if self.styled { text.ansi().to_string() } else { text.to_string() };
        if error.use_stderr() {
            self.eprint(&text);
        } else {
            self.print(&text);
        }
        u8::try_from(error.exit_code()).unwrap_or(USAGE)
    }
}
