//! The `docwright` command.

use std::process::ExitCode;

use docwright::cli::{Console, run};

fn main() -> ExitCode {
    Console::standard(|console| run(std::env::args_os(), console))
}
