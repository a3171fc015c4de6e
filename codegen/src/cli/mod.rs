//! The `docwright` command, and the code that it shares with `cargo xtask`: reading inputs, writing files
//! and printing. This is the only part of the crate that does I/O, and requires the feature `cli`.
#![allow(
    clippy::disallowed_methods,
    reason = "this module does all the I/O; the rest of the crate does none"
)]

mod address;
pub mod build_script;
mod cargo_manifest;
mod changes;
mod check;
mod client;
mod config;
mod console;
pub mod disk;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(feature = "fetch")]
mod fetch_cache;
#[cfg(feature = "fetch")]
mod fetch_folder;
mod generate;
mod init;
mod input_args;
mod inputs;
mod inspect;
mod inspect_json;
mod name;
mod output_args;
mod progress;
mod record;
mod result;
mod runtime_package;
mod runtime_source;
mod stale;
mod summary;
mod vendor;

use std::ffi::OsString;

use clap::{CommandFactory as _, Parser};

use crate::manifest::json_schema;
use crate::report::Report;
use crate::source::Diagnostics;

use console::Color;

pub use console::Console;
#[cfg(feature = "fetch")]
pub use fetch::{FetchOutput, run_fetch};
#[cfg(feature = "fetch")]
pub use fetch_folder::FetchOptions;
pub use inputs::{Folder, read_folder};
pub use name::{module_name, package_name};
pub use record::{RecordUpdate, crate_version};
pub use stale::{change_name, count_changes, describe_changes};
pub use summary::{count_noun, require_operations, summary_table};
pub use vendor::{LoadedVendor, load_vendor};

/// The file with the recorded names, in the folder of `vendor.toml`.
pub const NAMES: &str = inputs::NAMES;

/// The file with the public items of the generated code, beside the recorded names.
pub const RECORD: &str = inputs::RECORD;

/// The output format of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Text.
    #[value(alias = "text")]
    Human,
    /// JSON.
    Json,
}

/// The exit status of a command that succeeded.
pub const DONE: u8 = 0;
/// The exit status of a command that failed because of problems in the input.
pub const FAILED: u8 = 1;
/// The exit status of a command with an invalid command line.
pub const USAGE: u8 = 2;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The command line is invalid, for the reason in the message.
    Usage(String),
    /// The input has errors.
    Problems(Diagnostics),
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Self::Problems(report.into())
    }
}

impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::Problems(diagnostics)
    }
}

/// Generates Rust clients from API documentation pages and OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "docwright", version, arg_required_else_help = true, after_help = EXIT_STATUS)]
struct Docwright {
    /// When problems are printed in colour; `auto` does so on a terminal, unless NO_COLOR or CLICOLOR=0 is
    /// set
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Generate(generate::Generate),
    Check(check::Check),
    #[cfg(feature = "fetch")]
    Fetch(fetch::Fetch),
    Changes(changes::Changes),
    Inspect(inspect::Inspect),
    Init(init::Init),
    /// Prints the completions of a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Prints the JSON Schema of vendor.toml, by which editors complete and check it
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema,
}

const EXIT_STATUS: &str = "\
Exit status: 0 if the command succeeded, 1 if the input has errors or a check failed, 2 if the command line
is invalid. `docwright help COMMAND` has the details and examples.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  docwright completions bash > docwright.bash

Exit status: 0, or 2 if the command line is invalid.";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  docwright schema > vendor-toml.schema.json

Exit status: 0, or 2 if the command line is invalid.";

/// Runs the `docwright` command and returns its exit status. The first argument is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    console.set_color(&arguments);
    match Docwright::try_parse_from(arguments) {
        Ok(Docwright { command: Command::Generate(command), .. }) => command.run(console),
        Ok(Docwright { command: Command::Check(command), .. }) => command.run(console),
        Ok(Docwright { command: Command::Changes(command), .. }) => command.run(console),
        #[cfg(feature = "fetch")]
        Ok(Docwright { command: Command::Fetch(command), .. }) => command.run(console),
        Ok(Docwright { command: Command::Inspect(command), .. }) => command.run(console),
        Ok(Docwright { command: Command::Init(command), .. }) => command.run(console),
        Ok(Docwright { command: Command::Completions { shell }, .. }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Docwright::command(), "docwright", &mut script);
            console.print(&String::from_utf8_lossy(&script));
            DONE
        }
        Ok(Docwright { command: Command::Schema, .. }) => {
            console.print(&format!("{:#}\n", json_schema()));
            DONE
        }
        Err(error) => console.print_clap_error(&error),
    }
}
