//! The command line arguments for the input: pages and documents, and the files with a vendor's data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::inputs::{self, MANIFEST, NAMES, OVERLAY};
use super::{Failure, disk, vendor};
use crate::report::Report;
use crate::{Input, Selection, Vendor};

/// The arguments for the input.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct InputArgs {
    /// Pages (.md, .mdx), documents and their overlays (.yaml, .yml, .json), or folders of them; `-` is
    /// standard input, and an address that starts with https:// is requested
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A vendor.toml. An overlay.yaml and a names.toml in the same folder are read too
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// Generate only these operations: `GET /pets`, a path such as `/pets/*`, a tag or an operation id
    #[arg(long, value_name = "OPERATION")]
    pub only: Vec<String>,
    /// Do not generate these operations, and the types that only they use
    #[arg(long, value_name = "OPERATION")]
    pub exclude: Vec<String>,
    /// Merge documents that have no server in common into one client
    #[arg(long)]
    pub merge_unrelated: bool,
    /// The contents of addresses, and of files that were received and are not written yet.
    #[arg(skip)]
    pub downloaded: BTreeMap<PathBuf, Input>,
}

impl InputArgs {
    /// Reads the input. Also returns the warnings about the vendor's folder.
    pub(super) fn load_vendor(&self, name: String) -> Result<(Vendor, Report), Failure> {
        if self.files.is_empty() {
            return Err(Failure::Usage("no input: pass at least one FILE".to_owned()));
        }
        let inputs = self.read_inputs()?;
        let referenced = self.read_referenced_files(&inputs)?;
        let (manifest, folder) = match self.read_vendor_file(MANIFEST)? {
            None => Default::default(),
            Some(input) => {
                let path = PathBuf::from(&input.file);
                vendor::read_manifest(&input, path.parent().unwrap_or(Path::new("")))?
            }
        };
        let overlay = self.read_vendor_file(OVERLAY)?;
        let names =
            self.read_vendor_file(NAMES)?.map(|input| vendor::read_names(&input)).transpose()?;
        let recorded = names.unwrap_or_default();
        let vendor =
            Vendor { name, manifest, inputs, referenced, overlay, recorded, ..Vendor::default() };
        let selection = Selection { only: self.only.clone(), exclude: self.exclude.clone() };
        let merge_unrelated = self.merge_unrelated;
        Ok((Vendor { selection, merge_unrelated, ..vendor }, folder))
    }

    /// Reads the files that the inputs refer to, directly or indirectly, if they are in the folder of an
    /// input or below it. Other references are reported later.
    fn read_referenced_files(&self, inputs: &[Input]) -> Result<Vec<Input>, Failure> {
        let folders = self.files.iter().filter_map(|path| {
            let absolute = fs::canonicalize(path).ok()?;
            if absolute.is_dir() { Some(absolute) } else { absolute.parent().map(Path::to_owned) }
        });
        let folders: Vec<PathBuf> = folders.collect();
        let mut seen: BTreeSet<String> = inputs.iter().map(|input| input.file.clone()).collect();
        let mut pending: Vec<String> = inputs.iter().flat_map(crate::referenced_files).collect();
        let mut found = Vec::new();
        while let Some(name) = pending.pop() {
            let absolute = fs::canonicalize(&name).ok();
            let is_allowed = |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder));
            let is_file = absolute.filter(is_allowed).is_some_and(|path| path.is_file());
            if !is_file || !seen.insert(name.clone()) {
                continue;
            }
            let input = inputs::read_file(Path::new(&name), &name)?;
            pending.extend(crate::referenced_files(&input));
            found.push(input);
        }
        found.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(found)
    }

    /// Reads every FILE, and every page in a FILE that is a folder, without duplicates.
    fn read_inputs(&self) -> Result<Vec<Input>, Failure> {
        let mut inputs = Vec::new();
        for path in &self.files {
            if path == Path::new("-") {
                inputs.push(inputs::read_standard_input()?);
            } else if let Some(input) = self.downloaded.get(path) {
                inputs.push(input.clone());
            } else if path.is_dir() {
                let folder =
                    inputs::read_folder(path, disk::display_path(path).trim_end_matches('/'))?;
                if folder.inputs.is_empty() {
                    return Err(path_error(path, "no pages or documents found in this folder"));
                }
                inputs.extend(folder.inputs);
            } else {
                // A missing FILE is a mistake in the command line, not in the input.
                fs::File::open(path).map_err(|error| path_error(path, &error.to_string()))?;
                inputs.push(inputs::read_file(path, &disk::display_path(path))?);
            }
        }
        let mut seen = BTreeSet::new();
        inputs.retain(|input: &Input| {
            seen.insert(fs::canonicalize(&input.file).unwrap_or(PathBuf::from(&input.file)))
        });
        Ok(inputs)
    }

    /// Reads vendor.toml, overlay.yaml or names.toml: from the folder of `--manifest`, else from a folder
    /// among the FILEs.
    fn read_vendor_file(&self, file: &str) -> Result<Option<Input>, Failure> {
        if let Some(manifest) = &self.manifest {
            if file == MANIFEST {
                fs::File::open(manifest)
                    .map_err(|error| path_error(manifest, &error.to_string()))?;
                return Ok(Some(inputs::read_file(manifest, &disk::display_path(manifest))?));
            }
            return Ok(inputs::read_optional(&manifest.with_file_name(file))?);
        }
        let found: Vec<_> =
            self.files.iter().map(|path| path.join(file)).filter(|path| path.exists()).collect();
        match found.as_slice() {
            [] => Ok(None),
            [path] => Ok(inputs::read_optional(path)?),
            [_, second, ..] => {
                Err(path_error(second, "more than one was found; select one with --manifest"))
            }
        }
    }
}

/// Reports an invalid path in the command line.
pub(super) fn path_error(path: &Path, message: &str) -> Failure {
    Failure::Usage(format!("`{}`: {message}", disk::display_path(path)))
}
