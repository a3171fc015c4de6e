//! Compiles generated crates: in one folder with a shared target folder, with the versions of this
//! repository's Cargo.lock, and without network access.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use docwright::cli::disk::{self, Scope};
use docwright::report::Location;
use docwright::{Files, Problem, Report};

/// A Cargo command that checks a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// `cargo check`
    Check,
    /// `cargo clippy` with default lints
    Clippy,
    /// `cargo doc` without dependencies
    Doc,
}

impl Command {
    /// Returns the subcommand of `cargo`.
    pub fn subcommand(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
        }
    }
}

/// The result of a check.
#[derive(Debug)]
pub struct CheckResult {
    /// The command.
    pub command: Command,
    /// The errors; warnings are denied, so they are errors too.
    pub errors: Vec<String>,
    /// How long it took; `None` if the crate had not changed since the last run.
    pub took: Option<Duration>,
}

/// A built example.
#[derive(Debug)]
pub struct Built {
    /// The executable.
    pub program: PathBuf,
    /// The crate's folder.
    pub folder: PathBuf,
    /// How long it took; `None` if nothing had changed since the last run.
    pub took: Option<Duration>,
}

/// The folder where crates are written and compiled.
#[derive(Debug)]
pub struct Workbench {
    /// The folder of the runtime's package.
    pub runtime: PathBuf,
    /// The folder that holds the crates.
    pub folder: PathBuf,
    lock: Vec<u8>,
    commands: Vec<Command>,
    all_features: bool,
}

impl Workbench {
    /// Creates a workbench below Cargo's target folder, with the commands that check each crate.
    pub fn new(root: &Path, commands: Vec<Command>) -> Result<Self, Report> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let folder = target.unwrap_or_else(|| root.join("target")).join("corpus");
        let folder = std::path::absolute(&folder).map_err(disk::io_error("find", &folder))?;
        let lock = root.join("Cargo.lock");
        let lock = std::fs::read(&lock).map_err(disk::io_error("read", &lock))?;
        let runtime = root.join("runtime");
        let runtime = std::path::absolute(&runtime).map_err(disk::io_error("find", &runtime))?;
        Ok(Self { runtime, folder, lock, commands, all_features: false })
    }

    /// Sets whether crates are checked with all of their features.
    pub fn all_features(self, all_features: bool) -> Self {
        Self { all_features, ..self }
    }

    /// Writes the changed files of a crate and runs the commands on it.
    pub fn check(&self, name: &str, files: &Files) -> Result<Vec<CheckResult>, Report> {
        let dir = self.write_crate(name, files)?;
        self.commands.iter().map(|command| self.run(*command, &dir)).collect()
    }

    /// Writes the changed files of a crate and builds one of its examples.
    pub fn build(&self, name: &str, files: &Files, example: &str) -> Result<Built, Report> {
        // Tests of several tasks run at the same time; each has its own folder for a crate.
        let folder = self.write_crate(&format!("{name}-{example}"), files)?;
        let mut process = self.cargo(&folder);
        process
            .args(["build", "--offline", "--quiet", "--message-format=json", "--example", example])
            // The example is built once and never debugged.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0");
        let output = run_cargo(process, &folder)?;
        if let Some(first) = output.errors.first() {
            return Err(Problem::error(Location::File(disk::display_path(&folder)), first).into());
        }
        let artifacts = output.messages.iter().filter(|it| it["target"]["name"] == example);
        let program = artifacts.filter_map(|it| it["executable"].as_str()).next_back();
        let Some(program) = program.map(PathBuf::from) else {
            let message = format!("cargo reported no executable for the example `{example}`");
            return Err(Problem::error(Location::File(disk::display_path(&folder)), message).into());
        };
        Ok(Built { program, folder, took: output.took })
    }

    /// Writes the files of a crate that differ from those on disk; returns the crate's folder.
    fn write_crate(&self, name: &str, files: &Files) -> Result<PathBuf, Report> {
        let dir = self.folder.join(name);
        // The crates are below the target folder, which may be in this repository's workspace.
        let mut files = files.clone();
        files.0.entry("Cargo.toml".to_owned()).or_default().push_str("\n[workspace]\n");
        let mut current = disk::read_tree(&dir, Scope::Owned)?.files;
        let lock = current.remove("Cargo.lock");
        disk::write_changes(&dir, &files, &files.diff(&current))?;
        if lock.is_none() {
            let path = dir.join("Cargo.lock");
            std::fs::write(&path, &self.lock).map_err(disk::io_error("write", &path))?;
        }
        Ok(dir)
    }

    fn cargo(&self, dir: &Path) -> std::process::Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut process = std::process::Command::new(cargo);
        process
            .current_dir(dir)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            // Otherwise clippy would use the configuration of this repository.
            .env("CLIPPY_CONF_DIR", dir);
        process
    }

    fn run(&self, command: Command, dir: &Path) -> Result<CheckResult, Report> {
        let mut process = self.cargo(dir);
        process.args([command.subcommand(), "--offline", "--quiet", "--message-format=json"]);
        if command == Command::Doc {
            process.arg("--no-deps");
        }
        if self.all_features {
            process.arg("--all-features");
        }
        let CargoOutput { errors, took, messages: _ } = run_cargo(process, dir)?;
        Ok(CheckResult { command, errors, took })
    }
}

/// The JSON messages of a run of Cargo, and the errors among them.
struct CargoOutput {
    messages: Vec<serde_json::Value>,
    errors: Vec<String>,
    took: Option<Duration>,
}

fn run_cargo(mut process: std::process::Command, dir: &Path) -> Result<CargoOutput, Report> {
    let start = Instant::now();
    let output = process.output().map_err(disk::io_error("run cargo in", dir))?;
    let took = start.elapsed();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let messages = stdout.lines().filter_map(|line| serde_json::from_str(line).ok());
    let messages: Vec<serde_json::Value> = messages.collect();
    let errors: Vec<String> = messages.iter().filter_map(error_text).collect();
    if !output.status.success() && errors.is_empty() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Problem::error(Location::File(disk::display_path(dir)), message).into());
    }
    let fresh = messages.iter().all(|message| message["fresh"] != false);
    let took = (!fresh || !errors.is_empty()).then_some(took);
    Ok(CargoOutput { messages, errors, took })
}

/// Returns the text of an error message; the last one, which only counts the errors, is skipped.
fn error_text(message: &serde_json::Value) -> Option<String> {
    let message = &message["message"];
    let has_location = message["spans"].as_array().is_some_and(|it| !it.is_empty());
    let is_error = message["level"] == "error" && has_location;
    is_error.then(|| message["rendered"].as_str().unwrap_or_default().trim().to_owned())
}
