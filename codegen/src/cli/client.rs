//! Generates one client of a configuration in memory, and compares it with the files on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::cargo_manifest::{self, Additions};
use super::config::{CONFIG, ConfigFile, Settings};
use super::disk::{self, Scope, Tree, WriteCounts};
use super::input_args::{InputArgs, path_error};
use super::inputs::{self, NAMES, RECORD};
use super::record::{RecordUpdate, crate_version};
use super::runtime_package::runtime_files;
use super::runtime_source::RuntimeSource;
use super::{Failure, name, summary, vendor};
use crate::files::{Change, ChangeKind, Files, is_generated};
use crate::report::{Location, Problem, Report};
use crate::{CrateOptions, Input, Output, Vendor};

/// Generated files that a user's own file replaces.
const OPTIONAL: [&str; 4] = [".gitattributes", "README.md", "llms.txt", "rustfmt.toml"];

/// A client to generate.
#[derive(Debug)]
pub(super) struct Client {
    /// The folder that the paths of the settings are relative to.
    pub root: PathBuf,
    /// The settings.
    pub settings: Settings,
    /// The contents of inputs that were received and are not written yet.
    pub downloaded: BTreeMap<PathBuf, Input>,
}

/// A generated client that was not written yet.
#[derive(Debug)]
pub(super) struct Generated {
    /// The folder of the crate, or of the configuration if a build script generates the client.
    pub folder: PathBuf,
    /// Whether the files of the client are a crate.
    pub is_crate: bool,
    /// The output of the generator.
    pub output: Output,
    /// The changes to the folder of the runtime, unless it is that of an earlier client, and to the folder
    /// of the client.
    pub folders: Vec<FolderChanges>,
    /// The record of what the code offers, with the changes since it was generated last.
    pub record: RecordUpdate,
    /// The change to the file of the record.
    pub record_file: FolderChanges,
}

/// The generated files of a folder, and how those on disk differ.
#[derive(Debug)]
pub(super) struct FolderChanges {
    /// The folder.
    pub dir: PathBuf,
    /// The generated files.
    pub files: Files,
    /// The changes to make.
    pub changes: Vec<Change>,
    /// The files on disk.
    pub existing: BTreeMap<String, Vec<u8>>,
}

impl Client {
    /// Generates the client, and compares it with the files on disk. A runtime in one of the folders
    /// `runtimes` is not compared again; that of this client is added to them.
    fn generate(&self, runtimes: &mut BTreeSet<PathBuf>) -> Result<Generated, Failure> {
        let runtime = self.runtime()?;
        let is_crate = self.settings.out.is_some();
        let folder = self.out_folder();
        let (vendor, mut output) = match is_crate {
            true => self.generate_crate(&folder, &runtime)?,
            false => self.load_module()?,
        };
        let surface = output.vendors.first_mut().map(|it| std::mem::take(&mut it.surface));
        let path = folder.join(self.record_file());
        let record = RecordUpdate::read(&path, &vendor, surface.unwrap_or_default())?;
        let text = record.text("docwright generate");
        let record_file = Files([(self.record_file(), text)].into_iter().collect());
        let record_file = find_file_changes(&folder, record_file)?;
        let mut own = if is_crate { output.files.clone() } else { Files::default() };
        let names = output.vendors.first().map(|vendor| &vendor.names);
        if let Some(names) = names.filter(|names| !names.is_empty()) {
            own.0.insert(self.names_file(), names.to_toml("docwright generate"));
        }
        let mut folders = vec![match is_crate {
            true => find_changes(&folder, own, Scope::Shared)?,
            false => find_file_changes(&folder, own)?,
        }];
        let beside = if is_crate { folder.clone() } else { self.root.join("src") };
        if let Some(dir) = runtime.vendored_folder(&self.root, &beside)
            && runtimes.insert(dir.clone())
        {
            folders.insert(0, find_changes(&dir, runtime_files()?, Scope::Owned)?);
        }
        output.files = Files::default();
        Ok(Generated { folder, is_crate, output, folders, record, record_file })
    }

    /// Returns the folder of the crate, or that of the configuration if a build script generates the client.
    pub fn out_folder(&self) -> PathBuf {
        match &self.settings.out {
            Some(out) => disk::normalize(&self.root.join(out)),
            None => self.root.clone(),
        }
    }

    /// Reads the inputs and the recorded names in `folder`.
    pub fn load_inputs(&self, folder: &Path) -> Result<Vendor, Failure> {
        Ok(self.load_vendor(folder, "api".to_owned())?.0)
    }

    /// Generates the module of a client that a build script includes. Also returns what it was generated
    /// from.
    pub fn load_module(&self) -> Result<(Vendor, Output), Failure> {
        let module = self.settings.name.clone().unwrap_or_default();
        let module = name::module_name(&module).ok_or_else(|| {
            Failure::Usage(format!("`{module}` cannot be the name of a Rust module"))
        })?;
        let (vendor, warnings) = self.load_vendor(&self.root, module.clone())?;
        let mut output = crate::generate_module(&vendor, &format!("crate::{module}"))?;
        summary::require_operations(&output)?;
        output.report.problems.extend(warnings.problems);
        Ok((vendor, output))
    }

    fn generate_crate(
        &self,
        out: &Path,
        runtime: &RuntimeSource,
    ) -> Result<(Vendor, Output), Failure> {
        if out.exists() && !out.is_dir() {
            return Err(path_error(out, "not a folder; --out requires a folder"));
        }
        if let RuntimeSource::Path(folder) = runtime
            && !disk::normalize(&self.root.join(folder)).join("Cargo.toml").is_file()
        {
            return Err(path_error(folder, "no Cargo.toml found; `path=` requires a package"));
        }
        let manifest = disk::read_file(out, "Cargo.toml")?.filter(|text| is_generated(text));
        let manifest = manifest.map(|text| String::from_utf8_lossy(&text).into_owned());
        let name = self.settings.name.clone();
        let name = name
            .or_else(|| cargo_manifest::name(manifest.as_deref()?))
            .unwrap_or_else(|| default_name(out));
        let dependency = runtime.dependency(&self.root, out);
        let options = CrateOptions { name, runtime: dependency, example: self.settings.example };
        let (vendor, warnings) = self.load_vendor(out, options.name.replace('-', "_"))?;
        let mut output = crate::generate_crate(&vendor, &options)?;
        summary::require_operations(&output)?;
        output.report.problems.extend(warnings.problems);
        if let Some(generated) = output.files.0.get_mut("Cargo.toml") {
            let additions = Additions {
                name: self.settings.name.as_deref(),
                package: &self.settings.package,
                dependencies: &self.settings.dependencies,
            };
            let updated = cargo_manifest::update(manifest.as_deref(), generated, &additions);
            *generated = updated.map_err(|error| {
                let location = disk::file_location(&out.join("Cargo.toml"));
                Report::from(Problem::error(location, error.message().to_owned()))
            })?;
        }
        Ok((vendor, output))
    }

    /// Reads the input. The names of earlier runs are taken from `folder`, or else from the folder of
    /// vendor.toml.
    fn load_vendor(&self, folder: &Path, name: String) -> Result<(Vendor, Report), Failure> {
        let (mut vendor, warnings) = self.input().load_vendor(name)?;
        if let Some(names) = inputs::read_optional(&folder.join(self.names_file()))? {
            vendor.recorded = vendor::read_names(&names)?;
        }
        Ok((vendor, warnings))
    }

    fn input(&self) -> InputArgs {
        let path = |text: &String| match text.as_str() {
            "-" => PathBuf::from("-"),
            text => disk::normalize(&self.root.join(text)),
        };
        InputArgs {
            files: self.settings.inputs.iter().map(path).collect(),
            manifest: self.settings.manifest.as_ref().map(path),
            only: self.settings.only.clone(),
            exclude: self.settings.exclude.clone(),
            merge_unrelated: self.settings.merge_unrelated,
            downloaded: self.downloaded.clone(),
        }
    }

    /// Returns the name of the file with the recorded names. Several clients without crates share a
    /// folder.
    pub fn names_file(&self) -> String {
        match (&self.settings.out, &self.settings.name) {
            (None, Some(name)) => format!("{name}.{NAMES}"),
            _ => NAMES.to_owned(),
        }
    }

    /// Returns the name of the file with the record, like [`names_file`](Self::names_file).
    pub fn record_file(&self) -> String {
        match (&self.settings.out, &self.settings.name) {
            (None, Some(name)) => format!("{name}.{RECORD}"),
            _ => RECORD.to_owned(),
        }
    }

    fn runtime(&self) -> Result<RuntimeSource, Failure> {
        match &self.settings.runtime {
            None => Ok(RuntimeSource::Vendored(None)),
            Some(text) => text.parse().map_err(Failure::Usage),
        }
    }
}

impl FolderChanges {
    /// Makes the changes.
    pub fn write(&self) -> Result<WriteCounts, Report> {
        disk::write_changes(&self.dir, &self.files, &self.changes)
    }

    /// Returns the text on disk and the generated text of a changed file, if both are UTF-8.
    pub fn old_and_new_text(&self, change: &Change) -> Option<(&str, &str)> {
        let old = self.existing.get(&change.path)?;
        Some((std::str::from_utf8(old).ok()?, self.files.0.get(&change.path)?))
    }
}

/// Returns a package name for a crate in the folder `out`.
pub(super) fn default_name(out: &Path) -> String {
    let absolute = fs::canonicalize(out).or_else(|_| std::path::absolute(out));
    let last = absolute.ok().and_then(|it| Some(it.file_name()?.to_string_lossy().into_owned()));
    name::package_name(&last.unwrap_or_default())
}

/// Compares files with those of a folder that may contain other files. Generated files are replaced and
/// removed, and other files are kept. It is an error if one has the path of a new file.
fn find_changes(dir: &Path, mut files: Files, scope: Scope) -> Result<FolderChanges, Report> {
    files.verify()?;
    let Tree { files: mut existing, .. } = disk::read_tree(dir, scope)?;
    for path in files.0.keys() {
        if let Some(content) = disk::read_file(dir, path)? {
            existing.insert(path.clone(), content);
        }
    }
    for path in OPTIONAL {
        if existing.get(path).is_some_and(|content| !is_generated(content)) {
            files.0.remove(path);
        }
    }
    let mut changes = files.diff(&existing);
    let mut report = Report::default();
    changes.retain(|change| {
        let is_ours = existing.get(&change.path).is_none_or(|content| is_generated(content));
        if !is_ours && change.kind != ChangeKind::Stale {
            let message = "a generated file would replace this file, which was not generated";
            let location = disk::file_location(&disk::join_path(dir, &change.path));
            let help = "choose another folder for `--out`, or move the file";
            report.push(Problem::error(location, message).help(help));
        }
        is_ours
    });
    match report.has_errors() {
        true => Err(report),
        false => Ok(FolderChanges { dir: dir.to_owned(), files, changes, existing }),
    }
}

/// Compares single files of a folder that belongs to the user.
pub(super) fn find_file_changes(dir: &Path, files: Files) -> Result<FolderChanges, Report> {
    let mut existing = BTreeMap::new();
    for path in files.0.keys() {
        if let Some(content) = disk::read_file(dir, path)? {
            existing.insert(path.clone(), content);
        }
    }
    let changes = files.diff(&existing);
    Ok(FolderChanges { dir: dir.to_owned(), files, changes, existing })
}

/// Reports two clients that write to one folder.
fn require_distinct_folders(clients: &[Client]) -> Result<(), Report> {
    let mut folders = BTreeSet::new();
    for client in clients {
        let name = client.settings.out.clone().or_else(|| client.settings.name.clone());
        let folder = disk::normalize(&client.root.join(name.unwrap_or_default()));
        if !folders.insert(folder.clone()) {
            let message = format!("two clients are written to `{}`", disk::display_path(&folder));
            return Err(Problem::error(Location::Run, message).into());
        }
    }
    Ok(())
}

/// Returns the clients of configuration files.
pub(super) fn configured(configs: Vec<ConfigFile>) -> Result<Vec<Client>, Failure> {
    let mut clients = Vec::new();
    for ConfigFile { root, config, .. } in configs {
        if config.clients.is_empty() {
            return Err(path_error(&root.join(CONFIG), "no `[[client]]` found"));
        }
        let all = config.clients.into_iter();
        clients.extend(all.map(|settings| Client {
            root: root.clone(),
            settings,
            downloaded: BTreeMap::new(),
        }));
    }
    require_distinct_folders(&clients)?;
    Ok(clients)
}

/// Generates every client before anything is written.
pub(super) fn generate_all(clients: &[Client]) -> Result<Vec<Generated>, Failure> {
    let mut runtimes = BTreeSet::new();
    clients.iter().map(|client| client.generate(&mut runtimes)).collect()
}

impl Generated {
    /// Describes what the code that uses the client sees.
    pub fn describe_changes(&self) -> String {
        self.record.describe(&self.output.sources, crate_version(&self.folder).as_deref())
    }

    /// Returns the folders whose files are compared with the generated ones. A record of other inputs with
    /// the same result is not compared.
    pub fn compared_folders(&self) -> impl Iterator<Item = &FolderChanges> + Clone {
        let record = (!self.record.is_current()).then_some(&self.record_file);
        self.folders.iter().chain(record)
    }

    /// Returns whether a file differs from the generated one.
    pub fn is_stale(&self) -> bool {
        self.compared_folders().any(|folder| !folder.changes.is_empty())
    }
}
