//! Which part of the generator may name what.

use crate::scan::{Code, scan};
use crate::{assert_none, read};

/// The stages, in the order of the data; a stage uses only those before it. (The report, the
/// manifest and the file set belong to all.)
const STAGES: [&str; 9] =
    ["source", "page", "dialect", "merge", "overlay", "ir", "lower", "plan", "emit"];

/// A library, and the only locations in `codegen/src/` that name it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("openapiv3", &["dialect", "lower"]),
    ("quote", &["emit"]),
    ("proc_macro2", &["emit"]),
    ("syn", &["emit"]),
    ("prettyplease", &["emit"]),
    ("serde_yaml", &["source"]),
    ("saphyr_parser", &["source"]),
    ("annotate_snippets", &["source"]),
    ("pulldown_cmark", &["page", "plan"]),
    ("anstream", &["cli"]),
    ("clap", &["cli"]),
    ("sha2", &["cli"]),
    ("tempfile", &["cli"]),
    ("std::env", &["cli", "main"]),
    ("std::fs", &["cli"]),
    ("std::io", &["cli"]),
    ("std::net", &[]),
    ("std::process", &["cli", "main"]),
    ("std::thread", &[]),
    ("std::time", &[]),
    ("std::collections::HashMap", &[]),
    ("std::collections::HashSet", &[]),
];

/// The top module that a file of `codegen/src/` belongs to.
fn module(code: &Code) -> &str {
    let path = code.path.strip_prefix("codegen/src/").unwrap_or(&code.path);
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn is_inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn a_library_is_named_only_where_it_belongs() {
    let mut found = Vec::new();
    for code in scan("codegen/src") {
        for (path, line) in &code.paths {
            for (library, locations) in LIBRARIES {
                if is_inside(path, library) && !locations.contains(&module(&code)) {
                    found.push(format!(
                        "{}:{line}: {path}, which belongs to {locations:?}",
                        code.path
                    ));
                }
            }
        }
    }
    assert_none("each library has its location", &found);
}

#[test]
fn a_stage_uses_only_the_stages_before_it() {
    let rank = |module: &str| STAGES.iter().position(|stage| *stage == module);
    let mut found = Vec::new();
    for code in scan("codegen/src") {
        let Some(here) = rank(module(&code)) else { continue };
        for (path, line) in &code.paths {
            let used = path.strip_prefix("crate::").and_then(|rest| rest.split("::").next());
            let used = used.and_then(rank);
            if used.is_some_and(|used| used > here) {
                found.push(format!("{}:{line}: {path}", code.path));
            }
        }
    }
    assert_none(&format!("the order is {}", STAGES.join(" → ")), &found);
}

#[test]
fn only_cli_and_the_entry_use_cli() {
    let mut found = Vec::new();
    for code in scan("codegen/src") {
        let uses = code.paths.iter().filter(|(path, _)| is_inside(path, "crate::cli"));
        if module(&code) != "cli" {
            found.extend(uses.map(|(path, line)| format!("{}:{line}: {path}", code.path)));
        }
    }
    assert_none("the library is complete without the command line", &found);
}

#[test]
fn the_generator_does_not_depend_on_its_output() {
    for package in ["codegen", "xtask"] {
        let manifest: toml::Table = read(&format!("{package}/Cargo.toml")).parse().expect("TOML");
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let names = manifest.get(section).and_then(toml::Value::as_table);
            for name in names.into_iter().flat_map(toml::Table::keys) {
                let output = ["docwright-runtime", "fintech-clients"].contains(&name.as_str());
                assert!(!output, "{package} depends on {name}, so it could not mend it");
            }
        }
    }
}
