//! `docwright.lock`: what the generated code offered before, and what a run changes of it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{disk, inputs};
use crate::changes::{self, Change, Versions};
use crate::report::Report;
use crate::source::Sources;
use crate::surface::{Record, Surface};
use crate::{Input, Vendor};

/// The number of changes that a run lists.
const LISTED: usize = 10;

/// The version of this Docwright.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The record of a client before and after a run.
#[derive(Debug, Clone)]
pub struct RecordUpdate {
    /// The record on disk. `None` if the file does not exist, or if another version of Docwright wrote
    /// it in another form.
    pub old: Option<Record>,
    /// The record of the generated code.
    pub new: Record,
    /// What differs, if there is an old record.
    pub changes: Vec<Change>,
}

impl RecordUpdate {
    /// Compares the code generated for `vendor` with the record at `path`.
    pub fn read(path: &Path, vendor: &Vendor, surface: Surface) -> Result<Self, Report> {
        let old = read_record(path)?;
        let new = Record { version: VERSION.to_owned(), inputs: inputs_digest(vendor), surface };
        let changes = old.iter().flat_map(|old| changes::compare(&old.surface, &new.surface));
        let changes = changes.collect();
        Ok(Self { old, new, changes })
    }

    /// Returns the text of the new record.
    pub fn text(&self, command: &str) -> String {
        self.new.to_text(command)
    }

    /// Returns whether the record on disk is that of the generated code, even if it was generated from
    /// other inputs or by another version.
    pub fn is_current(&self) -> bool {
        self.old.is_some() && self.changes.is_empty()
    }

    /// Returns where the changes come from.
    fn cause(&self) -> Option<String> {
        let old = self.old.as_ref()?;
        let (from, to) = (&old.version, &self.new.version);
        let versions = if from == to { String::new() } else { format!(" ({from} → {to})") };
        Some(match (old.inputs == self.new.inputs, from == to) {
            (true, _) => format!("the inputs are unchanged: a change of Docwright{versions}"),
            (false, true) => "a change of the inputs".to_owned(),
            (false, false) => format!("a change of the inputs or of Docwright{versions}"),
        })
    }

    /// Describes what the code that uses the client sees: some of the changes, their number, their cause
    /// and the next version after `version`. `sources` are the documents of the new version.
    pub fn describe(&self, sources: &Sources, version: Option<&str>) -> String {
        let Some(cause) = self.cause().filter(|_| !self.changes.is_empty()) else {
            return String::new();
        };
        let versions = Versions { old: &Sources::default(), new: sources };
        let listed = self.changes.get(..LISTED).unwrap_or(&self.changes);
        let mut text = String::new();
        for line in changes::render_text(listed, versions).lines() {
            let _ = writeln!(text, "  {line}");
        }
        if let Some(more) = self.changes.len().checked_sub(listed.len()).filter(|more| *more > 0) {
            let _ = writeln!(text, "  … and {more} more");
        }
        let step = changes::required_step(&self.changes);
        let count = changes::count_line(&self.changes);
        let next = changes::version_line(step, version);
        let _ = writeln!(text, "  {count} · {cause} · {next}");
        text
    }

    /// Returns the changes and their cause as JSON.
    pub(super) fn to_json(&self, sources: &Sources) -> Value {
        let versions = Versions { old: &Sources::default(), new: sources };
        let mut json = changes::render_json(&self.changes, versions);
        if let Some(json) = json.as_object_mut() {
            json.insert("cause".to_owned(), json!(self.cause()));
        }
        json
    }
}

/// Reads a record, if there is one of this form.
pub(super) fn read_record(path: &Path) -> Result<Option<Record>, Report> {
    let text = inputs::read_optional(path)?;
    Ok(text.and_then(|it| Record::parse(std::str::from_utf8(&it.bytes).ok()?)))
}

/// Returns the digest of everything that a client is generated from, except for the recorded names.
pub(super) fn inputs_digest(vendor: &Vendor) -> String {
    let Vendor { manifest, inputs, referenced, overlay, selection, .. } = vendor;
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    };
    let files = inputs.iter().chain(referenced).chain(overlay);
    files.for_each(|Input { bytes, .. }| add(bytes));
    let manifest = manifest.source_text.as_ref().map(|source| &*source.text);
    add(manifest.unwrap_or_default().as_bytes());
    selection.only.iter().chain(&selection.exclude).for_each(|it| add(it.as_bytes()));
    add(&selection.only.len().to_le_bytes());
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the version in the `Cargo.toml` of a crate, if it is written there.
pub fn crate_version(folder: &Path) -> Option<String> {
    let bytes = disk::read_file(folder, "Cargo.toml").ok()??;
    let manifest: toml::Table = std::str::from_utf8(&bytes).ok()?.parse().ok()?;
    Some(manifest.get("package")?.get("version")?.as_str()?.to_owned())
}
