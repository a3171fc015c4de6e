//! Installs Prism with npm, in the version that the repository specifies.

use std::path::{Path, PathBuf};
use std::process::Command;

use docwright::cli::disk;
use docwright::report::Location;
use docwright::{Problem, Report};

/// The folder of the repository that specifies the version.
const PACKAGE_FOLDER: &str = "tests/prism";

/// An installation of Prism.
#[derive(Debug)]
pub struct Prism {
    /// The script that `node` runs.
    pub script: PathBuf,
    /// The folder of the installation.
    pub folder: PathBuf,
}

/// Installs Prism next to the folder of crates; returns `None` if npm was not found.
///
/// # Errors
///
/// Returns an error if npm fails.
pub fn prism(root: &Path, folder: &Path) -> Result<Option<Prism>, Report> {
    if Command::new("npm").arg("--version").output().is_err() {
        return Ok(None);
    }
    let folder = folder.with_file_name("prism");
    std::fs::create_dir_all(&folder).map_err(disk::io_error("create", &folder))?;
    let script = folder.join("node_modules/@stoplight/prism-cli/dist/index.js");
    let mut is_outdated = !script.exists();
    for name in ["package.json", "package-lock.json"] {
        let expected = super::read_file(&root.join(PACKAGE_FOLDER).join(name))?;
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|current| current == expected) {
            continue;
        }
        is_outdated = true;
        std::fs::write(&path, expected).map_err(disk::io_error("write", &path))?;
    }
    if is_outdated {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
        let output = npm.output().map_err(disk::io_error("run npm in", &folder))?;
        if !output.status.success() {
            let message = format!("npm ci: {}", String::from_utf8_lossy(&output.stderr).trim());
            return Err(Problem::error(Location::File(PACKAGE_FOLDER.to_owned()), message).into());
        }
    }
    Ok(Some(Prism { script, folder }))
}
