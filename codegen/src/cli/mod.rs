//! The `docwright` command, and the code that it shares with `cargo xtask`: reading inputs, writing files
//! and printing. This is the only part of the crate that does I/O, and requires the feature `cli`.
#![allow(
    clippy::disallowed_methods,
    reason = "this module does all the I/O; the rest of the crate does none"
)]

pub mod build_script;
mod cargo_manifest;
mod changes;
mod check;
mod client;
mod config;
mod console;
pub mod disk;
mod generate;
mod init;
mod input_args;
mod inputs;
mod inspect;
mod inspect_json;
mod name;
mod output_args;
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

pub use console::Console;
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
#[command(name = "docwright", version, arg_required_else_help = true)]
struct Docwright {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Generate(generate::Generate),
    Check(check::Check),
    Changes(changes::Changes),
    Inspect(inspect::Inspect),
    Init(init::Init),
    /// Prints the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Prints the JSON Schema of vendor.toml, by which editors complete and check it
    Schema,
}

/// Runs the `docwright` command and returns its exit status. The first argument is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> u8 {
    match Docwright::try_parse_from(arguments) {
        Ok(Docwright { command: Command::Generate(command) }) => command.run(console),
        Ok(Docwright { command: Command::Check(command) }) => command.run(console),
        Ok(Docwright { command: Command::Changes(command) }) => command.run(console),
        Ok(Docwright { command: Command::Inspect(command) }) => command.run(console),
        Ok(Docwright { command: Command::Init(command) }) => command.run(console),
        Ok(Docwright { command: Command::Completions { shell } }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Docwright::command(), "docwright", &mut script);
            console.print(&String::from_utf8_lossy(&script));
            DONE
        }
        Ok(Docwright { command: Command::Schema }) => {
            console.print(&format!("{:#}\n", json_schema()));
            DONE
        }
        Err(error) => console.print_clap_error(&error),
    }
}
