//! The tasks of this repository, as a library so that tests can call them.
//!
//! This package depends on the generator and never on what it generates: a task that mends
//! `generated/` has to start when `generated/` does not compile.

pub mod account;
pub mod check;
pub mod corpus;
pub mod prism;
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
    Corpus(corpus::Arguments),
    KeywordLedger(account::Arguments),
    Prism(prism::Arguments),
}

/// Runs the task that the arguments name, the program's name first, on the repository at `root`;
/// gives the exit status.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    root: &Path,
    console: &mut Console<'_>,
) -> u8 {
    match Xtask::try_parse_from(arguments) {
        Ok(Xtask { task: Some(Task::Regen(arguments)) }) => arguments.run(root, console),
        Ok(Xtask { task: Some(Task::Corpus(arguments)) }) => arguments.run(root, console),
        Ok(Xtask { task: Some(Task::KeywordLedger(arguments)) }) => arguments.run(root, console),
        Ok(Xtask { task: Some(Task::Prism(arguments)) }) => arguments.run(root, console),
        Ok(Xtask { task: None }) => {
            let help = Xtask::command().render_help();
            console.print(&help.to_string());
            DONE
        }
        Err(error) => console.clap(&error),
    }
}
