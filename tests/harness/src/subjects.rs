//! The documents and pages of a corpus.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use docwright::cli::{disk, package_name};
use docwright::report::Severity;
use docwright::source::render::render;
use docwright::{CrateOptions, Diagnostics, Input, Output, Report, RuntimeDependency, Vendor};

/// The input of one crate.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The name of the crate.
    pub name: String,
    /// The kind of input.
    pub kind: SubjectKind,
    /// The input files.
    pub inputs: Vec<Input>,
}

/// The kind of input of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// One complete document.
    Document,
    /// The pages of one vendor in one form.
    Pages,
}

impl Subject {
    /// Returns the generator's input.
    pub fn vendor(&self) -> Vendor {
        Vendor {
            name: self.name.replace('-', "_"),
            inputs: self.inputs.clone(),
            // The names of the files say which pages are of one vendor.
            merge_unrelated: self.kind == SubjectKind::Pages,
            ..Vendor::default()
        }
    }

    /// Generates the crate in memory; `runtime` is the path of its dependency on the runtime.
    pub fn generate(&self, runtime: &Path) -> Generated {
        let runtime = RuntimeDependency::Path(runtime.to_string_lossy().replace('\\', "/"));
        let options = CrateOptions { name: self.name.clone(), runtime, example: true };
        let start = Instant::now();
        let result = docwright::generate_crate(&self.vendor(), &options);
        Generated { result, took: start.elapsed() }
    }
}

/// The result of running the generator.
#[derive(Debug)]
pub struct Generated {
    /// The crate, or the problems.
    pub result: Result<Output, Diagnostics>,
    /// How long it took.
    pub took: Duration,
}

/// Renders the errors of a crate that cannot be generated, without its warnings.
pub fn render_errors(diagnostics: &Diagnostics) -> String {
    let mut errors = diagnostics.report.clone();
    errors.problems.retain(|problem| problem.severity == Severity::Error);
    render(&diagnostics.sources, &errors, false)
}

/// Returns every document of `specs`, then every vendor's pages of `pages`. A missing folder counts
/// as empty.
///
/// # Errors
///
/// Returns an error if a file or folder cannot be read.
pub fn subjects(specs: &Path, pages: &Path) -> Result<Vec<Subject>, Report> {
    let mut subjects = Vec::new();
    for file in
        entries(specs)?.into_iter().filter(|path| has_extension(path, &["json", "yaml", "yml"]))
    {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let inputs = vec![read_input(&file)?];
        subjects.push(Subject { name: package_name(&name), kind: SubjectKind::Document, inputs });
    }
    for form in entries(pages)?.into_iter().filter(|path| path.is_dir()) {
        let mut vendors: BTreeMap<String, Vec<Input>> = BTreeMap::new();
        for entry in entries(&form)? {
            if entry.is_dir() {
                // The pages of a platform: those of each site begin with its name.
                for file in entries(&entry)?.iter().filter(|path| has_extension(path, &["md"])) {
                    let site = format!("{}-{}", file_name(&entry), first_word(file));
                    vendors.entry(site).or_default().push(read_input(file)?);
                }
            } else if has_extension(&entry, &["md"]) {
                vendors.entry(vendor_name(&entry)).or_default().push(read_input(&entry)?);
            }
        }
        let form = file_name(&form);
        subjects.extend(vendors.into_iter().map(|(vendor, inputs)| Subject {
            name: package_name(&format!("pages-{form}-{vendor}")),
            kind: SubjectKind::Pages,
            inputs,
        }));
    }
    Ok(subjects)
}

/// Returns the vendor that the name of a page begins with, and the suffix that distinguishes copies
/// of the page: `acme-list-pets--2026-08-22.md` → `acme--2026-08-22`.
fn vendor_name(page: &Path) -> String {
    let name = page.file_stem().unwrap_or_default().to_string_lossy();
    let vendor = first_word(page);
    match name.rsplit_once("--") {
        Some((_, copy)) => format!("{vendor}--{copy}"),
        None => vendor,
    }
}

/// Returns the first word of a page's name.
fn first_word(page: &Path) -> String {
    let name = page.file_stem().unwrap_or_default().to_string_lossy();
    name.split(['-', '_']).next().unwrap_or_default().to_owned()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    extensions.contains(&extension)
}

/// Returns the paths of a folder's entries, sorted.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Report> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(disk::io_error("read", folder))? {
        found.push(entry.map_err(disk::io_error("read", folder))?.path());
    }
    found.sort();
    Ok(found)
}

fn read_input(file: &Path) -> Result<Input, Report> {
    let bytes = std::fs::read(file).map_err(disk::io_error("read", file))?;
    Ok(Input { file: file_name(file), bytes })
}
