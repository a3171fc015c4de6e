//! The corpus: foreign documents and pages, which are not part of the repository. The tests that
//! need it are ignored unless they are requested, since they would prove nothing without it.

use std::path::{Path, PathBuf};

/// Returns the folder of the corpus.
#[expect(clippy::disallowed_methods, reason = "a test may read the environment")]
pub fn folder() -> PathBuf {
    let folder = std::env::var_os("DOCWRIGHT_CORPUS").map(PathBuf::from);
    let folder = folder.expect("DOCWRIGHT_CORPUS must be the absolute path of the corpus");
    assert!(folder.is_dir(), "there is no corpus at {}", folder.display());
    folder
}

/// Returns whether the corpus is the one that the recorded figures are about.
pub fn is_reference() -> bool {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    reference.canonicalize().ok() == folder().canonicalize().ok()
}
