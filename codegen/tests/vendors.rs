//! The three vendors of this repository, stage by stage: what their pages say (the model), and what
//! is printed of it. A reviewer reads the first to see what changed, the second to see how it looks.

#[path = "lowering/show.rs"]
mod show;

use std::path::{Path, PathBuf};

use docwright::{CrateOptions, Report, RuntimeDependency, Vendor, cli, describe, generate_crate};

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

/// The vendors that `specs/` holds.
fn vendors() -> Vec<Vendor> {
    let mut names: Vec<String> = std::fs::read_dir(specs())
        .expect("specs/ is a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(!names.is_empty(), "specs/ holds no vendor");
    names.iter().map(|name| vendor(name)).collect()
}

fn vendor(name: &str) -> Vendor {
    let loaded = cli::load(&specs().join(name), &format!("specs/{name}"), name);
    loaded.unwrap_or_else(|report| panic!("specs/{name}: {report:?}")).vendor
}

#[test]
fn what_the_pages_say() {
    for vendor in vendors() {
        let mut report = Report::default();
        let api = describe(&vendor, &mut report).map(|described| described.api);
        let shown = show::api(api.as_ref(), &report);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "vendors" }, {
            insta::assert_snapshot!(format!("{}_model", vendor.name), shown);
        });
    }
}

#[test]
fn what_is_printed() {
    for vendor in vendors() {
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
