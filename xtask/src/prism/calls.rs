//! A run of the program that calls everything.

use std::path::Path;
use std::process::Command;

use docwright::Report;
use docwright::cli::disk;

/// How often calls that broke off are made again.
const AGAIN: usize = 3;

/// How it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// With required parameters alone.
    Required,
    /// With all parameters.
    All,
    /// Each operation so many times.
    Repeated(usize),
}

/// A call, as the program tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The operation.
    pub operation: String,
    /// Whether it was sent.
    pub sent: bool,
    /// The status that came back.
    pub status: Option<u16>,
    /// What came of it.
    pub text: String,
}

impl Call {
    /// Whether the response is what the description says.
    pub fn is_decoded(&self) -> bool {
        self.text.starts_with("decoded")
    }
}

/// Runs the program against a server. While Prism compiles a large schema it does nothing else for
/// many seconds, and then closes connections that were open for so long, with the next request under
/// way on them: a call that broke off so is made again, on a connection of its own.
///
/// # Errors
///
/// It does not start.
pub fn run(program: &Path, url: &str, mode: Mode) -> Result<Vec<Call>, Report> {
    let mut calls = once(program, url, mode, None)?;
    for _ in 0..AGAIN {
        let broke_off = |call: &Call| call.sent && call.status.is_none();
        let (broken, whole): (Vec<Call>, Vec<Call>) = calls.into_iter().partition(broke_off);
        calls = whole;
        for call in &broken {
            let mode = if mode == Mode::All { Mode::All } else { Mode::Required };
            calls.extend(once(program, url, mode, Some(&call.operation))?);
        }
        if broken.is_empty() {
            break;
        }
    }
    Ok(calls)
}

/// Runs the program for one operation, or for all.
fn once(
    program: &Path,
    url: &str,
    mode: Mode,
    operation: Option<&str>,
) -> Result<Vec<Call>, Report> {
    let mut process = Command::new(program);
    // What stands in the environment is for other servers.
    process.env("NO_PROXY", "127.0.0.1").arg(url);
    match mode {
        Mode::Required => &mut process,
        Mode::All => process.arg("--all"),
        Mode::Repeated(times) => process.args(["--repeat", &times.to_string()]),
    };
    let output = process.args(operation).output().map_err(disk::failed("run", program))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut calls: Vec<Call> = text.lines().filter_map(call).collect();
    if calls.is_empty() {
        let what = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        calls.push(Call { operation: String::new(), sent: false, status: None, text: what });
    }
    Ok(calls)
}

/// `create_order    sent    201  decoded`
fn call(line: &str) -> Option<Call> {
    let (operation, rest) = line.split_once(' ')?;
    let rest = rest.trim_start();
    let (sent, rest) = match rest.strip_prefix("not sent") {
        Some(rest) => (false, rest),
        None => (true, rest.strip_prefix("sent")?),
    };
    let (status, text) = rest.trim_start().split_once(' ')?;
    let text = text.trim_start().to_owned();
    Some(Call { operation: operation.to_owned(), sent, status: status.parse().ok(), text })
}
