//! What the judge itself gets wrong.

use std::path::Path;

use docwright::report::Problem;
use docwright::{Report, cli::disk};

use super::table::Finding;

/// The list, in the repository.
pub const KNOWN: &str = "tests/prism/known.toml";

/// What the judge itself gets wrong.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The entries, in the order of the file.
    #[serde(default)]
    pub known: Vec<Entry>,
}

/// A mistake of the judge.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The document.
    pub document: String,
    /// The operations that it meets; all of the document's if there are none.
    #[serde(default)]
    pub operations: Vec<String>,
    /// What the judge says, or a part of it.
    pub what: String,
    /// Why it is wrong.
    pub reason: String,
}

impl Known {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// A file that is no such list.
    pub fn read(root: &Path) -> Result<Self, Report> {
        let path = root.join(KNOWN);
        let text = super::read(&path)?;
        toml::from_str(&text)
            .map_err(|error| Problem::error(disk::location(&path), error.to_string()).into())
    }

    /// The entry for a finding of a document.
    pub fn entry(&self, document: &str, finding: &Finding) -> Option<usize> {
        self.known.iter().position(|entry| {
            let named = |it: &String| *it == finding.operation;
            entry.document == document
                && (entry.operations.is_empty() || entry.operations.iter().any(named))
                && finding.what.contains(&entry.what)
        })
    }
}
