//! Fixtures: documents with a snapshot of the API that is read from them.

use std::path::Path;

use docwright::Manifest;

/// Compares what `render` returns for each fixture of a folder of `tests/it` with its snapshot.
pub fn check_folder(folder: &str, render: fn(&Manifest, &str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(folder);
    let mut files: Vec<_> =
        std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect();
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
        let shown = render(&manifest, &document);
        let snapshots = path.join("snapshots");
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => snapshots, omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    }
}

/// Adds the required keys of a document, which fixtures omit.
pub fn with_required_keys(text: &str) -> String {
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
