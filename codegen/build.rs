//! Lists the sources of the runtime, so that the `docwright` command contains them as text.
//!
//! `runtime/` has symbolic links, which Cargo replaces by files in a packaged archive. Nothing of the
//! runtime is compiled here, so the generator can be built when the runtime cannot.
#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("runtime");
    let sources = follow(&root.join("src"))?;
    let mut pending = vec![sources.clone()];
    let mut files = Vec::new();
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut code = String::from("const SOURCES: &[(&str, &str)] = &[\n");
    for file in &files {
        let name = file.strip_prefix(&sources)?.to_str().ok_or("a file name is not UTF-8")?;
        writeln!(code, "    ({:?}, include_str!({file:?})),", name.replace('\\', "/"))?;
    }
    let package = follow(&root.join("package.toml"))?;
    let workspace = follow(&root.join("workspace.toml"))?;
    writeln!(code, "];\nconst PACKAGE: &str = include_str!({package:?});")?;
    writeln!(code, "const WORKSPACE: &str = include_str!({workspace:?});")?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("runtime_sources.rs"), code)?;
    for watched in [&sources, &package, &workspace] {
        println!("cargo::rerun-if-changed={}", watched.display());
    }
    Ok(())
}

/// Returns the target of a link. Where Git does not create links, as on Windows, the link is a file
/// that contains the path of its target.
fn follow(link: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let target = match fs::read_to_string(link) {
        Ok(text) if text.starts_with("../") && text.lines().count() == 1 => {
            link.with_file_name(text.trim())
        }
        _ => link.to_owned(),
    };
    let found = fs::canonicalize(&target);
    found.map_err(|error| format!("cannot find {}: {error}", target.display()).into())
}
