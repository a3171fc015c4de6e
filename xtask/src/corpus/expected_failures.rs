//! The crates that are known to fail, each with the reason.

use std::collections::BTreeMap;
use std::path::Path;

use docwright::Report;
use docwright::cli::disk;
use docwright::report::Problem;

/// The file that lists them, relative to the repository.
pub const EXPECTED_FAILURES: &str = "tests/corpus/expected.toml";

/// The reason of each expected failure, by the name of the crate.
#[derive(Debug, Clone, Default)]
pub struct ExpectedFailures(pub BTreeMap<String, String>);

impl ExpectedFailures {
    /// Reads the list, which is empty if the file does not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or parsed.
    pub fn read(root: &Path) -> Result<Self, Report> {
        let path = root.join(EXPECTED_FAILURES);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(&path).map_err(disk::io_error("read", &path))?;
        toml::from_str(&text)
            .map(Self)
            .map_err(|error| Problem::error(disk::file_location(&path), error.to_string()).into())
    }
}
