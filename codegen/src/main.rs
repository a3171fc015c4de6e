//! The `docwright` command.

use std::process::ExitCode;

use docwright::cli::{Console, run};

/// Nearly half of a run is spent on allocating small trees and strings. This allocator needs a
/// third of the time that the system's allocator needs for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Console::standard(|console| run(std::env::args_os(), console))
}
