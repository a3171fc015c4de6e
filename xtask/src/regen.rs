//! `cargo xtask regen`: `specs/` → `generated/`.

use std::collections::BTreeSet;
use std::path::Path;

use docwright::cli::disk::{self, Scope, Tree, Written};
use docwright::cli::{self, Console, DONE, FAILED, Failure, Loaded};
use docwright::files::{Change, ChangeKind};
use docwright::report::Place;
use docwright::{Output, Problem, Report, Summary, Vendor};

use crate::check;

/// The folder of the vendors' data, in the repository.
const SPECS: &str = "specs";

/// The folder of the generated crate, in the repository.
pub const GENERATED: &str = "generated";

/// Writes generated/ from specs/.
///
/// Everything is computed before anything is written, so a problem leaves the disk as it was. Only
/// files that differ are written, and files that no vendor gives any more are removed.
///
/// The exit status is 0 if generated/ is now as it should be (with --check: was already), 1 if not,
/// and 2 if the command line makes no sense.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write only these vendors' modules, what all vendors share, and modules that are not there
    /// yet; all vendors are read nevertheless, since they make one crate
    #[arg(value_name = "VENDOR")]
    vendors: Vec<String>,
    /// Write nothing; list every file that is missing, changed or left over, and exit with 1 if
    /// there is one
    #[arg(long)]
    check: bool,
    /// Print notes too: what was read in another way than it was written
    #[arg(long)]
    notes: bool,
}

impl Arguments {
    /// Runs the task on the repository at `root`.
    pub(crate) fn run(&self, root: &Path, console: &mut Console<'_>) -> u8 {
        let regen = match Regen::compute(root, &self.vendors) {
            Ok(regen) => regen,
            Err(failure) => return console.fail(&failure),
        };
        console.report(&regen.folders, self.notes);
        console.report(&regen.output.report, self.notes);
        if self.check {
            console.print(&check::describe(&regen));
            return if regen.is_fresh() { DONE } else { FAILED };
        }
        match regen.write(root) {
            Ok(Written { written, removed }) => {
                console.print(&cli::table(&regen.rows()));
                let written = cli::counted(written, "file");
                console.print(&format!("{written} written, {removed} removed\n"));
                DONE
            }
            Err(report) => console.fail(&Failure::Problems(report)),
        }
    }
}

/// What a run would do.
#[derive(Debug)]
pub struct Regen {
    /// What the generator made.
    pub output: Output,
    /// Warnings about the vendors' folders, such as a page that differs from its listed hash.
    pub folders: Report,
    /// What has to be done to `generated/`.
    pub changes: Vec<Change>,
    /// What is in `generated/`.
    pub there: Tree,
}

impl Regen {
    /// Reads `specs/` and `generated/` of the repository at `root` and generates everything, in
    /// memory. If `only` names vendors, the changes are theirs, those to files that belong to no
    /// vendor, and those to vendors that have no file yet (the shared files already name them).
    pub fn compute(root: &Path, only: &[String]) -> Result<Self, Failure> {
        let names = vendor_names(root)?;
        let wanted: BTreeSet<String> = only.iter().map(|name| name.replace('-', "_")).collect();
        if let Some(unknown) = wanted.iter().find(|name| !names.iter().any(|(_, n)| n == *name)) {
            let known: Vec<_> = names.iter().map(|(_, name)| name.as_str()).collect();
            let known = known.join(", ");
            let what = format!("no vendor is called `{unknown}`; {SPECS}/ holds {known}");
            return Err(Failure::Usage(what));
        }
        let (vendors, folders) = load(root, &names)?;
        let output = docwright::generate_workspace_crate(&vendors)?;
        cli::require_operations(&output)?;
        output.files.verify()?;
        let there = disk::read(&root.join(GENERATED), Scope::Owned)?;
        let mut changes = output.files.diff(&there.files);
        if !wanted.is_empty() {
            changes.retain(|change| {
                vendors.iter().filter(|vendor| belongs(&change.path, &vendor.name)).all(|vendor| {
                    wanted.contains(&vendor.name)
                        || !there.files.keys().any(|path| belongs(path, &vendor.name))
                })
            });
        }
        Ok(Self { output, folders, changes, there })
    }

    /// Whether there is nothing to do, and nothing in `specs/` to be mended.
    pub fn is_fresh(&self) -> bool {
        self.changes.is_empty() && self.folders.problems.is_empty()
    }

    /// Carries out the changes and looks whether they are all there is to do.
    pub fn write(&self, root: &Path) -> Result<Written, Report> {
        let dir = root.join(GENERATED);
        disk::remove_empty(self.there.folders.iter().rev().map(|folder| disk::at(&dir, folder)));
        let written = disk::write(&dir, &self.output.files, &self.changes)?;
        let left = self.output.files.diff(&disk::read(&dir, Scope::Owned)?.files);
        match left.iter().find(|change| self.changes.contains(change)) {
            None => Ok(written),
            Some(change) => {
                let place = disk::place(&disk::at(&dir, &change.path));
                Err(Problem::error(place, "something else wrote here at the same time").into())
            }
        }
    }

    /// Every vendor's figures, and whether its files change.
    pub fn rows(&self) -> Vec<(&Summary, &'static str)> {
        let is_changed = |vendor: &Summary| {
            self.changes.iter().any(|change| belongs(&change.path, &vendor.name))
        };
        self.output
            .vendors
            .iter()
            .map(|vendor| (vendor, if is_changed(vendor) { "changed" } else { "unchanged" }))
            .collect()
    }

    /// The text on disk and the text as it should be, for one change; nothing where there is no
    /// file, or no text.
    pub(crate) fn texts(&self, change: &Change) -> Option<(&str, &str)> {
        if change.kind != ChangeKind::Changed {
            return None;
        }
        let old = self.there.files.get(&change.path)?;
        Some((std::str::from_utf8(old).ok()?, self.output.files.0.get(&change.path)?))
    }
}

/// Whether a file of the generated crate is part of one vendor's module, or of its examples or
/// tests: `src/acme.rs`, `src/acme/types.rs`, `examples/acme.rs`.
fn belongs(path: &str, vendor: &str) -> bool {
    let part = path.split('/').nth(1).unwrap_or_default();
    part.split('.').next() == Some(vendor)
}

/// The folders of `specs/`, and the module that each gives.
fn vendor_names(root: &Path) -> Result<Vec<(String, String)>, Report> {
    let specs = root.join(SPECS);
    let mut report = Report::default();
    let mut names: Vec<(String, String)> = Vec::new();
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
        let place = Place::File(format!("{SPECS}/{folder}"));
        let Some(name) = cli::module_name(&folder) else {
            let what = format!("`{folder}` cannot be the name of a module");
            let help = "call the folder in lower case letters, digits and `-` or `_`, and not like a word of the language";
            report.push(Problem::error(place, what).help(help));
            continue;
        };
        if names.iter().any(|(_, taken)| *taken == name) {
            let what = format!("two folders give a module called `{name}`");
            report.push(Problem::error(place, what));
            continue;
        }
        names.push((folder, name));
    }
    if names.is_empty() && !report.has_errors() {
        let what = "there is no vendor here";
        let help = "a vendor is a folder with its pages in it";
        report.push(Problem::error(Place::File(SPECS.to_owned()), what).help(help));
    }
    if report.has_errors() { Err(report) } else { Ok(names) }
}

/// Reads every vendor's folder, and gives the problems of all of them if one has any.
fn load(root: &Path, names: &[(String, String)]) -> Result<(Vec<Vendor>, Report), Report> {
    let mut vendors = Vec::new();
    let mut report = Report::default();
    for (folder, name) in names {
        let shown = format!("{SPECS}/{folder}");
        let found = match cli::load(&root.join(SPECS).join(folder), &shown, name) {
            Ok(Loaded { vendor, report }) => {
                vendors.push(Vendor { strict: true, ..vendor });
                report
            }
            Err(report) => report,
        };
        report.absorb(found);
    }
    if report.has_errors() { Err(report) } else { Ok((vendors, report)) }
}
