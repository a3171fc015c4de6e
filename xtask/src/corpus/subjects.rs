//! What there is to try.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use docwright::cli::{disk, package_name};
use docwright::{Input, Report};

/// Something that makes one crate.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The crate's name.
    pub name: String,
    /// What it is made of.
    pub kind: Kind,
    /// Its files.
    pub inputs: Vec<Input>,
}

/// What a crate is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A whole document.
    Document,
    /// Pages of one vendor in one form.
    Pages,
}

impl Subject {
    /// How many bytes it is made of.
    pub fn size(&self) -> usize {
        self.inputs.iter().map(|input| input.bytes.len()).sum()
    }
}

/// Every document of `specs`, then every vendor's pages of `pages`; a folder that is not there holds
/// nothing.
///
/// # Errors
///
/// A file or folder that cannot be read.
pub fn subjects(specs: &Path, pages: &Path) -> Result<Vec<Subject>, Report> {
    let mut subjects = Vec::new();
    for file in entries(specs)?.into_iter().filter(|path| ends_in(path, &["json", "yaml", "yml"])) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let inputs = vec![read(&file)?];
        subjects.push(Subject { name: package_name(&name), kind: Kind::Document, inputs });
    }
    for form in entries(pages)?.into_iter().filter(|path| path.is_dir()) {
        let mut vendors: BTreeMap<String, Vec<Input>> = BTreeMap::new();
        for entry in entries(&form)? {
            if entry.is_dir() {
                let files = entries(&entry)?.into_iter().filter(|path| ends_in(path, &["md"]));
                let inputs = files.map(|file| read(&file)).collect::<Result<_, _>>()?;
                vendors.insert(name_of(&entry), inputs);
            } else if ends_in(&entry, &["md"]) {
                vendors.entry(vendor(&entry)).or_default().push(read(&entry)?);
            }
        }
        let form = name_of(&form);
        subjects.extend(vendors.into_iter().map(|(vendor, inputs)| Subject {
            name: package_name(&format!("pages-{form}-{vendor}")),
            kind: Kind::Pages,
            inputs,
        }));
    }
    Ok(subjects)
}

/// `acme-list-pets--2026-08-22.md` → `acme--2026-08-22`: the beginning of the name, and from where or
/// when the page is if another copy was found too.
fn vendor(page: &Path) -> String {
    let name = page.file_stem().unwrap_or_default().to_string_lossy();
    let vendor = name.split(['-', '_']).next().unwrap_or_default();
    match name.rsplit_once("--") {
        Some((_, copy)) => format!("{vendor}--{copy}"),
        None => vendor.to_owned(),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn ends_in(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    extensions.contains(&extension)
}

/// What is in a folder, by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Report> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(disk::failed("read", folder))? {
        found.push(entry.map_err(disk::failed("read", folder))?.path());
    }
    found.sort();
    Ok(found)
}

fn read(file: &Path) -> Result<Input, Report> {
    let bytes = std::fs::read(file).map_err(disk::failed("read", file))?;
    Ok(Input { file: name_of(file), bytes })
}
