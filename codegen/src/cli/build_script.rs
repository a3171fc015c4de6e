//! Generates clients while a package is built, for those who do not commit generated code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::client::{self, Client};
use super::config::{CONFIG, ConfigFile};
use super::{Failure, disk};

/// Generates the clients without `out` of the `docwright.toml` beside the package's `Cargo.toml`. Call it
/// in `build.rs`; it writes to `OUT_DIR` only.
///
/// The package needs the runtime as a dependency. `docwright generate` writes it to `docwright-runtime/`
/// and records the names of the generated code in `NAME.names.toml`. Cargo prints a warning if
/// a new document would change that file.
///
/// ```toml
/// # docwright.toml
/// [[client]]
/// name = "acme"
/// inputs = ["acme.yaml"]
/// ```
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), String> {
///     docwright::build_script::generate()
/// }
/// ```
///
/// ```ignore
/// // src/lib.rs
/// include!(concat!(env!("OUT_DIR"), "/acme.rs")); // pub mod acme
/// ```
///
/// # Errors
///
/// Returns every problem of the inputs, as text.
pub fn generate() -> Result<(), String> {
    let folder = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .ok_or(format!("{name} is not set: call this in build.rs"))
    };
    let (package, out) = (folder("CARGO_MANIFEST_DIR")?, folder("OUT_DIR")?);
    generate_into(&package, &out, &mut |line| println!("{line}"))
}

/// Generates the clients of the package in `package`, and passes the lines for Cargo to `print`.
fn generate_into(package: &Path, out: &Path, print: &mut dyn FnMut(&str)) -> Result<(), String> {
    let text = |failure: Failure| match failure {
        Failure::Usage(message) => message,
        Failure::Problems(diagnostics) => diagnostics.render(false),
    };
    let configs = ConfigFile::find(&[package.to_owned()]).map_err(text)?;
    print(&format!("cargo::rerun-if-changed={}", package.join(CONFIG).display()));
    print("cargo::rustc-check-cfg=cfg(feature, values(\"mock\", \"webhooks\"))");
    for client in client::configured(configs).map_err(text)? {
        if client.settings.out.is_none() {
            generate_client(&client, out, print).map_err(text)?;
        }
    }
    Ok(())
}

fn generate_client(
    client: &Client,
    out: &Path,
    print: &mut dyn FnMut(&str),
) -> Result<(), Failure> {
    for input in client.settings.inputs.iter().chain(&client.settings.manifest) {
        print(&format!("cargo::rerun-if-changed={}", client.root.join(input).display()));
    }
    let names = client.root.join(client.names_file());
    print(&format!("cargo::rerun-if-changed={}", names.display()));
    let (vendor, output) = client.load_module()?;
    let folder = out.join(&vendor.name);
    let current = disk::read_tree(&folder, disk::Scope::Owned)?.files;
    disk::write_changes(&folder, &output.files, &output.files.diff(&current))?;
    let mut module = String::new();
    let root = folder.join("mod.rs");
    let _ = write!(module, "#[path = {root:?}]\npub mod {};\n", vendor.name);
    let file = out.join(format!("{}.rs", vendor.name));
    fs::write(&file, module).map_err(disk::io_error("write", &file))?;
    let new = output.vendors.first().map(|it| &it.names);
    if new.is_some_and(|new| *new != vendor.recorded) {
        let names = disk::display_path(&names);
        print(&format!(
            "cargo::warning={names} is out of date: run `docwright generate` and commit it"
        ));
    }
    for problem in &output.report.problems {
        if problem.severity == crate::report::Severity::Warning {
            print(&format!("cargo::warning={}", problem.message.replace('\n', " ")));
        }
    }
    Ok(())
}
