//! Reads and writes folders of files. All files are first written to temporary files and then moved
//! into place one by one, so that most failures leave the folder unchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use crate::files::{Change, ChangeKind, Files};
use crate::report::{Location, Problem, Report};

/// The contents of an output folder.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Every file, by its relative path with `/` as the separator.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Every folder.
    pub folders: BTreeSet<String>,
}

/// Which parts of an output folder belong to the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything except Cargo's `target` folder.
    Owned,
    /// The folder may contain other files too: hidden folders, Cargo's `target` and folders with a
    /// `Cargo.toml` are not read.
    Shared,
}

/// How many files a run wrote and removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteCounts {
    /// Files created or replaced.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
}

/// Reads an output folder. A missing folder is empty.
pub fn read_tree(dir: &Path, scope: Scope) -> Result<Tree, Report> {
    let mut tree = Tree::default();
    let mut pending = vec![String::new()];
    while let Some(folder) = pending.pop() {
        let full = join_path(dir, &folder);
        let entries = match fs::read_dir(&full) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_empty() => break,
            entries => entries.map_err(io_error("read", &full))?,
        };
        for entry in entries {
            let entry = entry.map_err(io_error("read", &full))?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                return Err(file_name_error(&entry.path()));
            };
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let metadata = entry.metadata().map_err(io_error("read", &entry.path()))?;
            if !metadata.is_dir() {
                tree.files.insert(path, read_content(&entry.path(), &metadata)?);
            } else if is_read(&entry.path(), &path, scope) {
                tree.folders.insert(path.clone());
                pending.push(path);
            }
        }
    }
    Ok(tree)
}

/// Returns whether a folder is read.
fn is_read(full: &Path, path: &str, scope: Scope) -> bool {
    if path == "target" {
        return false;
    }
    scope == Scope::Owned || !(path.starts_with('.') || full.join("Cargo.toml").exists())
}

/// Returns a file's bytes, or the target of a link, which never equals a generated file.
fn read_content(path: &Path, metadata: &Metadata) -> Result<Vec<u8>, Report> {
    if metadata.is_symlink() {
        let target = fs::read_link(path).map_err(io_error("read", path))?;
        return Ok(target.to_string_lossy().into_owned().into_bytes());
    }
    if !metadata.is_file() {
        return Err(
            Problem::error(file_location(path), "this is neither a file nor a folder").into()
        );
    }
    fs::read(path).map_err(io_error("read", path))
}

/// Returns the bytes of the file at a path of an output folder, or `None` if nothing is there.
pub fn read_file(dir: &Path, path: &str) -> Result<Option<Vec<u8>>, Report> {
    let full = join_path(dir, path);
    match fs::symlink_metadata(&full) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error("read", &full)(error)),
        Ok(metadata) if metadata.is_dir() => {
            let message = "a generated file would replace this folder";
            Err(Problem::error(file_location(&full), message).into())
        }
        Ok(metadata) => read_content(&full, &metadata).map(Some),
    }
}

/// Applies `changes`. A failure before the first file is moved into place leaves the folder unchanged.
pub fn write_changes(dir: &Path, files: &Files, changes: &[Change]) -> Result<WriteCounts, Report> {
    files.verify()?;
    let (stale, writes): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| change.kind == ChangeKind::Stale);
    let (blocking, stale): (Vec<_>, Vec<_>) = stale
        .into_iter()
        .partition(|old| writes.iter().any(|new| is_blocked_by(&new.path, &old.path)));
    for change in &blocking {
        remove(dir, &change.path)?;
    }
    let mut new_folders = Vec::new();
    let staged = match stage(dir, files, &writes, &mut new_folders) {
        Ok(staged) => staged,
        Err(report) => {
            remove_empty(new_folders.iter().rev());
            return Err(report);
        }
    };
    for (temporary, path, kind) in staged {
        // A file that was created after the change was computed must not be overwritten.
        let moved = match kind {
            ChangeKind::Missing => temporary.persist_noclobber(&path),
            _ => temporary.persist(&path),
        };
        moved.map_err(|error| io_error("write", &path)(error.error))?;
    }
    for change in &stale {
        remove(dir, &change.path)?;
    }
    Ok(WriteCounts { written: writes.len(), removed: blocking.len() + stale.len() })
}

/// Returns whether a file is where a folder must be, or in a folder where a file must be.
fn is_blocked_by(new: &str, old: &str) -> bool {
    let is_inside = |path: &str, folder: &str| {
        path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    is_inside(new, old) || is_inside(old, new)
}

/// A temporary file, its destination, and the kind of change.
type Staged = (TempPath, PathBuf, ChangeKind);

/// Writes every changed file to a temporary file in its destination folder. Adds the folders that had to
/// be created to `new_folders`. The temporary files are deleted when they are dropped.
fn stage(
    dir: &Path,
    files: &Files,
    writes: &[&Change],
    new_folders: &mut Vec<PathBuf>,
) -> Result<Vec<Staged>, Report> {
    let mut staged = Vec::new();
    for change in writes {
        let Some(text) = files.0.get(&change.path) else { continue };
        let path = join_path(dir, &change.path);
        let folder = path.parent().unwrap_or(dir);
        create_folder(folder, new_folders)?;
        let temporary = write_temporary(folder, text).map_err(io_error("write", &path))?;
        staged.push((temporary, path, change.kind));
    }
    Ok(staged)
}

/// Creates a folder and its missing ancestors, and adds them to `new_folders`.
fn create_folder(folder: &Path, new_folders: &mut Vec<PathBuf>) -> Result<(), Report> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        .collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder).map_err(io_error("create", folder))?;
        new_folders.push(folder.to_owned());
    }
    Ok(())
}

fn write_temporary(folder: &Path, text: &str) -> io::Result<TempPath> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".docwright-").suffix(".tmp~");
    // By default only the owner can read a temporary file. Source files get the umask's permissions.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file: NamedTempFile = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file.into_temp_path())
}

/// Removes a file, and its folders if they are empty then.
fn remove(dir: &Path, path: &str) -> Result<(), Report> {
    let full = join_path(dir, path);
    fs::remove_file(&full).map_err(io_error("remove", &full))?;
    remove_empty(full.ancestors().skip(1).take_while(|folder| *folder != dir));
    Ok(())
}

/// Removes the folders that are empty, in this order.
pub fn remove_empty(folders: impl IntoIterator<Item = impl AsRef<Path>>) {
    for folder in folders {
        // This fails for a folder that is not empty, as intended.
        let _ = fs::remove_dir(folder);
    }
}

/// Appends a relative path with `/` as the separator to `dir`.
pub fn join_path(dir: &Path, path: &str) -> PathBuf {
    path.split('/').filter(|part| !part.is_empty()).fold(dir.to_owned(), |dir, part| dir.join(part))
}

/// Returns a path without `.` and, where they follow a folder, without `..`.
pub(super) fn normalize(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match (part, parts.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    if parts.as_os_str().is_empty() { PathBuf::from(".") } else { parts }
}

/// Returns the path that leads from a folder to `path`, with `/` as the separator. If no path leads
/// there, as between Windows drives, it is absolute.
pub(super) fn relative_path(folder: &Path, path: &Path) -> String {
    let absolute =
        |path: &Path| normalize(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    let (folder, path) = (absolute(folder), absolute(path));
    let (folder, target): (Vec<_>, Vec<_>) =
        (folder.components().collect(), path.components().collect());
    let common = folder.iter().zip(&target).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(Component::ParentDir, folder.len() - common);
    let relative: PathBuf = up.chain(target.into_iter().skip(common)).collect();
    match common {
        0 => display_path(&path),
        _ if relative.as_os_str().is_empty() => ".".to_owned(),
        _ => display_path(&relative),
    }
}

/// Returns a path as shown in problems.
pub fn display_path(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// Returns a whole file as the location of a problem.
pub fn file_location(path: &Path) -> Location {
    Location::File(display_path(path))
}

/// Returns a function that reports an I/O error: ``cannot read `a.md`: …``.
pub fn io_error(action: &str, path: &Path) -> impl FnOnce(io::Error) -> Report {
    let failure = format!("cannot {action} `{}`", display_path(path));
    let location = file_location(path);
    move |error| Problem::error(location, format!("{failure}: {error}")).into()
}

/// Reports a file name that is not UTF-8.
pub(super) fn file_name_error(path: &Path) -> Report {
    Problem::error(file_location(path), "the file name is not valid UTF-8").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Files {
        Files(paths.iter().map(|path| ((*path).to_owned(), "new".to_owned())).collect())
    }

    #[test]
    fn a_failed_write_leaves_the_folder_unchanged() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("z"), "a file where a folder has to be").unwrap();
        let files = files(&["a/b/c.rs", "z/d.rs"]);
        let report = write_changes(dir.path(), &files, &files.diff(&BTreeMap::new())).unwrap_err();
        assert!(report.problems[0].message.contains("/z`"), "{report:?}");
        let left = read_tree(dir.path(), Scope::Owned).unwrap();
        assert_eq!(left.files.keys().collect::<Vec<_>>(), ["z"]);
        assert!(left.folders.is_empty(), "{left:?}");
    }

    #[test]
    fn a_relative_path_leads_from_one_folder_to_another() {
        for (folder, path, expected) in [
            ("a/client", "a/api.yaml", "../api.yaml"),
            ("client", "client", "."),
            ("client", "client/pages", "pages"),
            ("a/b/../c", "./d", "../../d"),
        ] {
            assert_eq!(relative_path(Path::new(folder), Path::new(path)), expected);
        }
        assert_eq!(normalize(Path::new("a/../../b/./c/..")), Path::new("../b"));
    }

    #[test]
    fn a_file_created_after_the_diff_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(&["a.rs"]);
        let changes = files.diff(&read_tree(dir.path(), Scope::Owned).unwrap().files);
        fs::write(dir.path().join("a.rs"), "mine").unwrap();
        assert!(write_changes(dir.path(), &files, &changes).is_err());
        let left = read_tree(dir.path(), Scope::Owned).unwrap();
        assert_eq!(left.files, BTreeMap::from([("a.rs".to_owned(), b"mine".to_vec())]));
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_replaced_but_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let outside = NamedTempFile::new().unwrap();
        std::os::unix::fs::symlink(outside.path(), dir.path().join("a.rs")).unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        let files = files(&["a.rs"]);
        let changes = files.diff(&read_tree(dir.path(), Scope::Owned).unwrap().files);
        let written = write_changes(dir.path(), &files, &changes).unwrap();
        assert_eq!(written, WriteCounts { written: 1, removed: 1 });
        assert_eq!(fs::read(outside.path()).unwrap(), b"");
        let left = read_tree(dir.path(), Scope::Owned).unwrap();
        assert_eq!(left.files, BTreeMap::from([("a.rs".to_owned(), b"new".to_vec())]));
    }
}
