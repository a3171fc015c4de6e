//! Snapshots of the lowered APIs of this repository's vendors, which show what changed in their pages.
//! The code generated from them is in `generated/`.

use std::path::{Path, PathBuf};

use crate::lowering::show;
use docwright::{Report, Sources, Vendor, cli, load_api};

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

/// Loads all vendors of `specs/`.
fn load_vendors() -> Vec<Vendor> {
    let mut names: Vec<String> = std::fs::read_dir(specs())
        .expect("specs/ exists")
        .map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(!names.is_empty(), "specs/ has no vendor");
    names.iter().map(|name| load_vendor(name)).collect()
}

/// Loads a vendor of `specs/`.
pub fn load_vendor(name: &str) -> Vendor {
    let loaded = cli::load_vendor(&specs().join(name), &format!("specs/{name}"), name);
    loaded.unwrap_or_else(|report| panic!("specs/{name}: {report:?}")).vendor
}

#[test]
fn the_lowered_apis_match_their_snapshots() {
    for vendor in load_vendors() {
        let mut report = Report::default();
        let api = load_api(&vendor, &mut Sources::default(), &mut report).map(|loaded| loaded.api);
        let shown = show::render_api(api.as_ref(), &report);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "vendors" }, {
            insta::assert_snapshot!(format!("{}_model", vendor.name), shown);
        });
    }
}
