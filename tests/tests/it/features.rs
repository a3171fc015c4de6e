//! The Cargo features of the generated crate: no client compiles what only another one needs.

use std::collections::BTreeSet;

use docwright_tests::root;
use toml::{Table, Value};

const ED25519: &[&str] = &["ed25519-dalek", "pkcs8", "sha2", "zeroize"];

/// Each feature of the generated crate that belongs to a vendor, and the optional dependencies of the
/// runtime that it compiles. `aws-lc-rs` is the only one with C code.
const DEPENDENCIES: &[(&str, &[&str])] = &[
    ("mesh", &[]),
    ("mesh-webhooks", &["hmac", "pkcs8", "sha2", "zeroize"]),
    ("orum", &[]),
    ("orum-webhooks", &["aws-lc-rs", "pkcs8", "sha2", "zeroize"]),
    ("pipevest", ED25519),
    ("pipevest-webhooks", ED25519),
];

fn features(package: &str) -> Table {
    let file = root().join(package).join("Cargo.toml");
    let manifest: Table = std::fs::read_to_string(file).expect("a manifest").parse().expect("TOML");
    manifest["features"].as_table().expect("a table").clone()
}

/// Adds the optional dependencies that `feature` enables, directly or through other features.
fn add_dependencies(features: &Table, feature: &str, found: &mut BTreeSet<String>) {
    for enabled in features[feature].as_array().expect("an array").iter().filter_map(Value::as_str)
    {
        match enabled.strip_prefix("dep:") {
            Some(dependency) => drop(found.insert(dependency.to_owned())),
            None => add_dependencies(features, enabled, found),
        }
    }
}

#[test]
fn no_client_compiles_the_algorithm_of_another() {
    // One table of both packages: the features of the runtime have its name before them.
    let mut all = features("generated");
    let is_vendor = |name: &&String| {
        let module = name.trim_end_matches("-webhooks");
        root().join("generated/src").join(module).is_dir()
    };
    let vendors: BTreeSet<String> = all.keys().filter(is_vendor).cloned().collect();
    for (name, enabled) in features("runtime") {
        let with_package = |it: &Value| match it.as_str().expect("a feature") {
            feature if feature.contains([':', '/']) => it.clone(),
            feature => Value::from(format!("docwright-runtime/{feature}")),
        };
        let enabled = enabled.as_array().expect("an array").iter().map(with_package);
        all.insert(format!("docwright-runtime/{name}"), Value::Array(enabled.collect()));
    }
    let listed: BTreeSet<String> =
        DEPENDENCIES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(vendors, listed, "every feature of a vendor is listed");
    for (feature, expected) in DEPENDENCIES {
        let mut found = BTreeSet::new();
        add_dependencies(&all, feature, &mut found);
        assert_eq!(Vec::from_iter(found), *expected, "{feature}");
    }
}
