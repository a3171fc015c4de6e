//! `docs/vendor-toml.md` and `docs/vendor-toml.schema.json`: both contain every key of `vendor.toml`, and the
//! examples are valid.

use std::collections::BTreeSet;
use std::path::Path;

use docwright::Manifest;
use docwright::manifest::json_schema;
use serde_json::Value;

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the blocks of TOML on the page.
fn examples() -> Vec<String> {
    let page = read("vendor-toml.md");
    let blocks = page.split("\n```toml\n").skip(1);
    blocks.map(|block| block.split("\n```").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// Returns the schemas that apply beside this one, or are alternatives of it.
fn parts<'s>(root: &'s Value, schema: &'s Value) -> Vec<&'s Value> {
    let target = schema["$ref"].as_str().map(|pointer| {
        root.pointer(pointer.trim_start_matches('#')).expect("a definition of the schema")
    });
    let composed = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema[key].as_array());
    let below = target.into_iter().chain(composed.flatten());
    std::iter::once(schema).chain(below.flat_map(|part| parts(root, part))).collect()
}

/// Adds the path of each key that a schema has. `*` stands for a key of the user's.
fn schema_keys(root: &Value, schema: &Value, path: &str, keys: &mut BTreeSet<String>) {
    for part in parts(root, schema) {
        for (name, property) in part["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            schema_keys(root, property, &path, keys);
            keys.insert(path);
        }
        if part["additionalProperties"].is_object() {
            schema_keys(root, &part["additionalProperties"], &format!("{path}.*"), keys);
        }
        schema_keys_of_items(root, part, path, keys);
    }
}

fn schema_keys_of_items(root: &Value, schema: &Value, path: &str, keys: &mut BTreeSet<String>) {
    if schema["items"].is_object() {
        schema_keys(root, &schema["items"], path, keys);
    }
}

/// Adds the path of each key that an example has. `known` are the keys of the schema.
fn example_keys(
    known: &BTreeSet<String>,
    value: &toml::Value,
    path: &str,
    keys: &mut BTreeSet<String>,
) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                let named = format!("{path}.{name}");
                let path = if known.contains(&named) { named } else { format!("{path}.*") };
                example_keys(known, value, &path, keys);
                keys.insert(path);
            }
        }
        toml::Value::Array(items) => {
            items.iter().for_each(|item| example_keys(known, item, path, keys));
        }
        _ => {}
    }
}

fn known_keys() -> BTreeSet<String> {
    let schema = json_schema();
    let mut keys = BTreeSet::new();
    schema_keys(&schema, &schema, "", &mut keys);
    assert!(keys.contains(".signature.components.if_present"), "{keys:?}");
    keys
}

#[test]
fn the_published_schema_is_that_of_the_code() {
    let expected = format!("{:#}\n", json_schema());
    let is_current = read("vendor-toml.schema.json") == expected;
    assert!(is_current, "run `cargo run -p docwright -- schema > docs/vendor-toml.schema.json`");
}

#[test]
fn every_example_of_the_page_is_parsed() {
    for example in examples() {
        if let Err(report) = Manifest::parse("vendor.toml", &example) {
            panic!("{example}\n{report:?}");
        }
    }
}

#[test]
fn the_page_has_an_example_for_every_key() {
    let known = known_keys();
    let mut found = BTreeSet::new();
    for example in examples() {
        let value: toml::Value = toml::from_str(&example).expect("TOML");
        example_keys(&known, &value, "", &mut found);
    }
    let missing: Vec<&String> = known.difference(&found).collect();
    assert_eq!(missing, [""; 0], "keys without an example");
}

#[test]
fn the_schema_accepts_the_keys_of_real_files_and_no_others() {
    let known = known_keys();
    for vendor in ["specs/mesh", "specs/orum", "specs/pipevest", "tests/acme/document"] {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(vendor).join("vendor.toml");
        let text = std::fs::read_to_string(file).expect("vendor.toml");
        let mut found = BTreeSet::new();
        example_keys(&known, &toml::from_str(&text).expect("TOML"), "", &mut found);
        let unknown = found.iter().filter(|key| !key.contains('*') && !known.contains(*key));
        assert_eq!(unknown.collect::<Vec<_>>(), [""; 0], "{vendor}");
    }
}
