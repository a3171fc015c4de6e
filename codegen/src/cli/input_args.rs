//! The API that a command line names: pages and documents, and the files with a vendor's data.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::inputs::{self, MANIFEST, NAMES, OVERLAY};
use super::{Failure, disk, vendor};
use crate::report::Report;
use crate::{Input, Vendor};

/// Arguments that name an API.
#[derive(Debug, clap::Args)]
pub(super) struct Given {
    /// Pages (.md, .mdx), documents (.yaml, .yml, .json), or folders of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A vendor.toml; an overlay.yaml and a names.toml beside it count too
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

impl Given {
    /// Everything about the API that the command line names.
    pub(super) fn vendor(&self, name: String) -> Result<(Vendor, Report), Failure> {
        let inputs = self.inputs()?;
        let beside = self.referred_to(&inputs)?;
        let (manifest, folder) = match self.beside(MANIFEST)? {
            None => Default::default(),
            Some(input) => {
                let path = PathBuf::from(&input.file);
                vendor::read_manifest(&input, path.parent().unwrap_or(Path::new("")))?
            }
        };
        let overlay = self.beside(OVERLAY)?;
        let names = self.beside(NAMES)?.map(|input| vendor::read_names(&input)).transpose()?;
        let recorded = names.unwrap_or_default();
        let vendor =
            Vendor { name, manifest, inputs, beside, overlay, recorded, ..Vendor::default() };
        Ok((vendor, folder))
    }

    /// The files that a FILE refers to, and those that these refer to: all that are in the folder of
    /// a FILE or below. Others are reported where they are referred to.
    fn referred_to(&self, inputs: &[Input]) -> Result<Vec<Input>, Failure> {
        let folders = self.files.iter().filter_map(|path| {
            let whole = fs::canonicalize(path).ok()?;
            if whole.is_dir() { Some(whole) } else { whole.parent().map(Path::to_owned) }
        });
        let folders: Vec<PathBuf> = folders.collect();
        let mut seen: BTreeSet<String> = inputs.iter().map(|input| input.file.clone()).collect();
        let mut waiting: Vec<String> = inputs.iter().flat_map(crate::files_beside).collect();
        let mut found = Vec::new();
        while let Some(name) = waiting.pop() {
            let whole = fs::canonicalize(&name).ok();
            let inside = |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder));
            if whole.filter(inside).is_none_or(|path| !path.is_file()) || !seen.insert(name.clone())
            {
                continue;
            }
            let input = inputs::read_file(Path::new(&name), &name)?;
            waiting.extend(crate::files_beside(&input));
            found.push(input);
        }
        found.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(found)
    }

    /// Every FILE, and every page in a FILE that is a folder; once, if it is named twice.
    fn inputs(&self) -> Result<Vec<Input>, Failure> {
        let mut inputs = Vec::new();
        for path in &self.files {
            if path.is_dir() {
                let folder = inputs::read_folder(path, disk::shown(path).trim_end_matches('/'))?;
                if folder.inputs.is_empty() {
                    return Err(usage(path, "holds no page and no document"));
                }
                inputs.extend(folder.inputs);
            } else {
                // A name that came with the command is part of the command.
                fs::File::open(path).map_err(|error| usage(path, &error.to_string()))?;
                inputs.push(inputs::read_file(path, &disk::shown(path))?);
            }
        }
        let mut seen = BTreeSet::new();
        inputs.retain(|input: &Input| {
            seen.insert(fs::canonicalize(&input.file).unwrap_or(PathBuf::from(&input.file)))
        });
        Ok(inputs)
    }

    /// The vendor.toml, overlay.yaml or names.toml: beside `--manifest`, else in a folder among the FILEs.
    fn beside(&self, file: &str) -> Result<Option<Input>, Failure> {
        if let Some(manifest) = &self.manifest {
            if file == MANIFEST {
                fs::File::open(manifest).map_err(|error| usage(manifest, &error.to_string()))?;
                return Ok(Some(inputs::read_file(manifest, &disk::shown(manifest))?));
            }
            return Ok(inputs::read_optional(&manifest.with_file_name(file))?);
        }
        let found: Vec<_> =
            self.files.iter().map(|path| path.join(file)).filter(|path| path.exists()).collect();
        match found.as_slice() {
            [] => Ok(None),
            [path] => Ok(inputs::read_optional(path)?),
            [_, second, ..] => {
                Err(usage(second, "is one of several; say which counts with --manifest"))
            }
        }
    }
}

/// A word of the command line that makes no sense.
pub(super) fn usage(path: &Path, what: &str) -> Failure {
    Failure::Usage(format!("`{}`: {what}", disk::shown(path)))
}
