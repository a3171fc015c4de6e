//! Lowering of single constructs.
//!
//! A test is a file: add `NAME.yaml` to `tests/it/lower` (and `NAME.toml` if it needs a manifest), run
//! the tests and review the snapshot. Missing `openapi`, `info` and `paths` are added.

use std::path::Path;

use crate::lowering::{read, show};
use docwright::lower::lower;
use docwright::source::Node;
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
        let tree = read::parse_tree(&with_required_keys(&std::fs::read_to_string(&file).unwrap()))
            .unwrap();
        let shown = lower_and_show(&manifest, &tree);
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "lower/snapshots", omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    }
}

/// The pages of `specs/` with an OpenAPI block.
#[test]
fn each_openapi_page_is_lowered() {
    let rule = "[error_codes]\nfield = 'error_code'\ncode = 'code'\nmessage = 'message'\nstatus = 'status'\n\
        extensions = { missing = 'x-orum-error-missing', invalid = 'x-orum-error-invalid' }\n";
    let manifest: Manifest = toml::from_str(rule).unwrap();
    for (name, page) in [("orum", "request-access-token"), ("pipevest", "create-auth-token")] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../specs/{name}/{page}.md"));
        let text = first_block(&std::fs::read_to_string(file).unwrap()).unwrap();
        let shown = lower_and_show(&manifest, &read::parse_tree(&text).unwrap());
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "lower/snapshots", omit_expression => true }, {
            insta::assert_snapshot!(format!("page_{name}"), shown);
        });
    }
}

fn lower_and_show(manifest: &Manifest, tree: &Node) -> String {
    let mut report = Report::default();
    let api = lower(manifest, tree, &mut report);
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

/// Returns the first fenced block of a page.
fn first_block(page: &str) -> Option<String> {
    let mut lines = page.lines().skip_while(|line| !line.starts_with("````"));
    lines.next()?;
    Some(lines.take_while(|line| !line.starts_with("````")).flat_map(|line| [line, "\n"]).collect())
}
