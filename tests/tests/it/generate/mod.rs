//! Generates code from small documents with one construct each (`tests/generate/*.yaml`), compares
//! it with snapshots, and compiles it. To add a case, add a `.yaml` file and, if the case needs a
//! `vendor.toml`, a `.toml` file with the same name.

mod compile;
mod docs;
mod layout;
mod program;
mod snapshots;

use std::fs;

use docwright::{Diagnostics, Input, Manifest, Output, Vendor, generate_workspace_crate};
use docwright_tests::root;

/// Returns the documents of all cases.
fn cases() -> Vec<Input> {
    let folder = fs::read_dir(root().join("tests/generate")).expect("the folder of the cases");
    let paths = folder.map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<Input> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| {
            let file = path.file_name().expect("a name").to_string_lossy().into_owned();
            Input { file, bytes: fs::read(&path).expect("a document") }
        })
        .collect();
    cases.sort_by(|a, b| a.file.cmp(&b.file));
    cases
}

/// Generates a crate with a module for each case.
fn generate(cases: &[Input]) -> Result<Output, Diagnostics> {
    generate_workspace_crate(&vendors(cases))
}

fn vendors(cases: &[Input]) -> Vec<Vendor> {
    let vendor = |case: &Input| Vendor {
        name: case.file.trim_end_matches(".yaml").to_owned(),
        inputs: vec![case.clone()],
        manifest: manifest(case),
        ..Vendor::default()
    };
    cases.iter().map(vendor).collect()
}

/// Reads the manifest of a case, which is the default one if there is no file.
fn manifest(case: &Input) -> Manifest {
    let file = case.file.replace(".yaml", ".toml");
    match fs::read_to_string(root().join("tests/generate").join(&file)) {
        Ok(text) => Manifest::parse(&file, &text).unwrap_or_else(|report| panic!("{report:?}")),
        Err(_) => Manifest::default(),
    }
}
