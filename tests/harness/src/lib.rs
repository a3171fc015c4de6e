//! The test bench: the generator and generated clients on real documents and pages.
//!
//! `cargo xtask corpus` and `cargo xtask prism` run it. It checks the generator with tools that are
//! independent of it: Cargo, the validator `jsonschema`, and the mock server Prism.

mod corpus;
mod known;
mod prism;
mod round_trip;
mod shape;
mod subjects;
pub mod validator;
mod workbench;

use std::ffi::OsString;
use std::path::Path;

use clap::Parser;
use docwright::cli::{Console, DONE, FAILED};

/// The test bench of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
enum Task {
    Corpus(corpus::Arguments),
    Prism(prism::Arguments),
}

/// Runs a task on the repository at `root` and returns the exit status.
///
/// The first argument is the name of the program, the second the name of the task.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    root: &Path,
    console: &mut Console<'_>,
) -> u8 {
    let passed = match Task::try_parse_from(arguments) {
        Ok(Task::Corpus(arguments)) => arguments.run(root, console),
        Ok(Task::Prism(arguments)) => arguments.run(root, console),
        Err(error) => return console.print_clap_error(&error),
    };
    match passed {
        Ok(true) => DONE,
        Ok(false) => FAILED,
        Err(failure) => console.fail(&failure),
    }
}
