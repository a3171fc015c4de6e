//! A program that validates requests of a generated client: it reads a request per line and prints
//! the violations on a line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use docwright::Files;
use docwright::cli::disk::{self, Scope};
use docwright::emit::{Referrer, type_text};
use docwright::plan::{Argument, BodyType, Operation, Plan, RustType};
use docwright_tests::root;
use serde_json::{Value, json};

use super::schema;

/// The arguments of a request: the index of the operation, and the values of the parameters and the
/// body by key.
pub struct RequestArgs {
    pub operation: usize,
    pub args: BTreeMap<String, Value>,
}

/// A violation that the program prints.
#[derive(Debug, PartialEq)]
pub struct Violation {
    pub path: String,
    pub code: String,
}

const HEAD: &str = r#"//! Reads requests and prints the violations of each.

#![allow(deprecated)]

use std::io::BufRead as _;

use checks::{Client, ErrorCode, types};
use docwright_runtime::{self as runtime, Decode, ValidationError, Value};

struct Args<'a>(&'a Value);

impl Args<'_> {
    fn option<T: Decode>(&self, key: &str) -> Option<T> {
        let json = self.0.get(key)?.to_string();
        Some(runtime::from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{key}: {error}")))
    }

    fn value<T: Decode>(&self, key: &str) -> T {
        self.option(key).unwrap_or_else(|| panic!("{key} is missing"))
    }
}

fn main() {
    let client = Client::builder("http://localhost").build().expect("a client");
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (number, json) = line.split_once(' ').expect("a number");
        let value: Value = runtime::from_slice(json.as_bytes()).expect("JSON");
        let number: usize = number.parse().expect("a number");
        let result = CHECKS[number](&client, &Args(&value));
        let violations = result.err().map(|it| it.violations().to_vec()).unwrap_or_default();
        let violations = violations.iter().map(|it| {
            let code: Option<ErrorCode> = it.code();
            let code = code.filter(ErrorCode::is_known).map(|code| code.to_string());
            Value::from(vec![it.path().to_owned(), code.unwrap_or_default()])
        });
        println!("{}", violations.collect::<Value>());
    }
}

type Check = fn(&Client, &Args<'_>) -> Result<(), ValidationError>;
"#;

/// The folder with the built programs.
pub struct Programs(PathBuf);

impl Programs {
    /// Writes the crate with the programs, and builds it with every feature. A warning is a
    /// failure. The build shares the target folder and the profile of this test's own build.
    pub fn build(mut files: Files, plan: &Plan) -> Self {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checks");
        files.0.insert("src/bin/checks_requests.rs".to_owned(), requests_program(plan));
        let responses = include_str!("responses.rs").to_owned();
        files.0.insert("src/bin/checks_responses.rs".to_owned(), responses);
        let manifest = files.0.get_mut("Cargo.toml").expect("a manifest");
        manifest.push_str("\n[profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n");
        let mut existing =
            disk::read_tree(&dir, Scope::Owned).expect("the folder can be read").files;
        existing.remove("Cargo.lock");
        disk::write_changes(&dir, &files, &files.diff(&existing))
            .expect("the crate can be written");
        std::fs::copy(root().join("Cargo.lock"), dir.join("Cargo.lock")).expect("a file");
        let cargo = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline", "--all-features"])
            .current_dir(&dir)
            .env("CARGO_TARGET_DIR", target)
            .output()
            .expect("cargo runs");
        let errors = String::from_utf8_lossy(&cargo.stderr);
        assert!(cargo.status.success() && errors.is_empty(), "{errors}");
        Self(target.join("debug"))
    }

    /// Runs `responses.rs` and returns its output.
    pub fn responses(&self) -> String {
        let output = Command::new(self.0.join("checks_responses")).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// Returns the violations of each request.
    pub fn requests(&self, requests: &[RequestArgs]) -> Vec<Result<Vec<Violation>, String>> {
        let mut lines = String::new();
        for RequestArgs { operation, args } in requests {
            writeln!(lines, "{operation} {}", json!(args)).expect("text");
        }
        let mut process = Command::new(self.0.join("checks_requests"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut input = process.stdin.take().expect("its input");
        let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
        let output = process.wait_with_output().expect("the program ends");
        drop(writer.join());
        let errors = String::from_utf8_lossy(&output.stderr);
        let done = output.stdout.iter().filter(|byte| **byte == b'\n').count();
        let failed = requests.get(done).map(|it| format!("{}: {:?}", it.operation, it.args));
        assert!(output.status.success(), "{failed:?}\n{errors}");
        let text = String::from_utf8(output.stdout).expect("text");
        text.lines().map(parse_violations).collect()
    }
}

fn parse_violations(line: &str) -> Result<Vec<Violation>, String> {
    let pairs: Vec<(String, String)> =
        serde_json::from_str(line).map_err(|error| error.to_string())?;
    Ok(pairs.into_iter().map(|(path, code)| Violation { path, code }).collect())
}

/// Returns the source of the program.
fn requests_program(plan: &Plan) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("\nstatic CHECKS: &[Check] = &[\n");
    for operation in &plan.operations {
        write_check(operation, &mut text);
    }
    text + "];\n"
}

/// ```text
/// |client, args| {
///     let a0: String = args.value("Path id");
///     let mut call = client.get_order(&a0);
///     if let Some(value) = args.option::<i64>("Query size") {
///         call = call.size(value);
///     }
///     call.validate()
/// },
/// ```
fn write_check(operation: &Operation, text: &mut String) {
    let Operation { method, call: path, arguments, options, body, .. } = operation;
    let has_args = !arguments.is_empty() || !options.is_empty() || body.is_some();
    let args = if has_args { "args" } else { "_" };
    let _ = writeln!(text, "    |client, {args}| {{");
    let mut passed = Vec::new();
    for (number, argument) in arguments.iter().enumerate() {
        let (ty, key) = (type_source(&argument.ty), argument_key(argument));
        let _ = writeln!(text, "        let a{number}: {ty} = args.value({key:?});");
        passed.push(argument_source(&argument.ty, &format!("a{number}")));
    }
    let value = |ty: &BodyType| match ty {
        BodyType::Value(ty) => type_source(ty),
        other => panic!("unexpected body type of {method}: {other:?}"),
    };
    if let Some(body) = body {
        let ty = value(&body.ty);
        let _ = match body.required {
            true => writeln!(text, "        let body: {ty} = args.value(\"body\");"),
            false => writeln!(text, "        let body: Option<{ty}> = args.option(\"body\");"),
        };
        passed.extend(body.required.then(|| "&body".to_owned()));
    }
    let optional = body.as_ref().is_some_and(|body| !body.required);
    let call = if options.is_empty() && !optional { "call" } else { "mut call" };
    let _ = writeln!(text, "        let {call} = client.{}({});", path.text(), passed.join(", "));
    for option in options {
        let (ty, key, name) = (type_source(&option.ty), argument_key(option), &option.name);
        let value = argument_source(&option.ty, "value");
        let _ = writeln!(
            text,
            "        if let Some(value) = args.option::<{ty}>({key:?}) {{\n            call = call.{name}({value});\n        }}"
        );
    }
    if optional {
        text.push_str(
            "        if let Some(body) = &body {\n            call = call.body(body);\n        }\n",
        );
    }
    text.push_str("        call.validate()\n    },\n");
}

fn argument_key(argument: &Argument) -> String {
    schema::parameter_key(argument.location, &argument.wire)
}

fn argument_source(ty: &RustType, name: &str) -> String {
    if ty.is_taken_by_value() { name.to_owned() } else { format!("&{name}") }
}

fn type_source(ty: &RustType) -> String {
    type_text(ty, Referrer::Sibling)
}
