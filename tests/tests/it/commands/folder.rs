//! A temporary folder to run a command in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

/// A folder that is removed at the end of the test, unless it is kept.
pub struct Folder {
    path: PathBuf,
    _temporary: Option<TempDir>,
}

/// Every file of a folder, with its bytes and modification time.
pub type Snapshot = BTreeMap<String, (Vec<u8>, SystemTime)>;

impl Folder {
    /// Creates an empty folder.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        Self { path: dir.path().to_owned(), _temporary: Some(dir) }
    }

    /// Returns a folder below the target folder that stays, so that Cargo builds crates in it only once.
    pub fn kept(name: &str) -> Self {
        Self { path: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), _temporary: None }
    }

    /// Creates a folder with a copy of the repository's `specs/`.
    pub fn with_specs() -> Self {
        let folder = Self::new();
        copy_folder(&docwright_tests::root().join("specs"), &folder.path("specs"));
        folder
    }

    /// Returns the absolute path of a file or folder in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// Returns the absolute path as a string.
    pub fn text_path(&self, path: &str) -> String {
        self.path(path).to_str().expect("temporary folders have names in UTF-8").to_owned()
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Writes a file, and creates its parent folders.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Replaces a string in a file, which must contain it.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} does not contain {old:?}");
        self.write(path, &text.replace(old, new));
    }

    /// Removes an existing file or folder.
    pub fn remove(&self, path: &str) {
        let path = self.path(path);
        let removed =
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Returns whether a file or folder exists.
    pub fn contains(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Returns every file below a path; none if the path does not exist.
    pub fn snapshot(&self, path: &str) -> Snapshot {
        let mut snapshot = Snapshot::new();
        let root = self.path(path);
        let mut pending = vec![root.clone()];
        while let Some(folder) = pending.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    pending.push(path);
                    continue;
                }
                let name = path
                    .strip_prefix(&root)
                    .expect("a path below the root")
                    .to_string_lossy()
                    .into_owned();
                let modified = fs::metadata(&path).and_then(|data| data.modified());
                let bytes = fs::read(&path).expect("a file");
                snapshot.insert(name, (bytes, modified.expect("a time")));
            }
        }
        snapshot
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of the repository") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}
