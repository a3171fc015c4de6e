//! Which module of the generator may use which libraries and which other modules.

use crate::scan::{Code, scan};
use crate::{assert_none, read, sources};

/// The stages in the order in which data passes through them; a stage uses only those before it.
/// (All stages may use the report, the manifest and the file set.)
const STAGES: [&str; 16] = [
    "depth",
    "source",
    "samples",
    "page",
    "fetch",
    "oai_overlay",
    "dialect",
    "merge",
    "overlay",
    "select",
    "ir",
    "lower",
    "infer",
    "unify",
    "plan",
    "emit",
];

/// Each library with the only modules of `codegen/src/` that may use it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("openapiv3", &["dialect", "lower"]),
    ("quote", &["emit"]),
    ("proc_macro2", &["emit"]),
    ("syn", &["emit"]),
    ("prettyplease", &["emit"]),
    ("serde_yaml", &["source"]),
    ("saphyr_parser", &["source"]),
    ("annotate_snippets", &["source"]),
    ("jsonpath_rust", &["oai_overlay"]),
    ("regex", &["oai_overlay"]),
    ("pulldown_cmark", &["fetch", "page", "plan"]),
    ("anstream", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("similar", &["cli"]),
    ("toml_edit", &["cli"]),
    ("sha2", &["cli", "fetch"]),
    ("tempfile", &["cli"]),
    ("httpdate", &["fetch"]),
    ("robotxt", &["fetch"]),
    ("ureq", &["fetch"]),
    ("url", &["cli", "fetch"]),
    ("std::env", &["cli", "main"]),
    ("std::fs", &["cli"]),
    ("std::io", &["cli", "fetch"]),
    ("std::net", &["fetch"]),
    ("std::process", &["cli", "main"]),
    ("std::thread", &["cli", "fetch"]),
    ("std::time", &["cli", "fetch"]),
    ("std::collections::HashMap", &[]),
    ("std::collections::HashSet", &[]),
];

/// Returns the top-level module that a file of `codegen/src/` belongs to.
fn module(code: &Code) -> &str {
    let path = code.path.strip_prefix("codegen/src/").unwrap_or(&code.path);
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn is_inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn a_library_is_used_only_in_its_modules() {
    let mut found = Vec::new();
    for code in scan("codegen/src") {
        for (path, line) in &code.paths {
            for (library, modules) in LIBRARIES {
                if is_inside(path, library) && !modules.contains(&module(&code)) {
                    found.push(format!(
                        "{}:{line}: {path}, which is only used in {modules:?}",
                        code.path
                    ));
                }
            }
        }
    }
    assert_none("each library is used only in the modules that LIBRARIES lists for it", &found);
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
    assert_none(&format!("a stage uses only the stages before it: {}", STAGES.join(" → ")), &found);
}

#[test]
fn emit_only_prints_the_plan() {
    let mut found = Vec::new();
    for code in scan("codegen/src/emit") {
        let uses = code.paths.iter().filter(|(path, _)| is_inside(path, "crate::manifest"));
        found.extend(uses.map(|(path, line)| format!("{}:{line}: {path}", code.path)));
    }
    for source in sources("codegen/src/emit") {
        for (number, line) in source.text.lines().enumerate() {
            if line.contains("to_string().contains(") {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    let rule = "what emit needs from the manifest is in the plan, and so is what its code uses: \
                emit does not search printed code";
    assert_none(rule, &found);
}

#[test]
fn only_cli_and_main_use_cli() {
    let mut found = Vec::new();
    for code in scan("codegen/src") {
        let uses = code.paths.iter().filter(|(path, _)| is_inside(path, "crate::cli"));
        if module(&code) != "cli" {
            found.extend(uses.map(|(path, line)| format!("{}:{line}: {path}", code.path)));
        }
    }
    assert_none("the library does not depend on the command line", &found);
}

#[test]
fn only_cli_uses_fetch() {
    let mut found = Vec::new();
    for code in scan("codegen/src") {
        let uses = code.paths.iter().filter(|(path, _)| is_inside(path, "crate::fetch"));
        if !["cli", "fetch"].contains(&module(&code)) {
            found.extend(uses.map(|(path, line)| format!("{}:{line}: {path}", code.path)));
        }
    }
    assert_none("no stage of the generator uses the network", &found);
}

#[test]
fn the_generator_does_not_depend_on_its_output() {
    for package in ["codegen", "xtask"] {
        let manifest: toml::Table = read(&format!("{package}/Cargo.toml")).parse().expect("TOML");
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let names = manifest.get(section).and_then(toml::Value::as_table);
            for name in names.into_iter().flat_map(toml::Table::keys) {
                let output = ["docwright-runtime", "fintech-clients"].contains(&name.as_str());
                assert!(
                    !output,
                    "{package} depends on {name}, which is generated or used by generated code"
                );
            }
        }
    }
}
