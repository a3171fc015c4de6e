//! Differences that are known, and why they stay.

use std::path::Path;

use docwright::Report;
use docwright::cli::disk;
use docwright::report::Problem;

use super::tally::{Finding, Kind};

/// The list, in the repository.
pub const LISTED: &str = "tests/corpus/round_trip.toml";

/// Known differences.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The entries, in the order of the file.
    #[serde(default)]
    pub known: Vec<Known>,
}

/// A known difference.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The crate; every crate if it is empty.
    #[serde(default)]
    pub name: String,
    /// Where the values are from; anywhere if it is missing.
    pub kind: Option<Kind>,
    /// The type, as a finding shows it; every type if it is empty.
    #[serde(default, rename = "type")]
    pub ty: String,
    /// How the difference starts; all of the type's if it is empty.
    #[serde(default)]
    pub what: String,
    /// How the difference ends, likewise.
    #[serde(default)]
    pub end: String,
    /// Why it stays.
    pub reason: String,
}

impl Listed {
    /// Reads the list; it is empty where there is none.
    ///
    /// # Errors
    ///
    /// A file that is no such list.
    pub fn read(root: &Path) -> Result<Self, Report> {
        let path = root.join(LISTED);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(&path).map_err(disk::failed("read", &path))?;
        toml::from_str(&text)
            .map_err(|error| Problem::error(disk::location(&path), error.to_string()).into())
    }

    /// The entry for a finding of the crate `name`.
    pub fn entry(&self, name: &str, finding: &Finding) -> Option<usize> {
        let is = |wanted: &str, it: &str| wanted.is_empty() || wanted == it;
        self.known.iter().position(|it| {
            is(&it.name, name)
                && is(&it.ty, &finding.ty)
                && it.kind.is_none_or(|kind| kind == finding.kind)
                && finding.what.starts_with(&it.what)
                && finding.what.ends_with(&it.end)
        })
    }
}
