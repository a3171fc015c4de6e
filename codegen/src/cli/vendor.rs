//! `vendor.toml`, `overlay.yaml`, `names.toml` and the pages beside them → [`Vendor`], and whether the
//! pages are those that `vendor.toml` lists.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::inputs::{self, MANIFEST, NAMES, OVERLAY};
use crate::manifest::located;
use crate::report::{Location, Problem, Report};
use crate::{Input, Manifest, Names, Vendor};

/// A vendor's folder, as read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What the generator takes.
    pub vendor: Vendor,
    /// Warnings about the folder.
    pub report: Report,
}

/// Reads a vendor's folder, which is kept without mistakes. Problems show it as `shown`, and the vendor's module is called `name`.
pub fn load(dir: &Path, shown: &str, name: &str) -> Result<Loaded, Report> {
    let folder = inputs::read_folder(dir, shown)?;
    let named = |file: &str| {
        let path = dir.join(file);
        let exists = path.exists();
        exists.then(|| inputs::read_file(&path, &format!("{shown}/{file}"))).transpose()
    };
    let manifest = named(MANIFEST)?;
    let overlay = named(OVERLAY)?;
    let recorded = named(NAMES)?.map(|input| read_names(&input)).transpose()?.unwrap_or_default();
    let (manifest, mut report) = match &manifest {
        None => (Manifest::default(), Report::default()),
        Some(input) => read_manifest(input, dir)?,
    };
    for other in folder.others {
        let what = "neither a page nor a document, so it was not read";
        let help = "pages end in .md or .mdx, documents in .yaml, .yml or .json";
        report.push(Problem::warning(Location::File(other), what).help(help));
    }
    if folder.inputs.is_empty() {
        let what = "the folder holds no page and no document";
        let help = "pages end in .md or .mdx, documents in .yaml, .yml or .json";
        report.push(Problem::error(Location::File(shown.to_owned()), what).help(help));
    }
    if report.has_errors() {
        return Err(report);
    }
    let (name, inputs) = (name.to_owned(), folder.inputs);
    // Somebody looks after a folder with a vendor.toml: what could be got around stops the run.
    let vendor =
        Vendor { name, manifest, inputs, overlay, strict: true, recorded, ..Vendor::default() };
    Ok(Loaded { vendor, report })
}

/// Reads `vendor.toml` and compares its list of sources with the files in `dir`. A listed file that
/// is not there is an error. One with other bytes is a warning: that is how a page that was fetched
/// anew looks, until its entry is mended.
pub(super) fn read_manifest(input: &Input, dir: &Path) -> Result<(Manifest, Report), Report> {
    let text = toml_text(input)?;
    let manifest = Manifest::parse(&input.file, text)?;
    let mut report = located(&input.file, text);
    // The text was read once already, so it can be read again.
    let Listed { source } = toml::from_str(text).unwrap_or_default();
    for entry in &source {
        report.problems.extend(check_source(entry, &input.file, dir));
    }
    if report.has_errors() { Err(report) } else { Ok((manifest, report)) }
}

/// Reads `names.toml`.
pub(super) fn read_names(input: &Input) -> Result<Names, Report> {
    Names::parse(&input.file, toml_text(input)?)
}

fn toml_text(input: &Input) -> Result<&str, Report> {
    std::str::from_utf8(&input.bytes)
        .map_err(|_| Problem::error(Location::File(input.file.clone()), "not UTF-8").into())
}

/// The `[[source]]` entries with their locations.
#[derive(Default, Deserialize)]
struct Listed {
    #[serde(default)]
    source: Vec<ListedSource>,
}

#[derive(Deserialize)]
struct ListedSource {
    file: Spanned<String>,
    sha256: Option<Spanned<String>>,
}

fn check_source(entry: &ListedSource, manifest: &str, dir: &Path) -> Option<Problem> {
    let file = entry.file.get_ref();
    let at = |span| Location::Text(manifest.to_owned(), span);
    let bytes = match fs::read(dir.join(file)) {
        Ok(bytes) => bytes,
        Err(error) => {
            let what = format!("`{file}` is listed here, but cannot be read: {error}");
            let help = "put the page beside this file, or take the entry out";
            return Some(Problem::error(at(entry.file.span()), what).help(help));
        }
    };
    let listed = entry.sha256.as_ref()?;
    let found = hexadecimal(&Sha256::digest(&bytes));
    if listed.get_ref().eq_ignore_ascii_case(&found) {
        return None;
    }
    let what = format!("`{file}` is not the file that was listed here: its SHA-256 differs");
    let help = format!("if it was fetched anew, set its `date` and sha256 = \"{found}\"");
    Some(Problem::warning(at(listed.span()), what).help(help))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
