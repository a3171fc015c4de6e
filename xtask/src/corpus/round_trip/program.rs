//! The program that puts values through the types of a crate: a line in, a line out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use docwright::Report;
use docwright::cli::disk;
use docwright::report::{Location, Problem};
use serde_json::Value;

/// Where it stands in the crate.
pub const FILE: &str = "examples/round_trip.rs";

/// A line of input is the number of a type and a value; a line of output is `= ` and what became of
/// the value, or `! ` and why it was refused.
const HEAD: &str = "//! Reads values into their types and writes them again.

#![allow(deprecated)]

use std::io::{self, BufRead as _, BufWriter, Write as _};

use docwright_runtime::{self as runtime, Decode, Encode};
";

const BODY: &str = r#"
fn through<T: Decode + Encode>(json: &str) -> Result<Vec<u8>, String> {
    let value: T = runtime::from_slice(json.as_bytes()).map_err(|error| error.to_string())?;
    runtime::to_json(&value).map_err(|error| error.to_string())
}

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (number, json) = line.split_once(' ').unwrap_or_default();
        let way = number.parse().ok().and_then(|number: usize| WAYS.get(number));
        match way.map(|way| way(json)) {
            Some(Ok(json)) => {
                out.write_all(b"= ")?;
                out.write_all(&json)?;
            }
            Some(Err(error)) => write!(out, "! {}", error.replace('\n', " "))?,
            None => out.write_all(b"! there is no such type")?,
        }
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}
"#;

/// The program for a crate and these types.
pub fn text(package: &str, types: &BTreeSet<&str>) -> String {
    let package = package.replace('-', "_");
    let mut text = HEAD.to_owned();
    if types.iter().any(|ty| ty.contains("types::")) {
        let _ = writeln!(text, "use {package}::types;");
    }
    text.push_str(BODY);
    text.push('\n');
    text.push_str("static WAYS: &[fn(&str) -> Result<Vec<u8>, String>] = &[\n");
    for ty in types {
        let _ = writeln!(text, "    through::<{ty}>,");
    }
    text + "];\n"
}

/// What the program responses to these values, one after the other; fewer responses than values where it
/// stopped.
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
    std::fs::write(&path, lines).map_err(disk::failed("write", &path))?;
    let input = File::open(&path).map_err(disk::failed("read", &path))?;
    let mut process = Command::new(program);
    process.stdin(Stdio::from(input));
    let output = process.output().map_err(disk::failed("run", program))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let responses = text.split_terminator('\n').map(|line| match line.split_once(' ') {
        Some(("=", json)) => serde_json::from_str(json).map_err(|error| error.to_string()),
        Some(("!", why)) => Err(why.to_owned()),
        _ => Err("the program printed something else".to_owned()),
    });
    let responses: Vec<_> = responses.collect();
    if responses.is_empty() && !values.is_empty() {
        let what = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Problem::error(Location::File(disk::shown(program)), what).into());
    }
    Ok(responses)
}
