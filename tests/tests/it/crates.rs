//! Builds and runs a crate that is generated from a document, with a program that calls it.

use std::path::Path;
use std::process::Command;

use docwright::{CrateOptions, Input, RuntimeDependency, Vendor, generate_crate};
use docwright_tests::root;

/// The profile of this test's own build, for a manifest.
pub const PROFILE: &str = "\n[profile.dev]\ndebug = \"line-tables-only\"\n";

/// Loads a form of the API of the invented vendor Acme.
pub fn acme(form: &str) -> Vendor {
    let shown = format!("tests/acme/{form}");
    let loaded = docwright::cli::load_vendor(&root().join(&shown), &shown, "acme");
    loaded.unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false))).vendor
}

/// Runs the `main.rs` beside the document `acme.yaml` in a folder of `tests/`.
pub fn run(folder: &str, dependencies: &str, arguments: &[String]) -> String {
    let here = root().join("tests").join(folder);
    let bytes = std::fs::read(here.join("acme.yaml")).expect("the document");
    let input = Input { file: "acme.yaml".to_owned(), bytes };
    let vendor = Vendor { name: "acme".to_owned(), inputs: vec![input], ..Vendor::default() };
    run_program(&vendor, &here.join("main.rs"), dependencies, arguments)
}

/// Generates a crate, builds it with a program, runs it, and returns its output. A warning is a
/// failure. `dependencies` are lines of its manifest.
pub fn run_program(
    vendor: &Vendor,
    program: &Path,
    dependencies: &str,
    arguments: &[String],
) -> String {
    let runtime = root().join("runtime");
    let options = CrateOptions {
        name: "acme".to_owned(),
        runtime: RuntimeDependency::Path(runtime.to_string_lossy().into_owned()),
        example: false,
    };
    let output = generate_crate(vendor, &options)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)));
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (file, text) in &output.files.0 {
        let file = folder.path().join(file);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        let text = match file.ends_with("Cargo.toml") {
            true => {
                text.replace("[dependencies]\n", &format!("[dependencies]\n{dependencies}"))
                    + PROFILE
            }
            false => text.clone(),
        };
        std::fs::write(file, text).expect("a file");
    }
    std::fs::copy(program, folder.path().join("src/main.rs")).expect("a file");
    run_crate(folder.path(), arguments)
}

/// Builds and runs the crate in a folder with the versions of this repository's Cargo.lock, and
/// returns its output. A warning is a failure. The build shares the target folder of this test's own
/// build; with the same profile, common dependencies are not compiled again.
pub fn run_crate(folder: &Path, arguments: &[String]) -> String {
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a file");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--"])
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{errors}");
    String::from_utf8(output.stdout).expect("text")
}
