//! The program that gives requests of a generated client to its checks: a line in, a line out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use docwright::Files;
use docwright::cli::disk::{self, Scope};
use docwright::plan::{Argument, BodyType, Operation, Plan, RustType};
use docwright_tests::root;
use serde_json::{Value, json};

use crate::schema;

/// A request: the operation's number, and each parameter and the body by its key.
pub struct Asked {
    pub operation: usize,
    pub given: BTreeMap<String, Value>,
}

/// A violation.
#[derive(Debug, PartialEq)]
pub struct Found {
    pub path: String,
    pub code: String,
}

const HEAD: &str = r#"//! Reads requests and prints what is wrong with them.

#![allow(deprecated)]

use std::io::BufRead as _;

use checks::{Client, ErrorCode, types};
use docwright_runtime::{self as runtime, Decode, Invalid, Value};

struct Given<'g>(&'g Value);

impl Given<'_> {
    fn option<T: Decode>(&self, key: &str) -> Option<T> {
        let json = self.0.get(key)?.to_string();
        Some(runtime::from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{key}: {error}")))
    }

    fn value<T: Decode>(&self, key: &str) -> T {
        self.option(key).unwrap_or_else(|| panic!("there is no {key}"))
    }
}

fn main() {
    let client = Client::builder("http://localhost").build().expect("a client");
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (number, json) = line.split_once(' ').expect("a number");
        let value: Value = runtime::from_slice(json.as_bytes()).expect("JSON");
        let number: usize = number.parse().expect("a number");
        let checked = WAYS[number](&client, &Given(&value));
        let found = checked.err().map(|it| it.violations().to_vec()).unwrap_or_default();
        let found = found.iter().map(|it| {
            let code: Option<ErrorCode> = it.code();
            let code = code.filter(ErrorCode::is_known).map(|code| code.to_string());
            Value::from(vec![it.path().to_owned(), code.unwrap_or_default()])
        });
        println!("{}", found.collect::<Value>());
    }
}

type Way = fn(&Client, &Given<'_>) -> Result<(), Invalid>;
"#;

/// The programs, built.
pub struct Programs(PathBuf);

impl Programs {
    /// Writes the crate with the programs beside it, and builds it with every feature and without a
    /// warning, in the folder and with the profile of this test's own build.
    pub fn build(mut files: Files, plan: &Plan) -> Self {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checks");
        files.0.insert("src/bin/checks_requests.rs".to_owned(), text(plan));
        let responses = include_str!("responses.rs").to_owned();
        files.0.insert("src/bin/checks_responses.rs".to_owned(), responses);
        let manifest = files.0.get_mut("Cargo.toml").expect("a manifest");
        manifest.push_str("\n[profile.dev]\ndebug = \"line-tables-only\"\n");
        let mut there = disk::read(&dir, Scope::Owned).expect("the folder can be read").files;
        there.remove("Cargo.lock");
        disk::write(&dir, &files, &files.diff(&there)).expect("the crate can be written");
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

    /// What is printed of error bodies.
    pub fn responses(&self) -> String {
        let output = Command::new(self.0.join("checks_responses")).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What is wrong with each request.
    pub fn requests(&self, asked: &[Asked]) -> Vec<Result<Vec<Found>, String>> {
        let mut lines = String::new();
        for Asked { operation, given } in asked {
            writeln!(lines, "{operation} {}", json!(given)).expect("text");
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
        let at = asked.get(done).map(|asked| format!("{}: {:?}", asked.operation, asked.given));
        assert!(output.status.success(), "{at:?}\n{errors}");
        let text = String::from_utf8(output.stdout).expect("text");
        text.lines().map(found).collect()
    }
}

fn found(line: &str) -> Result<Vec<Found>, String> {
    let all: Vec<(String, String)> =
        serde_json::from_str(line).map_err(|error| error.to_string())?;
    Ok(all.into_iter().map(|(path, code)| Found { path, code }).collect())
}

fn text(plan: &Plan) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("\nstatic WAYS: &[Way] = &[\n");
    for operation in &plan.operations {
        way(operation, &mut text);
    }
    text + "];\n"
}

/// ```text
/// |client, given| {
///     let a0: String = given.value("Path id");
///     let mut call = client.get_order(&a0);
///     if let Some(value) = given.option::<i64>("Query size") {
///         call = call.size(value);
///     }
///     call.validate()
/// },
/// ```
fn way(operation: &Operation, text: &mut String) {
    let Operation { method, arguments, options, body, .. } = operation;
    let given = !arguments.is_empty() || !options.is_empty() || body.is_some();
    let given = if given { "given" } else { "_" };
    let _ = writeln!(text, "    |client, {given}| {{");
    let mut passed = Vec::new();
    for (number, argument) in arguments.iter().enumerate() {
        let (ty, key) = (of(&argument.ty), key(argument));
        let _ = writeln!(text, "        let a{number}: {ty} = given.value({key:?});");
        passed.push(borrowed(&argument.ty, &format!("a{number}")));
    }
    let value = |ty: &BodyType| match ty {
        BodyType::Value(ty) => of(ty),
        other => panic!("{method} has a body of another kind: {other:?}"),
    };
    if let Some(body) = body {
        let ty = value(&body.ty);
        let _ = match body.required {
            true => writeln!(text, "        let body: {ty} = given.value(\"body\");"),
            false => writeln!(text, "        let body: Option<{ty}> = given.option(\"body\");"),
        };
        passed.extend(body.required.then(|| "&body".to_owned()));
    }
    let optional = body.as_ref().is_some_and(|body| !body.required);
    let call = if options.is_empty() && !optional { "call" } else { "mut call" };
    let _ = writeln!(text, "        let {call} = client.{method}({});", passed.join(", "));
    for option in options {
        let (ty, key, name) = (of(&option.ty), key(option), &option.name);
        let value = borrowed(&option.ty, "value");
        let _ = writeln!(
            text,
            "        if let Some(value) = given.option::<{ty}>({key:?}) {{\n            call = call.{name}({value});\n        }}"
        );
    }
    if optional {
        text.push_str(
            "        if let Some(body) = &body {\n            call = call.body(body);\n        }\n",
        );
    }
    text.push_str("        call.validate()\n    },\n");
}

fn key(argument: &Argument) -> String {
    schema::key(argument.location, &argument.wire)
}

fn borrowed(ty: &RustType, name: &str) -> String {
    if ty.is_copy() { name.to_owned() } else { format!("&{name}") }
}

fn of(ty: &RustType) -> String {
    match ty {
        RustType::Plain(name) => (*name).to_owned(),
        RustType::Runtime(name) => format!("runtime::{name}"),
        RustType::Named(name) => format!("types::{name}"),
        RustType::List(inner) => format!("Vec<{}>", of(inner)),
        RustType::Map(inner) => format!("runtime::Map<{}>", of(inner)),
        RustType::Option(inner) => format!("Option<{}>", of(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", of(inner)),
    }
}
