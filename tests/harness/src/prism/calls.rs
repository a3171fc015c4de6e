//! Runs the generated program that calls every operation.

use std::path::Path;
use std::process::Command;

use docwright::Report;
use docwright::cli::disk;

/// How often calls with a broken connection are run again.
const MAX_RERUNS: usize = 3;

/// How the program calls the operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallMode {
    /// Once, with the required parameters.
    Required,
    /// Once, with all parameters.
    All,
    /// The given number of times, with the required parameters.
    Repeated(usize),
}

/// A call as reported by the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The name of the operation.
    pub operation: String,
    /// Whether the request was sent.
    pub sent: bool,
    /// The status of the response, if one was received.
    pub status: Option<u16>,
    /// The outcome as text.
    pub text: String,
}

impl Call {
    /// Returns whether the response was decoded into its type.
    pub fn is_decoded(&self) -> bool {
        self.text.starts_with("decoded")
    }
}

/// Runs the program against a server.
///
/// While Prism compiles a large schema, it is blocked for many seconds. Then it closes the
/// connections that were idle meanwhile, even if the next request is already being sent. Calls that
/// fail this way are run again on a new connection.
///
/// # Errors
///
/// Returns an error if the program cannot be started.
pub fn run(program: &Path, url: &str, mode: CallMode) -> Result<Vec<Call>, Report> {
    let mut calls = run_once(program, url, mode, None)?;
    for _ in 0..MAX_RERUNS {
        let has_no_response = |call: &Call| call.sent && call.status.is_none();
        let (failed, complete): (Vec<Call>, Vec<Call>) =
            calls.into_iter().partition(has_no_response);
        calls = complete;
        for call in &failed {
            let mode = if mode == CallMode::All { CallMode::All } else { CallMode::Required };
            calls.extend(run_once(program, url, mode, Some(&call.operation))?);
        }
        if failed.is_empty() {
            break;
        }
    }
    Ok(calls)
}

/// Runs the program once for one operation, or for all.
fn run_once(
    program: &Path,
    url: &str,
    mode: CallMode,
    operation: Option<&str>,
) -> Result<Vec<Call>, Report> {
    let mut process = Command::new(program);
    // A proxy of the environment must not be used for the local server.
    process.env("NO_PROXY", "127.0.0.1").arg(url);
    match mode {
        CallMode::Required => &mut process,
        CallMode::All => process.arg("--all"),
        CallMode::Repeated(times) => process.args(["--repeat", &times.to_string()]),
    };
    let output = process.args(operation).output().map_err(disk::io_error("run", program))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut calls: Vec<Call> = text.lines().filter_map(parse_call).collect();
    if calls.is_empty() {
        let error = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        calls.push(Call { operation: String::new(), sent: false, status: None, text: error });
    }
    Ok(calls)
}

/// Parses a line of the program's output: `create_order    sent    201  decoded`.
fn parse_call(line: &str) -> Option<Call> {
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
