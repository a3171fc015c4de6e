//! Lowering of single constructs.
//!
//! A test is a file: add `NAME.yaml` to `tests/it/lower` (and `NAME.toml` if it needs a manifest), run
//! the tests and review the snapshot. Missing `openapi`, `info` and `paths` are added.

use std::path::Path;

use crate::lowering::{read, show};
use docwright::lower::lower;
use docwright::{Manifest, Report};

#[test]
fn each_fixture_is_lowered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/lower");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "yaml"));
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let manifest = match std::fs::read_to_string(file.with_extension("toml")) {
            Ok(text) => toml::from_str(&text).unwrap(),
            Err(_) => Manifest::default(),
        };
        let document = with_required_keys(&std::fs::read_to_string(&file).unwrap());
        let shown = lower_and_show(&manifest, &document);
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "lower/snapshots", omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    }
}

fn lower_and_show(manifest: &Manifest, document: &str) -> String {
    let mut report = Report::default();
    let tree = read::normalise("acme.yaml", document, &mut report);
    let api = tree.and_then(|tree| lower(manifest, &tree, &mut report));
    assert_eq!(api.is_none(), report.has_errors(), "there must be either an API or an error");
    show::render_api(api.as_ref(), &report)
}

/// Adds the required keys of a document, which fixtures omit.
fn with_required_keys(text: &str) -> String {
    let mut document = String::new();
    for (key, default) in [
        ("openapi", "openapi: 3.0.3\n"),
        ("info", "info: { title: Acme, version: '1' }\n"),
        ("paths", "paths: {}\n"),
    ] {
        if !text.lines().any(|line| line.starts_with(&format!("{key}:"))) {
            document.push_str(default);
        }
    }
    document + text
}
