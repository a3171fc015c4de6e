//! Reads the pages and documents in a folder.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use super::disk::{display_path, file_location, file_name_error, io_error};
use crate::Input;
use crate::report::{Problem, Report};

/// The extensions of pages and documents.
const EXTENSIONS: [&str; 5] = ["md", "mdx", "yaml", "yml", "json"];

/// The maximum size of a file, larger than any real document.
const MAX_SIZE: u64 = 64 << 20;

/// The file with the settings for a vendor.
pub(super) const MANIFEST: &str = "vendor.toml";

/// The file with corrections to a vendor's document.
pub(super) const OVERLAY: &str = "overlay.yaml";

/// The configuration file.
pub(super) const CONFIG: &str = "docwright.toml";

/// The file with the recorded names.
pub(super) const NAMES: &str = "names.toml";

/// The file that records where pages were fetched from.
const LOCK: &str = "sources.lock";

/// The file with the public items of the generated code.
pub(super) const RECORD: &str = "docwright.lock";

/// The contents of a folder of pages.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Pages and documents sorted by name, including those in subfolders.
    pub inputs: Vec<Input>,
    /// Other files sorted by name, except for hidden ones.
    pub others: Vec<String>,
}

/// Reads the pages and documents of a folder, except for its `vendor.toml`, `overlay.yaml`,
/// `names.toml` and `sources.lock`. Problems refer to the folder as `name`.
pub fn read_folder(dir: &Path, name: &str) -> Result<Folder, Report> {
    let mut folder = Folder::default();
    let mut pending = vec![(dir.to_owned(), name.to_owned())];
    while let Some((current, name)) = pending.pop() {
        for entry in fs::read_dir(&current).map_err(io_error("read", &current))? {
            let path = entry.map_err(io_error("read", &current))?.path();
            let Some(file) = path.file_name().and_then(|file| file.to_str()) else {
                return Err(file_name_error(&path));
            };
            let is_vendor_file = current == dir
                && matches!(file, MANIFEST | OVERLAY | NAMES | CONFIG | LOCK | RECORD);
            if file.starts_with('.') || is_vendor_file {
                continue;
            }
            let shown = format!("{name}/{file}");
            // Links to folders are not followed, since they can be circular.
            if path.is_dir() && !path.is_symlink() {
                pending.push((path, shown));
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

/// Returns whether a file is a page or document, by its extension.
fn is_page(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Reads a file. Problems refer to it as `name`.
pub(super) fn read_file(path: &Path, name: &str) -> Result<Input, Report> {
    let size = fs::metadata(path).map_err(io_error("read", path))?.len();
    if size > MAX_SIZE {
        return Err(too_large(path));
    }
    let bytes = fs::read(path).map_err(io_error("read", path))?;
    Ok(Input { file: name.to_owned(), bytes })
}

/// Reads a page or document from standard input.
pub(super) fn read_standard_input() -> Result<Input, Report> {
    let name = "<stdin>";
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_SIZE + 1).read_to_end(&mut bytes);
    read.map_err(io_error("read", Path::new(name)))?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(too_large(Path::new(name)));
    }
    Ok(Input { file: name.to_owned(), bytes })
}

fn too_large(path: &Path) -> Report {
    let message = format!("the file is larger than {} MiB", MAX_SIZE >> 20);
    Problem::error(file_location(path), message).into()
}

/// Reads a file if it exists.
pub(super) fn read_optional(path: &Path) -> Result<Option<Input>, Report> {
    if path.exists() { read_file(path, &display_path(path)).map(Some) } else { Ok(None) }
}
