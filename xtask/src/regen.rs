//! `cargo xtask regen`: `specs/` → `generated/`, and the names that were given → `specs/`.

use std::collections::BTreeMap;
use std::path::Path;

use docwright::cli::disk::{self, Scope, Tree, Written};
use docwright::cli::{self, Console, DONE, FAILED, Failure, NAMES};
use docwright::files::{Change, ChangeKind, Files};
use docwright::{Output, Problem, Report, Summary};

use crate::check;
use crate::vendors::{self, Loaded, Name, SPECS};

/// The folder of the generated crate, in the repository.
pub const GENERATED: &str = "generated";

/// Writes generated/ from specs/.
///
/// Names that another page could change are recorded in `specs/VENDOR/names.toml` and stay.
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
    /// The records of names, by their path in `specs/`.
    pub records: Files,
    /// What has to be done to them.
    pub record_changes: Vec<Change>,
}

impl Regen {
    /// Reads `specs/` and `generated/` of the repository at `root` and generates everything, in
    /// memory. If `only` names vendors, the changes are theirs, those to files that belong to no
    /// vendor, and those to vendors that have no file yet (the shared files already name them).
    pub fn compute(root: &Path, only: &[String]) -> Result<Self, Failure> {
        let names = vendors::names(root)?;
        let wanted = vendors::wanted(&names, only)?;
        let Loaded { vendors, folders } = vendors::load(root, &names)?;
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
        let (records, mut record_changes) = records(root, &names, &output)?;
        record_changes.retain(|change| {
            let is_of = |name: &&Name| change.path.starts_with(&format!("{}/", name.folder));
            let name = names.iter().find(is_of);
            wanted.is_empty() || name.is_some_and(|name| wanted.contains(&name.module))
        });
        Ok(Self { output, folders, changes, there, records, record_changes })
    }

    /// Whether there is nothing to do, and nothing in `specs/` to be mended.
    pub fn is_fresh(&self) -> bool {
        self.changes.is_empty()
            && self.record_changes.is_empty()
            && self.folders.problems.is_empty()
    }

    /// Carries out the changes and looks whether they are all there is to do.
    pub fn write(&self, root: &Path) -> Result<Written, Report> {
        let dir = root.join(GENERATED);
        disk::remove_empty(self.there.folders.iter().rev().map(|folder| disk::at(&dir, folder)));
        let specs = root.join(SPECS);
        let recorded = disk::write(&specs, &self.records, &self.record_changes)?;
        let written = disk::write(&dir, &self.output.files, &self.changes)?;
        let written = Written {
            written: written.written + recorded.written,
            removed: written.removed + recorded.removed,
        };
        let left = self.output.files.diff(&disk::read(&dir, Scope::Owned)?.files);
        match left.iter().find(|change| self.changes.contains(change)) {
            None => Ok(written),
            Some(change) => {
                let location = disk::location(&disk::at(&dir, &change.path));
                Err(Problem::error(location, "something else wrote here at the same time").into())
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

/// The record of every vendor's names, and how it differs from what is there. A record is the
/// generator's own, so one that is not needed any more goes.
fn records(root: &Path, names: &[Name], output: &Output) -> Result<(Files, Vec<Change>), Report> {
    let specs = root.join(SPECS);
    let (mut records, mut there) = (Files::default(), BTreeMap::new());
    for (name, vendor) in names.iter().zip(&output.vendors) {
        let path = format!("{}/{NAMES}", name.folder);
        if let Some(bytes) = disk::read_file(&specs, &path)? {
            there.insert(path.clone(), bytes);
        }
        if !vendor.names.is_empty() {
            records.0.insert(path, vendor.names.to_toml());
        }
    }
    let changes = records.diff(&there);
    Ok((records, changes))
}

/// Whether a file of the generated crate is part of one vendor's module, or of its examples or
/// tests: `src/acme.rs`, `src/acme/types.rs`, `examples/acme.rs`.
fn belongs(path: &str, vendor: &str) -> bool {
    let part = path.split('/').nth(1).unwrap_or_default();
    part.split('.').next() == Some(vendor)
}
