//! The `docwright` command, and what it shares with `cargo xtask`: reading inputs, writing files,
//! printing. This is the only part of the crate that touches the disk, and it only exists with the
//! feature `cli`.
#![allow(
    clippy::disallowed_methods,
    reason = "the rest of the crate is pure, so somebody has to read and write the files"
)]

mod console;
pub mod disk;
mod generate;
mod given;
mod inputs;
mod inspect;
mod name;
mod summary;
mod vendor;

use std::ffi::OsString;

use clap::Parser;

use crate::Report;

pub use console::Console;
pub use inputs::{Folder, read_folder};
pub use name::{module_name, package_name};
pub use summary::{counted, require_operations, table};
pub use vendor::{Loaded, load};

/// The file beside `vendor.toml` with the names that were given before.
pub const NAMES: &str = inputs::NAMES;

/// How a command prints what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Lines for people.
    #[value(alias = "text")]
    Human,
    /// JSON.
    Json,
}

/// Exit status: done.
pub const DONE: u8 = 0;
/// Exit status: not done, because of problems that were printed.
pub const FAILED: u8 = 1;
/// Exit status: the command line makes no sense.
pub const USAGE: u8 = 2;

/// Why a command did nothing.
#[derive(Debug)]
pub enum Failure {
    /// The command line makes no sense; why, as a sentence.
    Usage(String),
    /// The input has problems.
    Problems(Report),
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Self::Problems(report)
    }
}

/// Turns API documentation pages and OpenAPI documents into Rust clients.
#[derive(Debug, Parser)]
#[command(name = "docwright", version, arg_required_else_help = true)]
struct Docwright {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Generate(generate::Generate),
    Inspect(inspect::Inspect),
}

/// The `docwright` command: its arguments, the program's name first, to its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> u8 {
    match Docwright::try_parse_from(arguments) {
        Ok(Docwright { command: Command::Generate(command) }) => command.run(console),
        Ok(Docwright { command: Command::Inspect(command) }) => command.run(console),
        Err(error) => console.clap(&error),
    }
}
