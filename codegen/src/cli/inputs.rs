//! Pages and documents in a folder.

use std::fs;
use std::path::Path;

use super::disk::{failed, location, shown};
use crate::Input;
use crate::report::{Problem, Report};

/// What a page or document ends with.
const EXTENSIONS: [&str; 5] = ["md", "mdx", "yaml", "yml", "json"];

/// Larger than any description; larger files are refused unread.
const LARGEST: u64 = 64 << 20;

/// The file that says what is special about a vendor.
pub(super) const MANIFEST: &str = "vendor.toml";

/// The file with corrections to a vendor's description.
pub(super) const OVERLAY: &str = "overlay.yaml";

/// The file with the names that were given before.
pub(super) const NAMES: &str = "names.toml";

/// What stands in a folder of pages.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Pages and documents, by name; folders in the folder included.
    pub inputs: Vec<Input>,
    /// Files that are none, by name. Hidden files do not count.
    pub others: Vec<String>,
}

/// Reads the pages and documents of a folder, all but its own `vendor.toml`, `overlay.yaml`
/// and `names.toml`. Problems show it as `name`.
pub fn read_folder(dir: &Path, name: &str) -> Result<Folder, Report> {
    let mut folder = Folder::default();
    let mut waiting = vec![(dir.to_owned(), name.to_owned())];
    while let Some((here, name)) = waiting.pop() {
        for entry in fs::read_dir(&here).map_err(failed("read", &here))? {
            let path = entry.map_err(failed("read", &here))?.path();
            let Some(file) = path.file_name().and_then(|file| file.to_str()) else {
                return Err(Problem::error(location(&path), "the name is not UTF-8").into());
            };
            if file.starts_with('.') || (here == dir && matches!(file, MANIFEST | OVERLAY | NAMES))
            {
                continue;
            }
            let shown = format!("{name}/{file}");
            // A link to a folder is not followed: it may lead back here.
            if path.is_dir() && !path.is_symlink() {
                waiting.push((path, shown));
            } else if is_page(&path) {
                folder.inputs.push(read_file(&path, &shown)?);
            } else {
                folder.others.push(shown);
            }
        }
    }
    folder.inputs.sort_by(|a, b| a.file.cmp(&b.file));
    folder.others.sort();
    Ok(folder)
}

/// Whether a file is a page or document by its name.
fn is_page(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Reads one file; problems show it as `name`.
pub(super) fn read_file(path: &Path, name: &str) -> Result<Input, Report> {
    let size = fs::metadata(path).map_err(failed("read", path))?.len();
    if size > LARGEST {
        let what = format!("the file is larger than {} MiB", LARGEST >> 20);
        return Err(Problem::error(location(path), what).into());
    }
    let bytes = fs::read(path).map_err(failed("read", path))?;
    Ok(Input { file: name.to_owned(), bytes })
}

/// Reads a file if it is there.
pub(super) fn read_optional(path: &Path) -> Result<Option<Input>, Report> {
    if path.exists() { read_file(path, &shown(path)).map(Some) } else { Ok(None) }
}
