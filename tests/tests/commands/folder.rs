//! A temporary folder to try a command on.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

/// A folder that goes away with the test.
pub struct Folder {
    dir: TempDir,
}

/// Every file of a folder, with its bytes and the time of its last change.
pub type Snapshot = BTreeMap<String, (Vec<u8>, SystemTime)>;

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary folder") }
    }

    /// One that holds the repository's `specs/`.
    pub fn with_specs() -> Self {
        let folder = Self::new();
        copy(&docwright_tests::root().join("specs"), &folder.path("specs"));
        folder
    }

    /// The whole path of something in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// The same as text.
    pub fn text_path(&self, path: &str) -> String {
        self.path(path).to_str().expect("temporary folders have names in UTF-8").to_owned()
    }

    /// A file's text.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Writes a file, and the folders that it needs.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Replaces a text that has to be there.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} does not hold {old:?}");
        self.write(path, &text.replace(old, new));
    }

    /// Removes a file or folder that has to be there.
    pub fn remove(&self, path: &str) {
        let path = self.path(path);
        let removed =
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Whether something is there.
    pub fn holds(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Every file below a path; none if the path is not there.
    pub fn snapshot(&self, path: &str) -> Snapshot {
        let mut snapshot = Snapshot::new();
        let root = self.path(path);
        let mut waiting = vec![root.clone()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    waiting.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).expect("inside").to_string_lossy().into_owned();
                let changed = fs::metadata(&path).and_then(|data| data.modified());
                let bytes = fs::read(&path).expect("a file");
                snapshot.insert(name, (bytes, changed.expect("a time")));
            }
        }
        snapshot
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of the repository") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}
