//! `cargo xtask corpus` and `cargo xtask prism`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use docwright::cli::Console;

fn main() -> ExitCode {
    Console::standard(|console| docwright_harness::run(std::env::args_os(), &root(), console))
}

/// Returns the repository's root: two folders above this package.
///
/// Cargo's environment variable is preferred to the path at compile time, since the repository may
/// have been moved.
fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.ancestors().nth(2).unwrap_or(Path::new("../..")).to_owned()
}
