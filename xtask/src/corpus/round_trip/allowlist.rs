//! Known differences after a round trip, each with the reason why it is accepted.

use std::path::Path;

use docwright::Report;
use docwright::cli::disk;
use docwright::report::Problem;

use super::stats::{Finding, ValueKind};

/// The file of known differences, relative to the repository.
pub const ALLOWLIST: &str = "tests/corpus/round_trip.toml";

/// The known differences.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowlist {
    /// The entries, in the order of the file.
    #[serde(default)]
    pub known: Vec<KnownDifference>,
}

/// A known difference.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownDifference {
    /// The name of the crate; empty matches every crate.
    #[serde(default)]
    pub name: String,
    /// The kind of value; absent matches every kind.
    pub kind: Option<ValueKind>,
    /// The type as printed in a finding; empty matches every type.
    #[serde(default, rename = "type")]
    pub ty: String,
    /// The beginning of the finding's message; empty matches every message.
    #[serde(default)]
    pub starts_with: String,
    /// The end of the finding's message; empty matches every message.
    #[serde(default)]
    pub ends_with: String,
    /// Why the difference is accepted.
    pub reason: String,
}

impl Allowlist {
    /// Reads the list, which is empty if the file does not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or parsed.
    pub fn read(root: &Path) -> Result<Self, Report> {
        let path = root.join(ALLOWLIST);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(&path).map_err(disk::io_error("read", &path))?;
        toml::from_str(&text)
            .map_err(|error| Problem::error(disk::file_location(&path), error.to_string()).into())
    }

    /// Returns the index of the first entry that covers a finding of the crate `name`.
    pub fn entry(&self, name: &str, finding: &Finding) -> Option<usize> {
        let matches = |pattern: &str, text: &str| pattern.is_empty() || pattern == text;
        self.known.iter().position(|it| {
            matches(&it.name, name)
                && matches(&it.ty, &finding.ty)
                && it.kind.is_none_or(|kind| kind == finding.kind)
                && finding.message.starts_with(&it.starts_with)
                && finding.message.ends_with(&it.ends_with)
        })
    }
}
