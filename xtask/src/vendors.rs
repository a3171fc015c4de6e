//! The vendors of `specs/`.

use std::collections::BTreeSet;
use std::path::Path;

use docwright::cli::{self, Failure, disk};
use docwright::report::Location;
use docwright::{Diagnostics, Problem, Report, Vendor};

/// The folder of the vendors' data, relative to the repository.
pub const SPECS: &str = "specs";

/// Names that the generated crate uses for features and for the runtime.
const RESERVED: [&str; 9] = [
    "bigdecimal",
    "blocking",
    "default",
    "gzip",
    "mock",
    "runtime",
    "rust_decimal",
    "tracing",
    "validate",
];

/// A vendor's folder and the name of its module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorName {
    /// The folder below `specs/`.
    pub folder: String,
    /// The module of the generated crate.
    pub module: String,
}

/// Lists the vendors of `specs/`, sorted by folder.
pub fn names(root: &Path) -> Result<Vec<VendorName>, Report> {
    let specs = root.join(SPECS);
    let mut report = Report::default();
    let mut names: Vec<VendorName> = Vec::new();
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(&specs).map_err(disk::io_error("read", &specs))? {
        let entry = entry.map_err(disk::io_error("read", &specs))?;
        let folder = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !folder.starts_with('.') {
            folders.push(folder);
        }
    }
    folders.sort();
    for folder in folders {
        let location = Location::File(format!("{SPECS}/{folder}"));
        let Some(module) = cli::module_name(&folder) else {
            let message = format!("the folder `{folder}` cannot be named as a Rust module");
            let help = "rename the folder: use lower-case letters, digits, `-` and `_`, and no Rust keyword";
            report.push(Problem::error(location, message).help(help));
            continue;
        };
        if RESERVED.contains(&module.as_str()) {
            let message = format!("the name `{module}` is reserved in the generated crate");
            report.push(Problem::error(location, message).help("rename the folder"));
            continue;
        }
        if names.iter().any(|name| name.module == module) {
            let message = format!("two folders have the module name `{module}`");
            report.push(Problem::error(location, message).help("rename one of the folders"));
            continue;
        }
        names.push(VendorName { folder, module });
    }
    if names.is_empty() && !report.has_errors() {
        let message = "the folder contains no vendor";
        let help = "add a folder with the vendor's documentation pages or OpenAPI document";
        report.push(Problem::error(Location::File(SPECS.to_owned()), message).help(help));
    }
    if report.has_errors() { Err(report) } else { Ok(names) }
}

/// Returns the modules of the vendors named on the command line; an empty set means all.
pub fn select(names: &[VendorName], only: &[String]) -> Result<BTreeSet<String>, Failure> {
    let selected: BTreeSet<String> = only.iter().map(|name| name.replace('-', "_")).collect();
    let unknown = selected.iter().find(|module| !names.iter().any(|name| name.module == **module));
    if let Some(unknown) = unknown {
        let known: Vec<_> = names.iter().map(|name| name.module.as_str()).collect();
        let known = known.join(", ");
        let message = format!("unknown vendor `{unknown}`; the vendors of {SPECS}/ are {known}");
        return Err(Failure::Usage(message));
    }
    Ok(selected)
}

/// The vendors' folders after reading.
pub struct Loaded {
    /// The input of the generator.
    pub vendors: Vec<Vendor>,
    /// Warnings about the folders. Their locations refer to files by name.
    pub folders: Report,
}

/// Reads every vendor's folder.
///
/// # Errors
///
/// Returns the problems of all folders if any of them has an error.
pub fn load(root: &Path, names: &[VendorName]) -> Result<Loaded, Diagnostics> {
    let mut vendors: Vec<Vendor> = Vec::new();
    let Diagnostics { mut sources, report: mut folders } = Diagnostics::default();
    for VendorName { folder, module } in names {
        let shown = format!("{SPECS}/{folder}");
        match cli::load_vendor(&root.join(SPECS).join(folder), &shown, module) {
            Ok(cli::LoadedVendor { vendor, report }) => {
                vendors.push(vendor);
                folders.problems.extend(report.problems);
            }
            Err(failed) => {
                sources.documents.extend(failed.sources.documents);
                folders.problems.extend(failed.report.problems);
            }
        }
    }
    if !folders.has_errors() {
        return Ok(Loaded { vendors, folders });
    }
    let manifests = vendors.iter().filter_map(|vendor| vendor.manifest.source_text.as_ref());
    sources.documents.extend(manifests.map(|text| text.document()));
    Err(Diagnostics { sources, report: folders })
}
