//! Snapshots of the vendors of this repository: the lowered API and the generated code.
//!
//! The first shows what changed in the pages, the second how the code looks.

use std::path::{Path, PathBuf};

use crate::lowering::show;
use docwright::{CrateOptions, Report, RuntimeDependency, Vendor, cli, generate_crate, load_api};

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

/// Loads the vendors of `specs/`.
fn load_vendors() -> Vec<Vendor> {
    let mut names: Vec<String> = std::fs::read_dir(specs())
        .expect("specs/ exists")
        .map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(!names.is_empty(), "specs/ has no vendor");
    names.iter().map(|name| load_vendor(name)).collect()
}

fn load_vendor(name: &str) -> Vendor {
    let loaded = cli::load_vendor(&specs().join(name), &format!("specs/{name}"), name);
    loaded.unwrap_or_else(|report| panic!("specs/{name}: {report:?}")).vendor
}

#[test]
fn the_lowered_apis_match_their_snapshots() {
    for vendor in load_vendors() {
        let mut report = Report::default();
        let api = load_api(&vendor, &mut report).map(|loaded| loaded.api);
        let shown = show::render_api(api.as_ref(), &report);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "vendors" }, {
            insta::assert_snapshot!(format!("{}_model", vendor.name), shown);
        });
    }
}

#[test]
fn the_generated_files_match_their_snapshots() {
    for vendor in load_vendors() {
        let name = vendor.name.clone();
        let options = CrateOptions {
            name: name.clone(),
            runtime: RuntimeDependency::Version("0.1".to_owned()),
            example: false,
        };
        let output =
            generate_crate(&vendor, &options).unwrap_or_else(|report| panic!("{name}: {report:?}"));
        for (path, text) in output.files.0 {
            let file = path.replace('/', "_");
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "vendors" }, {
                insta::assert_snapshot!(format!("{name}_{file}"), text);
            });
        }
    }
}
