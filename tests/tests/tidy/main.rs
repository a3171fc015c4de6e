//! Checks the rules of ARCHITECTURE.md and CONTRIBUTING.md that the compiler does not enforce.

mod commands;
mod import_cycles;
mod layers;
mod modules;
mod panics;
mod runtime;
mod scan;
mod shape;
mod words;

use std::fs;
use std::path::Path;

/// A Rust file of the repository.
pub struct Source {
    /// The path relative to the repository's root folder, with `/` between its parts.
    pub path: String,
    /// The content of the file.
    pub text: String,
}

/// Returns the Rust files in a folder of the repository, sorted by path.
pub fn sources(folder: &str) -> Vec<Source> {
    let root = docwright_tests::root();
    let mut found = Vec::new();
    let mut pending = vec![root.join(folder)];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a Rust file is UTF-8");
                found.push(Source { path: relative(&root, &path), text });
            }
        }
    }
    assert!(!found.is_empty(), "{folder} contains no Rust file");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Reads a file of the repository.
pub fn read(path: &str) -> String {
    let full = docwright_tests::root().join(path);
    fs::read_to_string(&full).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).expect("a path inside the repository");
    path.to_str().expect("a name in UTF-8").replace('\\', "/")
}

/// Panics with the rule and all violations, one per line, if there are any.
pub fn assert_none(rule: &str, violations: &[String]) {
    assert!(violations.is_empty(), "\n{rule}:\n  {}\n", violations.join("\n  "));
}
