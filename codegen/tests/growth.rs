//! Time grows with the size of a description, not faster: one real document, copied several times
//! into one under other names. The corpus lies beside the repository; without it these tests say so and
//! prove nothing.

#![allow(clippy::disallowed_methods, reason = "a test takes the time")]

use std::path::Path;
use std::time::{Duration, Instant};

use docwright::{CrateOptions, Input, RuntimeDependency, Vendor, generate_crate};
use serde_json::{Map, Value};

fn document() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/specs/orum.yaml");
    if !path.exists() {
        println!("skipped: there is no {}", path.display());
        return None;
    }
    Some(serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

/// Gives everything that has a name one of its own: components, references to them, operations.
fn rename(value: &mut Value, suffix: &str) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), &mut *value) {
                    ("$ref" | "operationId", Value::String(text)) => text.push_str(suffix),
                    _ => rename(value, suffix),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, suffix)),
        _ => {}
    }
}

fn renamed(map: &Value, name: impl Fn(&str) -> String) -> Map<String, Value> {
    let members = map.as_object().into_iter().flatten();
    members.map(|(key, value)| (name(key), value.clone())).collect()
}

/// One document with everything of `document` `copies` times.
fn copied(document: &Value, copies: usize) -> Vec<u8> {
    let (mut paths, mut components) = (Map::new(), Map::<String, Value>::new());
    for copy in 0..copies {
        let suffix = format!("Copy{copy}");
        let mut own = document.clone();
        rename(&mut own, &suffix);
        paths.extend(renamed(&own["paths"], |path| format!("/{suffix}{path}")));
        for (section, named) in own["components"].as_object().unwrap() {
            let plain = section == "securitySchemes";
            let named =
                renamed(named, |n| if plain { n.to_owned() } else { format!("{n}{suffix}") });
            let section = components.entry(section).or_insert_with(|| Value::Object(Map::new()));
            section.as_object_mut().unwrap().extend(named);
        }
    }
    let mut whole = document.clone();
    whole["paths"] = Value::Object(paths);
    whole["components"] = Value::Object(components);
    serde_json::to_vec(&whole).unwrap()
}

/// How long a crate takes, and its operations.
fn generate(bytes: Vec<u8>) -> (Duration, usize) {
    let input = Input { file: "copies.json".into(), bytes };
    let vendor = Vendor { name: "acme".into(), inputs: vec![input], ..Vendor::default() };
    let runtime = RuntimeDependency::Version("1".into());
    let start = Instant::now();
    let output =
        generate_crate(&vendor, &CrateOptions { name: "acme".into(), runtime, example: false })
            .unwrap();
    (start.elapsed(), output.vendors[0].operations)
}

/// Prints the times of 1, 2, 4, … up to `most` copies; fails unless the last copy takes about as long as
/// the first.
fn grows_in_a_line(most: usize) {
    let Some(document) = document() else { return };
    let mut per_copy = Vec::new();
    for copies in std::iter::successors(Some(1), |n| Some(n * 2)).take_while(|n| *n <= most) {
        let bytes = copied(&document, copies);
        let (size, runs) = (bytes.len(), if copies < 8 { 3 } else { 1 });
        let (took, operations) = (0..runs).map(|_| generate(bytes.clone())).min().unwrap();
        assert_eq!(operations, 71 * copies);
        let each = took.as_secs_f64() / f64::from(u32::try_from(copies).unwrap());
        println!("{copies:3} copies {size:9} bytes {took:10.3?}: {:7.1} ms a copy", each * 1e3);
        per_copy.push(each);
    }
    let (first, last) = (per_copy[0], per_copy[per_copy.len() - 1]);
    assert!(last < first * 2.0, "a copy of many takes {:.1} times as long as one", last / first);
}

#[test]
fn many_copies_take_many_times_as_long() {
    let most = std::env::var("DOCWRIGHT_GROWTH").ok();
    grows_in_a_line(most.map_or(8, |most| most.parse().expect("DOCWRIGHT_GROWTH is a number")));
}
