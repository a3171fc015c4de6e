//! The length of files, their names, and the vendor names in them.

use std::fs;

use crate::{assert_none, sources};

/// The folders of hand-written Rust.
const HAND_WRITTEN: [&str; 4] = ["codegen", "runtime", "xtask", "tests"];

/// The maximum number of lines in a file.
const MAX_LINES: usize = 400;

/// Names that do not say what a file contains, so that anything ends up there.
const VAGUE_NAMES: [&str; 8] =
    ["util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff"];

#[test]
fn no_file_is_too_long() {
    let mut found = Vec::new();
    for source in HAND_WRITTEN.iter().flat_map(|folder| sources(folder)) {
        let lines = source.text.lines().count();
        if lines > MAX_LINES {
            found.push(format!("{}: {lines} lines", source.path));
        }
    }
    assert_none("a file has at most 400 lines", &found);
}

#[test]
fn every_file_has_a_specific_name() {
    let mut found = Vec::new();
    for source in HAND_WRITTEN.iter().flat_map(|folder| sources(folder)) {
        let mut parts = source.path.trim_end_matches(".rs").split('/');
        if parts.any(|part| VAGUE_NAMES.contains(&part)) {
            found.push(source.path);
        }
    }
    assert_none("name a file or folder for what it contains", &found);
}

#[test]
fn no_vendor_is_named_in_the_generator_or_the_runtime() {
    let vendors = vendors();
    assert!(vendors.len() >= 3, "{vendors:?}");
    let mut found = Vec::new();
    for source in ["codegen/src", "runtime/src"].iter().flat_map(|folder| sources(folder)) {
        for (number, line) in source.text.lines().enumerate() {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric());
            if words.any(|word| vendors.contains(&word.to_lowercase())) {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    assert_none("vendor-specific behaviour is configured in specs/<vendor>/, not coded", &found);
}

fn vendors() -> Vec<String> {
    let specs = fs::read_dir(docwright_tests::root().join("specs")).expect("specs/");
    let folders = specs.map(|entry| entry.expect("an entry").file_name());
    folders.map(|name| name.to_string_lossy().to_lowercase()).collect()
}
