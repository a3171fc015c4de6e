//! The known mistakes of Prism itself.

use std::path::Path;

use docwright::report::Problem;
use docwright::{Report, cli::disk};

/// The file that lists them, relative to the repository.
pub const KNOWN_ISSUES: &str = "tests/prism/known.toml";

/// A problem reported by Prism or by the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The name of the operation.
    pub operation: String,
    /// The problem.
    pub message: String,
}

/// The known mistakes of Prism itself.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownIssues {
    /// The entries, in the order of the file.
    #[serde(default)]
    pub known: Vec<KnownIssue>,
}

/// A known mistake of Prism.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownIssue {
    /// The name of the document.
    pub document: String,
    /// The affected operations; an empty list means all of the document.
    #[serde(default)]
    pub operations: Vec<String>,
    /// A part of the finding's message.
    pub contains: String,
    /// Why the finding is wrong.
    pub reason: String,
}

impl KnownIssues {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or parsed.
    pub fn read(root: &Path) -> Result<Self, Report> {
        let path = root.join(KNOWN_ISSUES);
        let text = super::read_file(&path)?;
        toml::from_str(&text)
            .map_err(|error| Problem::error(disk::file_location(&path), error.to_string()).into())
    }

    /// Returns the index of the first entry that covers a finding of a document.
    pub fn entry(&self, document: &str, finding: &Finding) -> Option<usize> {
        self.known.iter().position(|entry| {
            let is_affected = |it: &String| *it == finding.operation;
            entry.document == document
                && (entry.operations.is_empty() || entry.operations.iter().any(is_affected))
                && finding.message.contains(&entry.contains)
        })
    }
}
