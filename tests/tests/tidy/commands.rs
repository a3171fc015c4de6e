//! Every command in the documents is run by CI or by a test. The examples of the help are run by
//! `help_examples` in `codegen/tests`.

use crate::{assert_none, read};

/// The documents whose commands are checked.
const DOCUMENTS: [&str; 5] = [
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "docs/publishing.md",
    "docs/vendor-toml.md",
];

/// The beginnings of the commands in the documents, and who runs them.
const KNOWN: &[(&str, RunBy)] = &[
    ("cargo xtask regen", RunBy::Ci),
    ("cargo test --workspace", RunBy::Ci),
    ("cargo fmt --all", RunBy::Ci),
    ("cargo clippy --workspace --all-targets", RunBy::Ci),
    (".ci/run", RunBy::Ci),
    ("cargo xtask fetch orum", RunBy::Hand),
    ("cargo xtask", RunBy::Test),
    ("cargo run -p docwright -- fetch", RunBy::Hand),
    ("cargo run -p docwright -- generate", RunBy::Test),
    ("cargo run -p docwright -- inspect", RunBy::Test),
    ("docwright changes", RunBy::Test),
    ("cargo install --path codegen", RunBy::Hand),
    ("cargo test -p", RunBy::PartOf("cargo test --workspace")),
    ("INSTA_UPDATE=always cargo test --workspace", RunBy::PartOf("cargo test --workspace")),
    (
        "DOCWRIGHT_CORPUS=$PWD/../corpus cargo test",
        RunBy::PartOf(
            "env DOCWRIGHT_CORPUS=\"$PWD/../shared/corpus\" cargo test --workspace --tests -- --ignored",
        ),
    ),
    ("DOCWRIGHT_GROWTH=64 cargo test -p", RunBy::PartOf("cargo test --workspace")),
    ("cargo check -p fintech-clients --target wasm32-unknown-unknown", RunBy::Ci),
    ("rustup target add wasm32-unknown-unknown", RunBy::Hand),
    ("cargo deny check", RunBy::Hand),
    ("cargo publish --dry-run", RunBy::Hand),
    ("RUSTDOCFLAGS=\"--cfg docsrs\" cargo +nightly doc", RunBy::Hand),
    ("git ", RunBy::Hand),
];

#[derive(PartialEq)]
enum RunBy {
    /// `.ci/run` runs the command.
    Ci,
    /// A test runs the command.
    Test,
    /// CI runs a command that includes it.
    PartOf(&'static str),
    /// People run the command by hand, since it needs the network or changes a checkout.
    Hand,
}

/// Returns the commands in a document's fenced code blocks for a shell.
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
fn every_command_in_the_documents_is_run() {
    let mut found = Vec::new();
    let mut unused: Vec<&str> = KNOWN.iter().map(|(known, _)| *known).collect();
    for document in DOCUMENTS {
        for command in commands(&read(document)) {
            if !KNOWN.iter().any(|(known, _)| command.starts_with(known)) {
                found.push(format!("{document}: {command}"));
            }
            unused.retain(|known| !command.starts_with(known));
        }
    }
    found.extend(unused.iter().map(|known| format!("no document has the command `{known}`")));
    assert_none(
        "each command in the documents is run by CI or a test: add it to KNOWN with who runs it",
        &found,
    );
}

#[test]
fn ci_runs_the_commands_that_are_listed_for_it() {
    let ci = read(".ci/run");
    for (command, run_by) in KNOWN {
        let command = match run_by {
            RunBy::Ci if *command != ".ci/run" => command,
            RunBy::PartOf(whole) => whole,
            _ => continue,
        };
        assert!(ci.contains(&format!("run {command}")), ".ci/run does not run `{command}`");
    }
}

#[test]
fn the_readme_begins_with_regen_and_test() {
    let commands = commands(&read("README.md"));
    let first: Vec<&str> = commands.iter().map(String::as_str).take(2).collect();
    assert_eq!(first, ["cargo xtask regen", "cargo test --workspace"]);
    let ci = read(".ci/run");
    assert_eq!(ci.lines().last(), Some("run cargo test --workspace"));
}
