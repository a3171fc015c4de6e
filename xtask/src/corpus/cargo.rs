//! Compiling what was generated: one folder for all crates, one target folder, the versions of this
//! repository's Cargo.lock, and no network.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use docwright::cli::disk::{self, Scope};
use docwright::report::Location;
use docwright::{Files, Problem, Report};

/// What Cargo is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// `cargo check`
    Check,
    /// `cargo clippy`, as it comes
    Clippy,
    /// `cargo doc` of the crate alone
    Doc,
}

impl Command {
    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
        }
    }
}

/// What Cargo said.
#[derive(Debug)]
pub struct Checked {
    /// What it was asked.
    pub command: Command,
    /// Errors, and warnings, which are errors here.
    pub errors: Vec<String>,
    /// How long it took; nothing where the crate had not changed since the last time.
    pub took: Option<Duration>,
}

/// A program that was built.
#[derive(Debug)]
pub struct Built {
    /// The program.
    pub program: PathBuf,
    /// The crate's folder.
    pub folder: PathBuf,
    /// How long it took; nothing where it had not changed since the last time.
    pub took: Option<Duration>,
}

/// Where crates are compiled.
#[derive(Debug)]
pub struct Workbench {
    /// The runtime's package.
    pub runtime: PathBuf,
    /// Where the crates stand.
    pub folder: PathBuf,
    lock: Vec<u8>,
    commands: Vec<Command>,
    all_features: bool,
}

impl Workbench {
    /// A folder below Cargo's own target folder.
    pub fn new(root: &Path, commands: Vec<Command>) -> Result<Self, Report> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let folder = target.unwrap_or_else(|| root.join("target")).join("corpus");
        let folder = std::path::absolute(&folder).map_err(disk::failed("find", &folder))?;
        let lock = root.join("Cargo.lock");
        let lock = std::fs::read(&lock).map_err(disk::failed("read", &lock))?;
        let runtime = root.join("runtime");
        let runtime = std::path::absolute(&runtime).map_err(disk::failed("find", &runtime))?;
        Ok(Self { runtime, folder, lock, commands, all_features: false })
    }

    /// Whether crates are checked with all of their features.
    pub fn all_features(self, all_features: bool) -> Self {
        Self { all_features, ..self }
    }

    /// Writes a crate, as far as it differs from the one that is there, and compiles it.
    pub fn check(&self, name: &str, files: &Files) -> Result<Vec<Checked>, Report> {
        let dir = self.location(name, files)?;
        self.commands.iter().map(|command| self.run(*command, &dir)).collect()
    }

    /// Writes a crate as far as it differs, and builds its example of this name.
    pub fn build(&self, name: &str, files: &Files, example: &str) -> Result<Built, Report> {
        let folder = self.location(name, files)?;
        let mut process = self.cargo(&folder);
        process
            .args(["build", "--offline", "--quiet", "--message-format=json", "--example", example])
            // Nobody looks at it with a debugger, and it is built once.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0");
        let ran = ran(process, &folder)?;
        if let Some(first) = ran.errors.first() {
            return Err(Problem::error(Location::File(disk::shown(&folder)), first).into());
        }
        let made = ran.messages.iter().filter(|it| it["target"]["name"] == example);
        let program = made.filter_map(|it| it["executable"].as_str()).next_back();
        let Some(program) = program.map(PathBuf::from) else {
            let what = "cargo built no program";
            return Err(Problem::error(Location::File(disk::shown(&folder)), what).into());
        };
        Ok(Built { program, folder, took: ran.took })
    }

    /// Writes a crate as far as it differs from the one that is there.
    fn location(&self, name: &str, files: &Files) -> Result<PathBuf, Report> {
        let dir = self.folder.join(name);
        let mut there = disk::read(&dir, Scope::Owned)?.files;
        let lock = there.remove("Cargo.lock");
        disk::write(&dir, files, &files.diff(&there))?;
        if lock.is_none() {
            let path = dir.join("Cargo.lock");
            std::fs::write(&path, &self.lock).map_err(disk::failed("write", &path))?;
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
            // Otherwise clippy finds the settings of this repository, which are not the crate's.
            .env("CLIPPY_CONF_DIR", dir);
        process
    }

    fn run(&self, command: Command, dir: &Path) -> Result<Checked, Report> {
        let mut process = self.cargo(dir);
        process.args([command.word(), "--offline", "--quiet", "--message-format=json"]);
        if command == Command::Doc {
            process.arg("--no-deps");
        }
        if self.all_features {
            process.arg("--all-features");
        }
        let Ran { errors, took, messages: _ } = ran(process, dir)?;
        Ok(Checked { command, errors, took })
    }
}

/// What Cargo said, as messages.
struct Ran {
    messages: Vec<serde_json::Value>,
    errors: Vec<String>,
    took: Option<Duration>,
}

fn ran(mut process: std::process::Command, dir: &Path) -> Result<Ran, Report> {
    let start = Instant::now();
    let output = process.output().map_err(disk::failed("run cargo in", dir))?;
    let took = start.elapsed();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let messages = stdout.lines().filter_map(|line| serde_json::from_str(line).ok());
    let messages: Vec<serde_json::Value> = messages.collect();
    let errors: Vec<String> = messages.iter().filter_map(error).collect();
    if !output.status.success() && errors.is_empty() {
        let what = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Problem::error(Location::File(disk::shown(dir)), what).into());
    }
    let fresh = messages.iter().all(|message| message["fresh"] != false);
    let took = (!fresh || !errors.is_empty()).then_some(took);
    Ok(Ran { messages, errors, took })
}

/// The text of a message that is an error, but for the last one, which only counts them.
fn error(message: &serde_json::Value) -> Option<String> {
    let message = &message["message"];
    let own =
        message["level"] == "error" && message["spans"].as_array().is_some_and(|it| !it.is_empty());
    own.then(|| message["rendered"].as_str().unwrap_or_default().trim().to_owned())
}
