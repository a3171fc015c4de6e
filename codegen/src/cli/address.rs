//! Inputs that are the addresses of pages or documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::client::FolderChanges;
use super::input_args::InputArgs;
use super::{Console, Failure};
use crate::report::Report;
use crate::{Input, Vendor};

/// The documents of a client that are fetched into a folder of it.
#[derive(Debug, Default)]
pub(super) struct Downloads {
    /// The file of each address.
    pub files: BTreeMap<PathBuf, PathBuf>,
    /// The contents of the files that were received.
    pub inputs: BTreeMap<PathBuf, Input>,
    /// The changes to the folder.
    pub changes: Option<FolderChanges>,
}

/// Returns whether an input is an address.
pub(super) fn is_address(input: &Path) -> bool {
    input.to_str().is_some_and(|text| text.starts_with("https://") || text.starts_with("http://"))
}

/// Reads the input of a command that writes no files, and requests the addresses in it.
pub(super) fn load_vendor(input: &InputArgs, name: String) -> Result<(Vendor, Report), Failure> {
    let mut input = input.clone();
    for address in input.files.iter().filter(|file| is_address(file)) {
        input.downloaded.insert(address.clone(), read_address(address)?);
    }
    input.load_vendor(name)
}

/// Requests the page or document at an address.
#[cfg(feature = "fetch")]
fn read_address(address: &Path) -> Result<Input, Failure> {
    super::fetch_folder::read_address(&address.to_string_lossy())
}

/// Requests the addresses among `inputs`. Their files are in the folder `openapi` of the client, so that
/// later runs need no network.
#[cfg(feature = "fetch")]
pub(super) fn download(inputs: &[PathBuf], client: &Path) -> Result<Downloads, Failure> {
    use super::disk;

    let addresses: Vec<&PathBuf> = inputs.iter().filter(|input| is_address(input)).collect();
    if addresses.is_empty() {
        return Ok(Downloads::default());
    }
    let dir = client.join("openapi");
    let folder = super::fetch_folder::PageFolder::read(&dir)?;
    let texts: Vec<String> =
        addresses.iter().map(|address| address.to_string_lossy().into_owned()).collect();
    let urls = folder.sites(&texts)?;
    let prepared = folder.fetch_documents(&urls)?;
    let mut downloads = Downloads::default();
    for (address, url) in addresses.into_iter().zip(&urls) {
        let Some(source) = prepared.lock.find(url) else { continue };
        let path = disk::normalize(&disk::join_path(&dir, &source.file));
        downloads.files.insert(address.clone(), path.clone());
        if let Some(text) = prepared.changes.files.0.get(&source.file) {
            let file = disk::display_path(&path);
            downloads.inputs.insert(path, Input { file, bytes: text.clone().into_bytes() });
        }
    }
    downloads.changes = Some(prepared.changes);
    Ok(downloads)
}

/// Fetches a site into a folder.
#[cfg(feature = "fetch")]
pub(super) fn fetch_site(
    site: &str,
    folder: &Path,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let (sites, options) = ([site.to_owned()], super::FetchOptions::default());
    super::fetch::fetch_into(folder, &sites, &options, false, console).map(drop)
}

#[cfg(not(feature = "fetch"))]
pub(super) fn fetch_site(site: &str, _: &Path, _: &mut Console<'_>) -> Result<(), Failure> {
    read_address(Path::new(site)).map(drop)
}

#[cfg(not(feature = "fetch"))]
fn read_address(address: &Path) -> Result<Input, Failure> {
    let message = "addresses require a `docwright` with the feature `fetch`";
    Err(super::input_args::path_error(address, message))
}

#[cfg(not(feature = "fetch"))]
pub(super) fn download(inputs: &[PathBuf], _client: &Path) -> Result<Downloads, Failure> {
    match inputs.iter().find(|input| is_address(input)) {
        Some(address) => read_address(address).map(|_| Downloads::default()),
        None => Ok(Downloads::default()),
    }
}
