//! The time to generate a crate grows linearly with the size of the document.
//!
//! The test uses a real document of the corpus, copied several times into one document under
//! different names. The corpus is a folder next to the repository; without it the test is skipped.

#![allow(clippy::disallowed_methods, reason = "a test may read the clock")]

use std::path::Path;
use std::time::{Duration, Instant};

use docwright::{CrateOptions, Input, RuntimeDependency, Vendor, generate_crate};
use serde_json::{Map, Value};

/// Returns the document of the corpus if it exists.
fn read_document() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/specs/orum.yaml");
    if !path.exists() {
        println!("skipped: there is no document at {}", path.display());
        return None;
    }
    Some(serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

/// Adds a suffix to all references and operation ids.
fn add_suffix(value: &mut Value, suffix: &str) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), &mut *value) {
                    ("$ref" | "operationId", Value::String(text)) => text.push_str(suffix),
                    _ => add_suffix(value, suffix),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| add_suffix(item, suffix)),
        _ => {}
    }
}

fn rename_keys(map: &Value, name: impl Fn(&str) -> String) -> Map<String, Value> {
    let entries = map.as_object().into_iter().flatten();
    entries.map(|(key, value)| (name(key), value.clone())).collect()
}

/// Returns a document with `copies` copies of all paths and components.
fn repeat_document(document: &Value, copies: usize) -> Vec<u8> {
    let (mut paths, mut components) = (Map::new(), Map::<String, Value>::new());
    for copy in 0..copies {
        let suffix = format!("Copy{copy}");
        let mut copied = document.clone();
        add_suffix(&mut copied, &suffix);
        paths.extend(rename_keys(&copied["paths"], |path| format!("/{suffix}{path}")));
        for (section, entries) in copied["components"].as_object().unwrap() {
            let keeps_names = section == "securitySchemes";
            let entries = rename_keys(entries, |n| {
                if keeps_names { n.to_owned() } else { format!("{n}{suffix}") }
            });
            let section = components.entry(section).or_insert_with(|| Value::Object(Map::new()));
            section.as_object_mut().unwrap().extend(entries);
        }
    }
    let mut repeated = document.clone();
    repeated["paths"] = Value::Object(paths);
    repeated["components"] = Value::Object(components);
    serde_json::to_vec(&repeated).unwrap()
}

/// Generates a crate; returns the time and the number of operations.
fn measure(bytes: Vec<u8>) -> (Duration, usize) {
    let input = Input { file: "copies.json".into(), bytes };
    let vendor = Vendor { name: "acme".into(), inputs: vec![input], ..Vendor::default() };
    let runtime = RuntimeDependency::Version("1".into());
    let start = Instant::now();
    let output =
        generate_crate(&vendor, &CrateOptions { name: "acme".into(), runtime, example: false })
            .unwrap();
    (start.elapsed(), output.vendors[0].operations)
}

/// Prints the times of 1, 2, 4, … up to `max_copies` copies, and fails if the time per copy grows.
fn check_growth(max_copies: usize) {
    let Some(document) = read_document() else { return };
    let mut per_copy = Vec::new();
    for copies in std::iter::successors(Some(1), |n| Some(n * 2)).take_while(|n| *n <= max_copies) {
        let bytes = repeat_document(&document, copies);
        let (size, runs) = (bytes.len(), if copies < 8 { 3 } else { 1 });
        let (elapsed, operations) = (0..runs).map(|_| measure(bytes.clone())).min().unwrap();
        assert_eq!(operations, 71 * copies);
        let seconds = elapsed.as_secs_f64() / f64::from(u32::try_from(copies).unwrap());
        println!(
            "{copies:3} copies {size:9} bytes {elapsed:10.3?}: {:7.1} ms per copy",
            seconds * 1e3
        );
        per_copy.push(seconds);
    }
    let (first, last) = (per_copy[0], per_copy[per_copy.len() - 1]);
    assert!(
        last < first * 2.0,
        "one of many copies takes {:.1} times as long as a single one",
        last / first
    );
}

#[test]
fn time_grows_linearly_with_the_size() {
    let max_copies = std::env::var("DOCWRIGHT_GROWTH").ok();
    check_growth(
        max_copies.map_or(8, |value| value.parse().expect("DOCWRIGHT_GROWTH is a number")),
    );
}
