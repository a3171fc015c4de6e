//! The layout of generated code is that of rustfmt with its default settings.

use std::path::Path;
use std::process::Command;

use docwright::cli::disk::{self, Scope};
use docwright::{CrateOptions, RuntimeDependency, generate_crate, generate_workspace_crate};

use super::{cases, vendors};
use crate::crates;

#[test]
fn rustfmt_changes_nothing() {
    let has_rustfmt = Command::new("rustfmt").arg("--version").output();
    if !has_rustfmt.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: there is no rustfmt");
        return;
    }
    let mut files = generate_workspace_crate(&vendors(&cases()))
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
        .files;
    let runtime = RuntimeDependency::Version("1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: true };
    let acme = generate_crate(&crates::acme("document"), &options)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)));
    files.0.extend(acme.files.0.into_iter().map(|(path, text)| (format!("acme/{path}"), text)));
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout");
    let existing = disk::read_tree(&dir, Scope::Owned).expect("the folder can be read").files;
    disk::write_changes(&dir, &files, &files.diff(&existing)).expect("the files can be written");
    let output = Command::new("rustfmt")
        .args(["--check", "--edition", "2024", "--color", "never"])
        .args(["src/lib.rs", "acme/src/lib.rs", "acme/examples/call_everything.rs"])
        .current_dir(&dir)
        .output()
        .expect("rustfmt runs");
    let text = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
}
