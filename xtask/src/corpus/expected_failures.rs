//! What is known to fail, and why.

use std::collections::BTreeMap;
use std::path::Path;

use docwright::Report;
use docwright::cli::disk;
use docwright::report::Problem;

/// The list, in the repository.
pub const EXPECTED: &str = "tests/corpus/expected.toml";

/// Crates that are known to fail: the name, and the reason.
#[derive(Debug, Clone, Default)]
pub struct Expected(pub BTreeMap<String, String>);

impl Expected {
    /// Reads the list; it is empty where there is none.
    ///
    /// # Errors
    ///
    /// A file that is no such list.
    pub fn read(root: &Path) -> Result<Self, Report> {
        let path = root.join(EXPECTED);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(&path).map_err(disk::failed("read", &path))?;
        toml::from_str(&text)
            .map(Self)
            .map_err(|error| Problem::error(disk::location(&path), error.to_string()).into())
    }
}
