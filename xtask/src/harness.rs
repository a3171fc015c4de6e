//! `cargo xtask corpus` and `cargo xtask prism`: run the package `docwright-harness`, which is only
//! compiled for these tasks.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use docwright::cli::{Console, FAILED, Failure, disk};

/// The arguments of a task of the harness, which parses them itself.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

impl Arguments {
    /// Runs the task of this name and returns its exit status.
    pub(crate) fn run(&self, task: &str, root: &Path, console: &mut Console<'_>) -> u8 {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut process = Command::new(&cargo);
        process.args(["run", "--quiet", "--package", "docwright-harness", "--manifest-path"]);
        process.arg(root.join("Cargo.toml")).args(["--", task]).args(&self.arguments);
        match process.status().map_err(disk::io_error("run", Path::new(&cargo))) {
            Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(FAILED),
            Err(report) => console.fail(&Failure::Problems(report.into())),
        }
    }
}
