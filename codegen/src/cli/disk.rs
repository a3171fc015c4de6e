//! Folder ↔ files. Everything is known before anything is written; what is written is first written
//! aside, all of it, and then renamed into location file by file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use crate::files::{Change, ChangeKind, Files};
use crate::report::{Location, Problem, Report};

/// What stands in an output folder.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Every file, by its path with `/` between parts.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Every folder.
    pub folders: BTreeSet<String>,
}

/// How much of an output folder is the generator's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All of it, but for Cargo's `target`.
    Owned,
    /// Somebody else's files may be there too: hidden ones, Cargo's `target` and folders with a
    /// manifest of their own are not looked into.
    Shared,
}

/// How much a run wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files made or replaced.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
}

/// Reads an output folder. One that is not there is empty.
pub fn read(dir: &Path, scope: Scope) -> Result<Tree, Report> {
    let mut tree = Tree::default();
    let mut waiting = vec![String::new()];
    while let Some(folder) = waiting.pop() {
        let full = at(dir, &folder);
        let entries = match fs::read_dir(&full) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_empty() => break,
            entries => entries.map_err(failed("read", &full))?,
        };
        for entry in entries {
            let entry = entry.map_err(failed("read", &full))?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                return Err(Problem::error(location(&entry.path()), "the name is not UTF-8").into());
            };
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let metadata = entry.metadata().map_err(failed("read", &entry.path()))?;
            if !metadata.is_dir() {
                tree.files.insert(path, content(&entry.path(), &metadata)?);
            } else if is_entered(&entry.path(), &path, scope) {
                tree.folders.insert(path.clone());
                waiting.push(path);
            }
        }
    }
    Ok(tree)
}

/// Whether a walk looks into a folder.
fn is_entered(full: &Path, path: &str, scope: Scope) -> bool {
    if path == "target" {
        return false;
    }
    scope == Scope::Owned || !(path.starts_with('.') || full.join("Cargo.toml").exists())
}

/// A file's bytes; of a link its target, which equals no generated text.
fn content(path: &Path, metadata: &Metadata) -> Result<Vec<u8>, Report> {
    if metadata.is_symlink() {
        let target = fs::read_link(path).map_err(failed("read", path))?;
        return Ok(target.to_string_lossy().into_owned().into_bytes());
    }
    if !metadata.is_file() {
        return Err(Problem::error(location(path), "neither a file nor a folder").into());
    }
    fs::read(path).map_err(failed("read", path))
}

/// The bytes at one path of an output folder, if anything is there.
pub fn read_file(dir: &Path, path: &str) -> Result<Option<Vec<u8>>, Report> {
    let full = at(dir, path);
    match fs::symlink_metadata(&full) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("read", &full)(error)),
        Ok(metadata) if metadata.is_dir() => {
            Err(Problem::error(location(&full), "a folder is in the way of a generated file")
                .into())
        }
        Ok(metadata) => content(&full, &metadata).map(Some),
    }
}

/// Carries out `changes`. As long as nothing has been renamed into location, a failure leaves the
/// folder as it was.
pub fn write(dir: &Path, files: &Files, changes: &[Change]) -> Result<Written, Report> {
    files.verify()?;
    let (left_over, wanted): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| change.kind == ChangeKind::LeftOver);
    let (in_the_way, left_over): (Vec<_>, Vec<_>) = left_over
        .into_iter()
        .partition(|old| wanted.iter().any(|new| is_in_the_way(&old.path, &new.path)));
    for change in &in_the_way {
        remove(dir, &change.path)?;
    }
    let mut made = Vec::new();
    let staged = match stage(dir, files, &wanted, &mut made) {
        Ok(staged) => staged,
        Err(report) => {
            remove_empty(made.iter().rev());
            return Err(report);
        }
    };
    for (temporary, path, kind) in staged {
        // What was not there when the change was computed must not be there now either.
        let moved = match kind {
            ChangeKind::Missing => temporary.persist_noclobber(&path),
            _ => temporary.persist(&path),
        };
        moved.map_err(|error| failed("write", &path)(error.error))?;
    }
    for change in &left_over {
        remove(dir, &change.path)?;
    }
    Ok(Written { written: wanted.len(), removed: in_the_way.len() + left_over.len() })
}

/// Whether a file stands where a folder has to be, or in a folder where a file has to be.
fn is_in_the_way(old: &str, new: &str) -> bool {
    let inside = |path: &str, folder: &str| {
        path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    inside(new, old) || inside(old, new)
}

/// A text written aside, where it goes, and what was there.
type Staged = (TempPath, PathBuf, ChangeKind);

/// Writes every changed text to a temporary file in the folder where it will stand. The folders made
/// for that are added to `made`; the files vanish when they are dropped.
fn stage(
    dir: &Path,
    files: &Files,
    wanted: &[&Change],
    made: &mut Vec<PathBuf>,
) -> Result<Vec<Staged>, Report> {
    let mut staged = Vec::new();
    for change in wanted {
        let Some(text) = files.0.get(&change.path) else { continue };
        let path = at(dir, &change.path);
        let folder = path.parent().unwrap_or(dir);
        make_folder(folder, made)?;
        let temporary = write_aside(folder, text).map_err(failed("write", &path))?;
        staged.push((temporary, path, change.kind));
    }
    Ok(staged)
}

fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Report> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        .collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder).map_err(failed("make", folder))?;
        made.push(folder.to_owned());
    }
    Ok(())
}

fn write_aside(folder: &Path, text: &str) -> io::Result<TempPath> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".docwright-").suffix(".tmp~");
    // A temporary file is for its owner alone; a source file is for everybody, as the umask allows.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file: NamedTempFile = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file.into_temp_path())
}

/// Removes a file and the folders that this leaves empty.
fn remove(dir: &Path, path: &str) -> Result<(), Report> {
    let full = at(dir, path);
    fs::remove_file(&full).map_err(failed("remove", &full))?;
    remove_empty(full.ancestors().skip(1).take_while(|folder| *folder != dir));
    Ok(())
}

/// Removes those of these folders that are empty, in this order.
pub fn remove_empty(folders: impl IntoIterator<Item = impl AsRef<Path>>) {
    for folder in folders {
        // It fails for a folder that holds something, and is meant to.
        let _ = fs::remove_dir(folder);
    }
}

/// A path of an output folder as the system writes it.
pub fn at(dir: &Path, path: &str) -> PathBuf {
    path.split('/').filter(|part| !part.is_empty()).fold(dir.to_owned(), |dir, part| dir.join(part))
}

/// A path as problems show it.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// A whole file as the location of a problem.
pub fn location(path: &Path) -> Location {
    Location::File(shown(path))
}

/// What the system said, as a problem.
pub fn failed(action: &str, path: &Path) -> impl FnOnce(io::Error) -> Report {
    let what = format!("cannot {action} `{}`", shown(path));
    let location = location(path);
    move |error| Problem::error(location, format!("{what}: {error}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Files {
        Files(paths.iter().map(|path| ((*path).to_owned(), "new".to_owned())).collect())
    }

    #[test]
    fn a_write_that_fails_half_way_leaves_the_folder_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("z"), "a file where a folder has to be").unwrap();
        let files = files(&["a/b/c.rs", "z/d.rs"]);
        let report = write(dir.path(), &files, &files.diff(&BTreeMap::new())).unwrap_err();
        assert!(report.problems[0].what.contains("/z`"), "{report:?}");
        let left = read(dir.path(), Scope::Owned).unwrap();
        assert_eq!(left.files.keys().collect::<Vec<_>>(), ["z"]);
        assert!(left.folders.is_empty(), "{left:?}");
    }

    #[test]
    fn a_file_that_came_in_between_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(&["a.rs"]);
        let changes = files.diff(&read(dir.path(), Scope::Owned).unwrap().files);
        fs::write(dir.path().join("a.rs"), "mine").unwrap();
        assert!(write(dir.path(), &files, &changes).is_err());
        let left = read(dir.path(), Scope::Owned).unwrap();
        assert_eq!(left.files, BTreeMap::from([("a.rs".to_owned(), b"mine".to_vec())]));
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_replaced_and_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let outside = NamedTempFile::new().unwrap();
        std::os::unix::fs::symlink(outside.path(), dir.path().join("a.rs")).unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
        let files = files(&["a.rs"]);
        let changes = files.diff(&read(dir.path(), Scope::Owned).unwrap().files);
        let written = write(dir.path(), &files, &changes).unwrap();
        assert_eq!(written, Written { written: 1, removed: 1 });
        assert_eq!(fs::read(outside.path()).unwrap(), b"");
        let left = read(dir.path(), Scope::Owned).unwrap();
        assert_eq!(left.files, BTreeMap::from([("a.rs".to_owned(), b"new".to_vec())]));
    }
}
