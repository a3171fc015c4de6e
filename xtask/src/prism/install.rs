//! Prism, installed by npm in the version that the repository names.

use std::path::{Path, PathBuf};
use std::process::Command;

use docwright::cli::disk;
use docwright::report::Location;
use docwright::{Problem, Report};

/// Where the repository names the version.
const FOLDER: &str = "tests/prism";

/// Prism, and where there is room beside it.
#[derive(Debug)]
pub struct Prism {
    /// Its program, for `node`.
    pub script: PathBuf,
    /// The folder that it is installed in.
    pub folder: PathBuf,
}

/// Installs Prism below the folder of crates; nothing where there is no npm.
///
/// # Errors
///
/// npm does not install it.
pub fn prism(root: &Path, folder: &Path) -> Result<Option<Prism>, Report> {
    if Command::new("npm").arg("--version").output().is_err() {
        return Ok(None);
    }
    let folder = folder.with_file_name("prism");
    std::fs::create_dir_all(&folder).map_err(disk::failed("make", &folder))?;
    let script = folder.join("node_modules/@stoplight/prism-cli/dist/index.js");
    let mut is_new = !script.exists();
    for name in ["package.json", "package-lock.json"] {
        let wanted = super::read(&root.join(FOLDER).join(name))?;
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|there| there == wanted) {
            continue;
        }
        is_new = true;
        std::fs::write(&path, wanted).map_err(disk::failed("write", &path))?;
    }
    if is_new {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
        let output = npm.output().map_err(disk::failed("run npm in", &folder))?;
        if !output.status.success() {
            let what = format!("npm ci: {}", String::from_utf8_lossy(&output.stderr).trim());
            return Err(Problem::error(Location::File(FOLDER.to_owned()), what).into());
        }
    }
    Ok(Some(Prism { script, folder }))
}
