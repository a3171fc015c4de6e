//! The program that deserializes and serializes values with the types of a crate, line by line.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use docwright::Report;
use docwright::cli::disk;
use docwright::report::{Location, Problem};
use serde_json::Value;

/// The path of the program in the crate.
pub const FILE: &str = "examples/round_trip.rs";

/// The beginning of the program.
///
/// A line of input has the number of a type and a value. A line of output has `= ` and the
/// serialized value, or `! ` and the error.
const HEAD: &str = "//! Deserializes values into their types and serializes them again.

#![allow(deprecated)]

use std::io::{self, BufRead as _, BufWriter, Write as _};

use docwright_runtime::{self as runtime, Decode, Encode};
";

const BODY: &str = r#"
fn round_trip<T: Decode + Encode>(json: &str) -> Result<Vec<u8>, String> {
    let value: T = runtime::from_slice(json.as_bytes()).map_err(|error| error.to_string())?;
    runtime::to_json(&value).map_err(|error| error.to_string())
}

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (number, json) = line.split_once(' ').unwrap_or_default();
        let function = number.parse().ok().and_then(|number: usize| FUNCTIONS.get(number));
        match function.map(|function| function(json)) {
            Some(Ok(json)) => {
                out.write_all(b"= ")?;
                out.write_all(&json)?;
            }
            Some(Err(error)) => write!(out, "! {}", error.replace('\n', " "))?,
            None => out.write_all(b"! unknown type number")?,
        }
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}
"#;

/// Returns the source of the program for a crate and these types.
pub fn source_text(package: &str, types: &BTreeSet<&str>) -> String {
    let package = package.replace('-', "_");
    let mut text = HEAD.to_owned();
    if types.iter().any(|ty| ty.contains("types::")) {
        let _ = writeln!(text, "use {package}::types;");
    }
    text.push_str(BODY);
    text.push('\n');
    text.push_str("static FUNCTIONS: &[fn(&str) -> Result<Vec<u8>, String>] = &[\n");
    for ty in types {
        let _ = writeln!(text, "    round_trip::<{ty}>,");
    }
    text + "];\n"
}

/// Runs the program on the values and returns a result for each, in order.
///
/// There are fewer results than values if the program stopped early.
pub fn run(
    program: &Path,
    folder: &Path,
    values: &[(usize, &Value)],
) -> Result<Vec<Result<Value, String>>, Report> {
    let path = folder.join("values.txt");
    let mut lines = String::new();
    for (number, value) in values {
        let _ = writeln!(lines, "{number} {value}");
    }
    std::fs::write(&path, lines).map_err(disk::io_error("write", &path))?;
    let input = File::open(&path).map_err(disk::io_error("read", &path))?;
    let mut process = Command::new(program);
    process.stdin(Stdio::from(input));
    let output = process.output().map_err(disk::io_error("run", program))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let results = text.split_terminator('\n').map(|line| match line.split_once(' ') {
        Some(("=", json)) => serde_json::from_str(json).map_err(|error| error.to_string()),
        Some(("!", error)) => Err(error.to_owned()),
        _ => Err("unexpected output of the program".to_owned()),
    });
    let results: Vec<_> = results.collect();
    if results.is_empty() && !values.is_empty() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Problem::error(Location::File(disk::display_path(program)), message).into());
    }
    Ok(results)
}
