//! Files: how long they are, what they are called, which words they hold.

use std::fs;

use crate::{assert_none, sources};

/// The folders of hand-written Rust.
const WRITTEN: [&str; 4] = ["codegen", "runtime", "xtask", "tests"];

/// No file is longer than this.
const LONGEST: usize = 400;

/// Names that say nothing of what is inside, so that anything ends up there.
const EMPTY_NAMES: [&str; 8] =
    ["util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff"];

#[test]
fn no_file_is_too_long() {
    let mut found = Vec::new();
    for source in WRITTEN.iter().flat_map(|folder| sources(folder)) {
        let lines = source.text.lines().count();
        if lines > LONGEST {
            found.push(format!("{}: {lines} lines", source.path));
        }
    }
    assert_none("a file has at most 400 lines", &found);
}

#[test]
fn every_file_is_named_for_what_is_in_it() {
    let mut found = Vec::new();
    for source in WRITTEN.iter().flat_map(|folder| sources(folder)) {
        let mut parts = source.path.trim_end_matches(".rs").split('/');
        if parts.any(|part| EMPTY_NAMES.contains(&part)) {
            found.push(source.path);
        }
    }
    assert_none("name a file or folder for the one thing it knows", &found);
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
    assert_none("what is special about a vendor is data under specs/<vendor>/", &found);
}

fn vendors() -> Vec<String> {
    let specs = fs::read_dir(docwright_tests::root().join("specs")).expect("specs/");
    let folders = specs.map(|entry| entry.expect("an entry").file_name());
    folders.map(|name| name.to_string_lossy().to_lowercase()).collect()
}
