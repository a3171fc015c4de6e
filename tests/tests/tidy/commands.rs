//! What the documents tell people to type is what is tried.

use crate::{assert_none, read};

/// The documents.
const DOCUMENTS: [&str; 3] = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"];

/// What a command of the documents begins with, and who runs it.
const KNOWN: &[(&str, Tried)] = &[
    ("cargo xtask regen", Tried::Ci),
    ("cargo test --workspace", Tried::Ci),
    ("cargo fmt --all", Tried::Ci),
    ("cargo clippy --workspace --all-targets", Tried::Ci),
    (".ci/run", Tried::Ci),
    ("cargo xtask", Tried::Test),
    ("docwright generate", Tried::Test),
    ("cargo run -p docwright -- generate", Tried::Test),
    ("cargo run -p docwright -- inspect", Tried::Test),
    ("cargo test -p", Tried::PartOf("cargo test --workspace")),
    ("INSTA_UPDATE=always cargo test --workspace", Tried::PartOf("cargo test --workspace")),
    ("DOCWRIGHT_CORPUS=../corpus cargo test -p", Tried::PartOf("cargo test --workspace")),
    ("DOCWRIGHT_GROWTH=64 cargo test -p", Tried::PartOf("cargo test --workspace")),
    ("cargo check -p fintech-clients --target wasm32-unknown-unknown", Tried::Ci),
    ("rustup target add wasm32-unknown-unknown", Tried::ByPeople),
    ("cargo install", Tried::ByPeople),
    ("cargo deny check", Tried::ByPeople),
    ("git ", Tried::ByPeople),
];

#[derive(PartialEq)]
enum Tried {
    /// `.ci/run` runs it.
    Ci,
    /// A test runs it.
    Test,
    /// CI runs a larger one.
    PartOf(&'static str),
    /// It needs the network or changes a checkout.
    ByPeople,
}

/// The lines that are typed, of a document's fenced blocks for a shell.
fn commands(document: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fence = None;
    for line in document.lines() {
        let line = line.trim();
        match (line.strip_prefix("```"), fence) {
            (Some(_), Some(_)) => fence = None,
            (Some(language), None) => fence = Some(language),
            (None, Some("console")) => {
                found.extend(line.strip_prefix("$ ").map(str::to_owned));
            }
            (None, Some("sh" | "bash" | "shell")) if !line.is_empty() && !line.starts_with('#') => {
                found.push(line.to_owned());
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_command_in_the_documents_is_tried() {
    let mut found = Vec::new();
    for document in DOCUMENTS {
        for command in commands(&read(document)) {
            if !KNOWN.iter().any(|(known, _)| command.starts_with(known)) {
                found.push(format!("{document}: {command}"));
            }
        }
    }
    assert_none("a command that people are told to type is run by CI or a test", &found);
}

#[test]
fn ci_runs_what_it_is_said_to_run() {
    let ci = read(".ci/run");
    for (command, tried) in KNOWN {
        let command = match tried {
            Tried::Ci if *command != ".ci/run" => command,
            Tried::PartOf(whole) => whole,
            _ => continue,
        };
        assert!(ci.contains(&format!("run {command}")), ".ci/run does not run `{command}`");
    }
}

#[test]
fn the_readme_begins_with_the_two_commands_of_the_project() {
    let commands = commands(&read("README.md"));
    let first: Vec<&str> = commands.iter().map(String::as_str).take(2).collect();
    assert_eq!(first, ["cargo xtask regen", "cargo test --workspace"]);
    let last = read(".ci/run");
    assert_eq!(last.lines().last(), Some("run cargo test --workspace"));
}
