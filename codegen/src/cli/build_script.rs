//! Generates clients while a package is built, for those who do not commit generated code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::client::{self, Client};
use super::config::{CONFIG, ConfigFile};
use super::{Failure, disk};
use crate::report::Severity;

/// Generates the clients without `out` of the `docwright.toml` beside the package's `Cargo.toml`. Call it
/// in `build.rs`; it writes to `OUT_DIR` only.
///
/// The package needs the runtime as a dependency. `docwright generate` writes it to `docwright-runtime/`
/// and records the names of the generated code in `NAME.names.toml`. Cargo prints a warning if that file is
/// out of date.
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
    // Their paths start with that of the package, as those of the inputs do.
    for input in vendor.referenced.iter().chain(&vendor.overlay) {
        print(&format!("cargo::rerun-if-changed={}", input.file));
    }
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
        if problem.severity == Severity::Warning {
            print(&format!("cargo::warning={}", problem.message.replace('\n', " ")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG_TEXT: &str = "[[client]]\nname = \"pets\"\ninputs = [\"pets.yaml\"]\n\
        [[client]]\nname = \"crate\"\nout = \"client\"\ninputs = [\"missing.yaml\"]\n";
    const PETS: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n\
        servers: [{url: https://api.pets.test}]\npaths: {/pets: {get: {operationId: list pets, responses: \
        {'200': {description: ok, content: {application/json: {schema: {$ref: parts/pet.yaml}}}}}}}}\n";
    const PET: &str = "{type: object, properties: {id: {type: string}}}";

    /// Runs a build script in a package, and returns the lines for Cargo.
    fn generate_in(folder: &Path) -> Result<Vec<String>, String> {
        let mut lines = Vec::new();
        let result =
            generate_into(folder, &folder.join("out"), &mut |line| lines.push(line.to_owned()));
        result.map(|()| lines)
    }

    #[test]
    fn a_build_script_writes_a_module_and_watches_what_it_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("parts")).unwrap();
        for (name, text) in [(CONFIG, CONFIG_TEXT), ("pets.yaml", PETS), ("parts/pet.yaml", PET)] {
            fs::write(path(name), text).unwrap();
        }
        let lines = generate_in(folder.path()).unwrap();
        for name in [CONFIG, "pets.yaml", "parts/pet.yaml", "pets.names.toml"] {
            let line = format!("cargo::rerun-if-changed={}", path(name).display());
            assert!(lines.contains(&line), "{name}: {lines:#?}");
        }
        let warning = lines.iter().find(|line| line.starts_with("cargo::warning="));
        assert!(warning.is_some_and(|line| line.contains("pets.names.toml")), "{lines:#?}");
        assert!(fs::read_to_string(path("out/pets.rs")).unwrap().contains("pub mod pets;"));
        assert!(path("out/pets/mod.rs").is_file());
        // A client with `out` is a crate of its own, which only the command writes.
        assert!(!path("client").exists());
    }

    #[test]
    fn a_build_script_fails_with_the_location_of_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(CONFIG), "[[client]]\nname = 1\n").unwrap();
        let message = generate_in(folder.path()).unwrap_err();
        assert!(message.contains("docwright.toml:2:8"), "{message}");
    }
}
