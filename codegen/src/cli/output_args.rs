//! The command line arguments for the output.

use serde_json::json;

use super::client::Generated;
use super::{Console, FAILED, Failure, Format};
use crate::source::{Diagnostics, render};

/// The arguments for the output.
#[derive(Debug, clap::Args)]
pub(super) struct OutputArgs {
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub format: Format,
    /// Also print notes about input that was read differently from how it was written
    #[arg(short = 'v', long, visible_alias = "verbose")]
    pub notes: bool,
    /// Print errors only
    #[arg(short, long, conflicts_with = "notes")]
    pub quiet: bool,
}

impl OutputArgs {
    /// Prints a result.
    pub fn print(&self, console: &mut Console<'_>, text: &str) {
        if !self.quiet {
            console.print(text);
        }
    }

    /// Prints the warnings of clients that were generated.
    pub fn print_reports(&self, console: &mut Console<'_>, generated: &[Generated]) {
        for client in generated.iter().filter(|_| !self.quiet) {
            console.print_report(&client.output.sources, &client.output.report, self.notes);
        }
    }

    /// Prints why a command failed, and returns the exit status.
    pub fn fail(&self, console: &mut Console<'_>, failure: &Failure) -> u8 {
        fail(console, self.format, failure)
    }
}

/// Prints why a command failed, and returns the exit status.
pub(super) fn fail(console: &mut Console<'_>, format: Format, failure: &Failure) -> u8 {
    match failure {
        Failure::Problems(Diagnostics { sources, report }) if format == Format::Json => {
            let problems = json!({ "problems": render::to_json(sources, report) });
            console.print(&format!("{problems:#}\n"));
            FAILED
        }
        failure => console.fail(failure),
    }
}
