//! `cargo xtask`: the tasks of this repository. Without arguments it lists them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use docwright::cli::Console;

fn main() -> ExitCode {
    Console::standard(|console| xtask::run(std::env::args_os(), &root(), console))
}

/// The repository: the folder above this package, wherever Cargo says that it is now.
fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().unwrap_or(Path::new("..")).to_owned()
}
