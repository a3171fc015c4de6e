//! Builds, runs and tests a crate that is generated from a document, with programs that call it.

use std::path::Path;
use std::process::Command;

use docwright::cli::disk::{self, Scope};
use docwright::{CrateOptions, Files, Input, RuntimeDependency, Vendor, generate_crate};
use docwright_tests::root;

/// The profile of this test's own build, for a manifest.
pub const PROFILE: &str = "\n[profile.dev]\ndebug = \"line-tables-only\"\n";

/// Loads a form of the API of the invented vendor Acme.
pub fn acme(form: &str) -> Vendor {
    let shown = format!("tests/acme/{form}");
    let loaded = docwright::cli::load_vendor(&root().join(&shown), &shown, "acme");
    loaded.unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false))).vendor
}

/// Runs the `main.rs` beside the document `acme.yaml` in a folder of `tests/`. `dependencies` are lines
/// of the crate's manifest.
pub fn run(folder: &str, dependencies: &str, arguments: &[String]) -> String {
    let here = root().join("tests").join(folder);
    let bytes = std::fs::read(here.join("acme.yaml")).expect("the document");
    let input = Input { file: "acme.yaml".to_owned(), bytes };
    let vendor = Vendor { name: "acme".to_owned(), inputs: vec![input], ..Vendor::default() };
    let mut files = generate(&vendor, dependencies);
    let program = std::fs::read_to_string(here.join("main.rs")).expect("the program");
    files.0.insert("src/main.rs".to_owned(), program);
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), &files);
    run_crate(folder.path(), &[], arguments)
}

/// Generates a crate `acme`, which programs can be added to. `dependencies` are lines of its manifest.
pub fn generate(vendor: &Vendor, dependencies: &str) -> Files {
    let runtime = root().join("runtime");
    let options = CrateOptions {
        name: "acme".to_owned(),
        runtime: RuntimeDependency::Path(runtime.to_string_lossy().into_owned()),
        example: false,
    };
    let output = generate_crate(vendor, &options)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)));
    let mut files = output.files;
    if let Some(manifest) = files.0.get_mut("Cargo.toml") {
        *manifest = manifest
            .replace("[dependencies]\n", &format!("[dependencies]\n{dependencies}"))
            + PROFILE
            + "\n[workspace]\n";
    }
    files
}

/// Writes a crate with the versions of this repository's Cargo.lock. Files that have not changed are
/// not written, so that Cargo rebuilds only what has changed if the folder stays.
pub fn write(folder: &Path, files: &Files) {
    let mut existing = disk::read_tree(folder, Scope::Owned).expect("the folder can be read").files;
    existing.remove("Cargo.lock");
    disk::write_changes(folder, files, &files.diff(&existing)).expect("the crate can be written");
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a file");
}

/// Builds and runs the crate in a folder, and returns its output. A warning is a failure.
pub fn run_crate(folder: &Path, features: &[&str], arguments: &[String]) -> String {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    cargo(folder, &["run"], features, &[&["--"], arguments.as_slice()].concat())
}

/// Runs the integration test `name` of the crate in a folder, and returns what Cargo prints. A warning
/// is a failure.
pub fn test_crate(folder: &Path, features: &[&str], name: &str) -> String {
    cargo(folder, &["test", "--test", name], features, &[])
}

/// Runs Cargo with the versions of this repository's Cargo.lock. The build shares the target folder of
/// this test's own build; with the same profile, common dependencies are not compiled again.
fn cargo(folder: &Path, command: &[&str], features: &[&str], arguments: &[&str]) -> String {
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a file");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let output = Command::new(env!("CARGO"))
        .args(command)
        .args(["--quiet", "--offline", "--features", &features.join(",")])
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let printed = String::from_utf8(output.stdout).expect("text");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{printed}{errors}");
    printed
}
