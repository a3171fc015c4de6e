//! Findings that are known and accepted, each with the reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use docwright::Report;
use docwright::cli::disk;
use docwright::report::Problem;
use serde::de::DeserializeOwned;

/// How many findings of a document are shown.
const SHOWN: usize = 40;

/// The maximum length of a message and of a value in characters.
const MAX_LENGTH: usize = 600;

/// A problem that was found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of test, if there are several.
    pub kind: &'static str,
    /// The type or operation.
    pub item: String,
    /// The problem.
    pub message: String,
    /// The value that shows the problem, or empty.
    pub value: String,
}

/// A file of known findings. An entry without effect is an error.
#[derive(Debug)]
pub struct KnownFindings {
    /// The file, relative to the repository.
    file: &'static str,
    entries: Vec<Entry>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    #[serde(default)]
    known: Vec<Entry>,
}

#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The document; empty matches every document.
    #[serde(default)]
    document: String,
    /// The types or operations; an empty list matches all.
    #[serde(default, alias = "types", alias = "operations")]
    items: Vec<String>,
    /// The kind of test; empty matches every kind.
    #[serde(default)]
    kind: String,
    /// The beginning of the message.
    #[serde(default)]
    starts_with: String,
    /// A part of the message.
    #[serde(default)]
    contains: String,
    /// The end of the message.
    #[serde(default)]
    ends_with: String,
    /// Why the finding is accepted.
    reason: String,
}

impl Entry {
    fn covers(&self, document: &str, finding: &Finding) -> bool {
        let matches = |pattern: &str, text: &str| pattern.is_empty() || pattern == text;
        matches(&self.document, document)
            && (self.items.is_empty() || self.items.contains(&finding.item))
            && matches(&self.kind, finding.kind)
            && finding.message.starts_with(&self.starts_with)
            && finding.message.contains(&self.contains)
            && finding.message.ends_with(&self.ends_with)
    }
}

impl KnownFindings {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or parsed.
    pub fn read(root: &Path, file: &'static str) -> Result<Self, Report> {
        let Entries { known } = read_toml(&root.join(file))?;
        Ok(Self { file, entries: known })
    }

    /// Returns whether an entry covers a finding.
    pub fn covers(&self, document: &str, finding: &Finding) -> bool {
        self.entries.iter().any(|entry| entry.covers(document, finding))
    }

    /// Lists the findings of a document that no entry covers; findings that only differ in their
    /// values are counted.
    pub fn describe_others<'f>(
        &self,
        document: &str,
        findings: impl IntoIterator<Item = &'f Finding>,
    ) -> String {
        let mut groups: BTreeMap<(&str, &str, &str), (usize, &Finding)> = BTreeMap::new();
        for finding in findings.into_iter().filter(|it| !self.covers(document, it)) {
            let message = match finding.value.is_empty() {
                true => &finding.message,
                false => finding.message.split(": ").next().unwrap_or_default(),
            };
            let key = (finding.kind, finding.item.as_str(), message);
            groups.entry(key).or_insert((0, finding)).0 += 1;
        }
        let mut text = String::new();
        for ((kind, item, _), (count, first)) in groups.iter().take(SHOWN) {
            let shorten = |text: &str| text.chars().take(MAX_LENGTH).collect::<String>();
            let _ = writeln!(text, "  {kind} {item} ×{count}: {}", shorten(&first.message));
            if !first.value.is_empty() {
                let _ = writeln!(text, "    {}", shorten(&first.value));
            }
        }
        if groups.len() > SHOWN {
            let _ = writeln!(text, "  … and {} more", groups.len() - SHOWN);
        }
        text
    }

    /// Lists the entries for these documents and their findings, and whether each entry for one of
    /// them has an effect. Entries for all documents need one only if `is_complete`.
    pub fn summary(
        &self,
        documents: &BTreeMap<&str, Vec<&Finding>>,
        is_complete: bool,
    ) -> (String, bool) {
        let (mut text, mut all_used) = (String::new(), true);
        for entry in &self.entries {
            let covered = documents.iter().flat_map(|(document, findings)| {
                findings.iter().filter(|it| entry.covers(document, it))
            });
            let count = covered.count();
            let Entry { document, items, starts_with, contains, ends_with, reason, .. } = entry;
            let parts = [document, &items.join(" "), starts_with, contains, ends_with];
            let parts: Vec<&str> =
                parts.into_iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
            let name = parts.join(" ");
            if count > 0 {
                let _ = writeln!(text, "\n{count}× {name}, as expected: {reason}");
            } else if documents.contains_key(document.as_str()) || is_complete {
                all_used = false;
                let _ = writeln!(text, "\n{name} did not occur: remove it from {}", self.file);
            }
        }
        (text, all_used)
    }
}

/// Reads a TOML file.
pub fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T, Report> {
    let text = std::fs::read_to_string(path).map_err(disk::io_error("read", path))?;
    toml::from_str(&text)
        .map_err(|error| Problem::error(disk::file_location(path), error.to_string()).into())
}
