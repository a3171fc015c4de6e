//! The `docwright` command.

use std::process::ExitCode;

use docwright::cli::{Console, run};

/// Nearly half of a run is spent on small trees and texts that come and go; this allocator takes a
/// third of the system's time for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Console::standard(|console| run(std::env::args_os(), console))
}
