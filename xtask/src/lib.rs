//! The tasks of this repository, as a library so that tests can call them.
//!
//! This package depends on the generator and never on generated code: the task that repairs
//! `generated/` must run even if `generated/` does not compile.

pub mod coverage;
pub mod fetch;
mod harness;
pub mod regen;
pub mod vendors;

use std::ffi::OsString;
use std::path::Path;

use clap::{CommandFactory as _, Parser};
use docwright::cli::{Console, DONE};

/// The tasks of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Xtask {
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    Regen(regen::Arguments),
    Coverage(coverage::Arguments),
    Fetch(fetch::Arguments),
    /// Generates a crate from every document and page of a corpus, and compiles it
    #[command(disable_help_flag = true)]
    Corpus(harness::Arguments),
    /// Calls every operation of each document of a corpus against the mock server Prism
    #[command(disable_help_flag = true)]
    Prism(harness::Arguments),
}

/// Runs a task on the repository at `root` and returns the exit status.
///
/// The first argument is the name of the program, the second the name of the task.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    root: &Path,
    console: &mut Console<'_>,
) -> u8 {
    match Xtask::try_parse_from(arguments) {
        Ok(Xtask { task: Some(Task::Regen(arguments)) }) => arguments.run(root, console),
        Ok(Xtask { task: Some(Task::Coverage(arguments)) }) => arguments.run(root, console),
        Ok(Xtask { task: Some(Task::Fetch(arguments)) }) => arguments.run(root, console),
        Ok(Xtask { task: Some(Task::Corpus(arguments)) }) => arguments.run("corpus", root, console),
        Ok(Xtask { task: Some(Task::Prism(arguments)) }) => arguments.run("prism", root, console),
        Ok(Xtask { task: None }) => {
            let help = Xtask::command().render_help();
            console.print(&help.to_string());
            DONE
        }
        Err(error) => console.print_clap_error(&error),
    }
}
