//! What ARCHITECTURE.md and CONTRIBUTING.md promise and the compiler does not see.

mod commands;
mod layers;
mod panics;
mod scan;
mod shape;

use std::fs;
use std::path::Path;

/// A Rust file of the repository.
pub struct Source {
    /// Its path from the repository's folder, with `/` between parts.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The Rust files in a folder of the repository, sorted by path.
pub fn sources(folder: &str) -> Vec<Source> {
    let root = docwright_tests::root();
    let mut found = Vec::new();
    let mut waiting = vec![root.join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a Rust file is UTF-8");
                found.push(Source { path: relative(&root, &path), text });
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds no Rust file");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// A file of the repository that is no Rust file.
pub fn read(path: &str) -> String {
    let full = docwright_tests::root().join(path);
    fs::read_to_string(&full).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).expect("a path inside the repository");
    path.to_str().expect("a name in UTF-8").replace('\\', "/")
}

/// Fails with all of these, a line each, if there is one.
pub fn assert_none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "\n{rule}:\n  {}\n", found.join("\n  "));
}
