//! Reads a vendor's folder: `vendor.toml`, `overlay.yaml`, `names.toml` and the pages. Checks that the
//! pages are the ones that `vendor.toml` lists.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::inputs::{self, MANIFEST, NAMES, OVERLAY};
use crate::report::{Location, Problem, Report};
use crate::source::{Diagnostics, Document, Sources};
use crate::{Input, Manifest, Names, Vendor};

/// The help for folders with other files.
const EXTENSIONS_HELP: &str = "pages end in .md or .mdx, documents in .yaml, .yml or .json";

/// The contents of a vendor's folder.
#[derive(Debug, Clone)]
pub struct LoadedVendor {
    /// The input of the generator.
    pub vendor: Vendor,
    /// Warnings about the folder. Their locations refer to files by name.
    pub report: Report,
}

/// Reads a vendor's folder for a strict run. Problems refer to the folder as `shown`, and the vendor's
/// module is `name`.
pub fn load_vendor(dir: &Path, shown: &str, name: &str) -> Result<LoadedVendor, Diagnostics> {
    let folder = inputs::read_folder(dir, shown)?;
    let read_optional = |file: &str| {
        let path = dir.join(file);
        let exists = path.exists();
        exists.then(|| inputs::read_file(&path, &format!("{shown}/{file}"))).transpose()
    };
    let manifest = read_optional(MANIFEST)?;
    let overlay = read_optional(OVERLAY)?;
    let names = read_optional(NAMES)?.map(|input| read_names(&input)).transpose()?;
    let recorded = names.unwrap_or_default();
    let (manifest, mut report) = match &manifest {
        None => (Manifest::default(), Report::default()),
        Some(input) => read_manifest(input, dir)?,
    };
    for other in folder.others {
        let message = "this file is ignored: it is neither a page nor a document";
        report.push(Problem::warning(Location::File(other), message).help(EXTENSIONS_HELP));
    }
    if folder.inputs.is_empty() {
        let location = Location::File(shown.to_owned());
        let message = "no pages or documents found in this folder";
        report.push(Problem::error(location, message).help(EXTENSIONS_HELP));
    }
    if report.has_errors() {
        let documents = manifest.source_text.iter().map(|text| text.document()).collect();
        return Err(Diagnostics { sources: Sources { documents }, report });
    }
    let (name, inputs) = (name.to_owned(), folder.inputs);
    let vendor = Vendor {
        name,
        manifest,
        inputs,
        overlay,
        // Someone maintains a vendor's folder, so that mistakes in it are errors.
        strict: true,
        recorded,
        // The folder is that of one vendor.
        merge_unrelated: true,
        ..Vendor::default()
    };
    Ok(LoadedVendor { vendor, report })
}

/// Reads `vendor.toml` and compares its list of sources with the files in `dir`. A missing file is an
/// error. A file with another hash is only a warning, since a page that was fetched again has one until
/// its entry is updated.
pub(super) fn read_manifest(input: &Input, dir: &Path) -> Result<(Manifest, Report), Diagnostics> {
    let text = toml_text(input)?;
    let manifest = Manifest::parse(&input.file, text).map_err(with_text(input, text))?;
    let mut report = Report::default();
    // The text was parsed before, so this cannot fail.
    let SourceList { source } = toml::from_str(text).unwrap_or_default();
    for entry in &source {
        report.problems.extend(check_source(entry, &input.file, dir));
    }
    if report.has_errors() { Err(with_text(input, text)(report)) } else { Ok((manifest, report)) }
}

/// Parses `names.toml`.
pub(super) fn read_names(input: &Input) -> Result<Names, Diagnostics> {
    let text = toml_text(input)?;
    Names::parse(&input.file, text).map_err(with_text(input, text))
}

/// Returns a function that adds the text of `input` to problems in it.
pub(super) fn with_text<'i>(
    input: &'i Input,
    text: &'i str,
) -> impl FnOnce(Report) -> Diagnostics + 'i {
    move |report| {
        let documents = vec![Document::whole(&input.file, text.into())];
        Diagnostics { sources: Sources { documents }, report }
    }
}

fn toml_text(input: &Input) -> Result<&str, Report> {
    std::str::from_utf8(&input.bytes).map_err(|_| {
        Problem::error(Location::File(input.file.clone()), "the file is not valid UTF-8").into()
    })
}

/// The `[[source]]` entries with their locations.
#[derive(Default, Deserialize)]
struct SourceList {
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
    let location = |span| Location::Text(manifest.to_owned(), span);
    let bytes = match fs::read(dir.join(file)) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("cannot read `{file}`: {error}");
            let help = "add the page to the folder of vendor.toml, or remove the entry";
            return Some(Problem::error(location(entry.file.span()), message).help(help));
        }
    };
    let listed = entry.sha256.as_ref()?;
    let found = hexadecimal(&Sha256::digest(&bytes));
    if listed.get_ref().eq_ignore_ascii_case(&found) {
        return None;
    }
    let message = format!("the SHA-256 of `{file}` differs from the one listed here");
    let help = format!("if the page was fetched again, set its `date` and sha256 = \"{found}\"");
    Some(Problem::warning(location(listed.span()), message).help(help))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
