//! Computes the changes to `generated/` and to the recorded names, and writes them.

use std::collections::BTreeMap;
use std::path::Path;

use docwright::cli::disk::{self, Scope, Tree, WriteCounts};
use docwright::cli::{self, Failure, NAMES, RECORD, RecordUpdate};
use docwright::files::{Change, Files};
use docwright::{Output, Problem, Report, Summary, Vendor};

use crate::vendors::{self, Loaded, SPECS, VendorName};

/// The folder of the generated crate, relative to the repository.
pub const GENERATED: &str = "generated";

/// The result of a run before anything is written.
#[derive(Debug)]
pub struct Regen {
    /// The output of the generator.
    pub output: Output,
    /// Warnings about the vendors' folders, such as a page that differs from its listed hash.
    pub folders: Report,
    /// The changes to make in `generated/`.
    pub changes: Vec<Change>,
    /// The current contents of `generated/`.
    pub current: Tree,
    /// The files of recorded names and of public items, by their path in `specs/`.
    pub records: Files,
    /// The changes to make to them.
    pub record_changes: Vec<Change>,
    /// The public items of each vendor, in the order of the vendors.
    pub updates: Vec<RecordUpdate>,
    /// The path of the record of each vendor in `specs/`.
    pub record_paths: Vec<String>,
    /// The version of the generated crate.
    pub version: Option<String>,
}

impl Regen {
    /// Reads `specs/` and `generated/` of the repository at `root` and generates everything in
    /// memory.
    ///
    /// If `only` names vendors, the changes are limited to these vendors, to files that belong to
    /// no vendor, and to vendors without any file (the shared files already name them).
    pub fn compute(root: &Path, only: &[String]) -> Result<Self, Failure> {
        let names = vendors::names(root)?;
        let selected = vendors::select(&names, only)?;
        let Loaded { vendors, folders } = vendors::load(root, &names)?;
        let output = docwright::generate_workspace_crate(&vendors)?;
        cli::require_operations(&output)?;
        output.files.verify()?;
        let current = disk::read_tree(&root.join(GENERATED), Scope::Owned)?;
        let mut changes = output.files.diff(&current.files);
        if !selected.is_empty() {
            changes.retain(|change| {
                let path = &change.path;
                vendors.iter().filter(|vendor| belongs_to(path, &vendor.name)).all(|vendor| {
                    selected.contains(&vendor.name)
                        || !current.files.keys().any(|path| belongs_to(path, &vendor.name))
                })
            });
        }
        let updates = read_updates(root, &names, &vendors, &output)?;
        let (records, mut record_changes) = record_files(root, &names, &output, &updates)?;
        record_changes.retain(|change| {
            let owns = |name: &&VendorName| change.path.starts_with(&format!("{}/", name.folder));
            let name = names.iter().find(owns);
            selected.is_empty() || name.is_some_and(|name| selected.contains(&name.module))
        });
        let record_paths = names.iter().map(|name| format!("{}/{RECORD}", name.folder)).collect();
        let version = cli::crate_version(&root.join(GENERATED));
        Ok(Self {
            output,
            folders,
            changes,
            current,
            records,
            record_changes,
            updates,
            record_paths,
            version,
        })
    }

    /// Returns whether nothing has to be written and there is no warning about `specs/`.
    pub fn is_fresh(&self) -> bool {
        self.changes.is_empty()
            && self.stale_records().next().is_none()
            && self.folders.problems.is_empty()
    }

    /// Returns the changes to the records, except to those of other inputs with the same result.
    pub fn stale_records(&self) -> impl Iterator<Item = &Change> {
        let is_current = |change: &&Change| {
            let mut updates = self.record_paths.iter().zip(&self.updates);
            updates.any(|(path, it)| *path == change.path && it.is_current())
        };
        self.record_changes.iter().filter(move |change| !is_current(change))
    }

    /// Writes the changes, then checks that nothing else changed the files meanwhile.
    pub fn write(&self, root: &Path) -> Result<WriteCounts, Report> {
        let dir = root.join(GENERATED);
        disk::remove_empty(
            self.current.folders.iter().rev().map(|folder| disk::join_path(&dir, folder)),
        );
        let specs = root.join(SPECS);
        let recorded = disk::write_changes(&specs, &self.records, &self.record_changes)?;
        let written = disk::write_changes(&dir, &self.output.files, &self.changes)?;
        let written = WriteCounts {
            written: written.written + recorded.written,
            removed: written.removed + recorded.removed,
        };
        let remaining = self.output.files.diff(&disk::read_tree(&dir, Scope::Owned)?.files);
        match remaining.iter().find(|change| self.changes.contains(change)) {
            None => Ok(written),
            Some(change) => {
                let location = disk::file_location(&disk::join_path(&dir, &change.path));
                Err(Problem::error(location, "another process changed this file at the same time")
                    .into())
            }
        }
    }

    /// Returns the summary of every vendor, and whether its files change.
    pub fn rows(&self) -> Vec<(&Summary, &'static str)> {
        let is_changed = |vendor: &Summary| {
            self.changes.iter().any(|change| belongs_to(&change.path, &vendor.name))
        };
        self.output
            .vendors
            .iter()
            .map(|vendor| (vendor, if is_changed(vendor) { "changed" } else { "unchanged" }))
            .collect()
    }

    /// Describes what the code that uses the vendors' clients sees.
    pub fn describe_changes(&self) -> String {
        let updates = self.output.vendors.iter().zip(&self.updates);
        let changed = updates.filter(|(_, update)| !update.changes.is_empty());
        let texts = changed.map(|(vendor, update)| {
            let text = update.describe(&self.output.sources, self.version.as_deref());
            format!("{}:\n{text}", vendor.name)
        });
        texts.collect()
    }

    /// Returns the text on disk and the generated text of a changed file, if both are UTF-8.
    pub(crate) fn old_and_new_text(&self, change: &Change) -> Option<(&str, &str)> {
        let old = self.current.files.get(&change.path)?;
        Some((std::str::from_utf8(old).ok()?, self.output.files.0.get(&change.path)?))
    }
}

/// Compares the public items of every vendor with those of the last run.
fn read_updates(
    root: &Path,
    names: &[VendorName],
    vendors: &[Vendor],
    output: &Output,
) -> Result<Vec<RecordUpdate>, Report> {
    let rows = names.iter().zip(vendors).zip(&output.vendors);
    let update = |((name, vendor), summary): ((&VendorName, &Vendor), &Summary)| {
        let path = root.join(SPECS).join(&name.folder).join(RECORD);
        RecordUpdate::read(&path, vendor, summary.surface.clone())
    };
    rows.map(update).collect()
}

/// Returns the recorded names and public items of every vendor, and the changes to the files that hold
/// them.
///
/// The generator owns these files, so one that is no longer needed is removed.
fn record_files(
    root: &Path,
    names: &[VendorName],
    output: &Output,
    updates: &[RecordUpdate],
) -> Result<(Files, Vec<Change>), Report> {
    let specs = root.join(SPECS);
    let (mut records, mut current) = (Files::default(), BTreeMap::new());
    for ((name, vendor), update) in names.iter().zip(&output.vendors).zip(updates) {
        let [names, record] = [NAMES, RECORD].map(|file| format!("{}/{file}", name.folder));
        for path in [&names, &record] {
            if let Some(bytes) = disk::read_file(&specs, path)? {
                current.insert(path.clone(), bytes);
            }
        }
        if !vendor.names.is_empty() {
            records.0.insert(names, vendor.names.to_toml("cargo xtask regen"));
        }
        records.0.insert(record, update.text("cargo xtask regen"));
    }
    let changes = records.diff(&current);
    Ok((records, changes))
}

/// Returns whether a file of the generated crate belongs to a vendor's module, examples or tests:
/// `src/acme.rs`, `src/acme/types.rs`, `examples/acme.rs`.
fn belongs_to(path: &str, vendor: &str) -> bool {
    let part = path.split('/').nth(1).unwrap_or_default();
    part.split('.').next() == Some(vendor)
}
