//! The vendors of `specs/`.

use std::collections::BTreeSet;
use std::path::Path;

use docwright::cli::{self, Failure, disk};
use docwright::report::Location;
use docwright::{Problem, Report, Vendor};

/// The folder of the vendors' data, in the repository.
pub const SPECS: &str = "specs";

/// What the generated crate calls something else: features, and the runtime.
const TAKEN: [&str; 6] = ["blocking", "default", "mock", "runtime", "tracing", "validate"];

/// A vendor's folder, and the module that it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The folder in `specs/`.
    pub folder: String,
    /// The module of the generated crate.
    pub module: String,
}

/// The folders of `specs/`, sorted.
pub fn names(root: &Path) -> Result<Vec<Name>, Report> {
    let specs = root.join(SPECS);
    let mut report = Report::default();
    let mut names: Vec<Name> = Vec::new();
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(&specs).map_err(disk::failed("read", &specs))? {
        let entry = entry.map_err(disk::failed("read", &specs))?;
        let folder = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !folder.starts_with('.') {
            folders.push(folder);
        }
    }
    folders.sort();
    for folder in folders {
        let location = Location::File(format!("{SPECS}/{folder}"));
        let Some(module) = cli::module_name(&folder) else {
            let what = format!("`{folder}` cannot be the name of a module");
            let help = "call the folder in lower case letters, digits and `-` or `_`, and not like a word of the language";
            report.push(Problem::error(location, what).help(help));
            continue;
        };
        if TAKEN.contains(&module.as_str()) {
            let what = format!("the generated crate has another thing called `{module}`");
            report.push(Problem::error(location, what).help("call the folder something else"));
            continue;
        }
        if names.iter().any(|name| name.module == module) {
            let what = format!("two folders give a module called `{module}`");
            report.push(Problem::error(location, what));
            continue;
        }
        names.push(Name { folder, module });
    }
    if names.is_empty() && !report.has_errors() {
        let what = "there is no vendor here";
        let help = "a vendor is a folder with its pages in it";
        report.push(Problem::error(Location::File(SPECS.to_owned()), what).help(help));
    }
    if report.has_errors() { Err(report) } else { Ok(names) }
}

/// The modules of the vendors that somebody named.
pub fn wanted(names: &[Name], only: &[String]) -> Result<BTreeSet<String>, Failure> {
    let wanted: BTreeSet<String> = only.iter().map(|name| name.replace('-', "_")).collect();
    let unknown = wanted.iter().find(|module| !names.iter().any(|name| name.module == **module));
    if let Some(unknown) = unknown {
        let known: Vec<_> = names.iter().map(|name| name.module.as_str()).collect();
        let known = known.join(", ");
        let what = format!("no vendor is called `{unknown}`; {SPECS}/ holds {known}");
        return Err(Failure::Usage(what));
    }
    Ok(wanted)
}

/// Vendors' folders, as read.
pub struct Loaded {
    /// What the generator takes; contradictions have to be settled here.
    pub vendors: Vec<Vendor>,
    /// Warnings about the folders.
    pub folders: Report,
}

/// Reads every vendor's folder, and gives the problems of all of them if one has any.
pub fn load(root: &Path, names: &[Name]) -> Result<Loaded, Report> {
    let mut vendors = Vec::new();
    let mut folders = Report::default();
    for Name { folder, module } in names {
        let shown = format!("{SPECS}/{folder}");
        let found = match cli::load(&root.join(SPECS).join(folder), &shown, module) {
            Ok(cli::Loaded { vendor, report }) => {
                vendors.push(vendor);
                report
            }
            Err(report) => report,
        };
        folders.absorb(found);
    }
    if folders.has_errors() { Err(folders) } else { Ok(Loaded { vendors, folders }) }
}
