//! `docwright.toml`: which clients are generated from which inputs, and how.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

use super::runtime_source::RuntimeSource;
use super::{Failure, disk, input_args, inputs, vendor};
use crate::report::{Location, Problem, Report};

pub(super) use super::inputs::CONFIG;

/// The contents of a configuration file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// The version of Docwright that generated the clients last.
    #[serde(default, rename = "docwright")]
    pub _version: Option<String>,
    /// The clients.
    #[serde(default, rename = "client")]
    pub clients: Vec<Settings>,
}

/// The settings of a client. Paths are relative to the folder of the configuration file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    /// Pages, documents and folders of them; `-` is standard input.
    pub inputs: Vec<String>,
    /// The address of the documentation site that the first folder of `inputs` is fetched from.
    pub site: Option<String>,
    /// A `vendor.toml`.
    pub manifest: Option<String>,
    /// The folder of the crate. Without it, a build script generates the client.
    pub out: Option<String>,
    /// The name of the package, or of the module of a client without `out`.
    pub name: Option<String>,
    /// The source of the runtime.
    pub runtime: Option<String>,
    /// Whether the crate has a program that calls every operation.
    pub example: bool,
    /// The operations that are generated.
    pub only: Vec<String>,
    /// The operations that are not generated.
    pub exclude: Vec<String>,
    /// Whether documents that have no server in common become one client.
    pub merge_unrelated: bool,
    /// Keys for `[package]` of the crate.
    pub package: toml::Table,
    /// Keys for `[dependencies]` of the crate.
    pub dependencies: toml::Table,
}

/// A configuration file that was read.
#[derive(Debug)]
pub(super) struct ConfigFile {
    /// The folder of the file.
    pub root: PathBuf,
    /// The contents.
    pub config: Config,
    text: String,
}

impl ConfigFile {
    /// Reads the configuration of a folder, if it has one.
    pub fn read(root: &Path) -> Result<Option<Self>, Failure> {
        let path = root.join(CONFIG);
        let Some(input) = inputs::read_optional(&path)? else { return Ok(None) };
        let invalid = |span: Option<std::ops::Range<usize>>, message: &str| {
            let location = match span {
                Some(span) => Location::Text(input.file.clone(), span),
                None => Location::File(input.file.clone()),
            };
            Report::from(Problem::error(location, message))
        };
        let text = String::from_utf8_lossy(&input.bytes).into_owned();
        let config: Config = toml::from_str(&text).map_err(|error| {
            vendor::with_text(&input, &text)(invalid(error.span(), error.message()))
        })?;
        for settings in &config.clients {
            if let Some(Err(message)) =
                settings.runtime.as_ref().map(|it| it.parse::<RuntimeSource>())
            {
                return Err(invalid(None, &format!("invalid `runtime`: {message}")).into());
            }
            if settings.out.is_none() && settings.name.is_none() {
                let message = "a client requires `out`, or the `name` of its module";
                return Err(invalid(None, message).into());
            }
        }
        Ok(Some(Self { root: root.to_owned(), config, text }))
    }

    /// Reads the configurations of folders, or, if there are none, the one of the current folder or of
    /// the nearest folder above it.
    pub fn find(folders: &[PathBuf]) -> Result<Vec<Self>, Failure> {
        let mut found = Vec::new();
        for path in folders {
            let root = if path.ends_with(CONFIG) { path.parent().unwrap_or(path) } else { path };
            let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
            let message = format!("no {CONFIG} found in this folder");
            found.push(Self::read(root)?.ok_or_else(|| input_args::path_error(path, &message))?);
        }
        if !folders.is_empty() {
            return Ok(found);
        }
        let here = fs::canonicalize(".").map_err(disk::io_error("read", Path::new(".")))?;
        if let Some(folder) = here.ancestors().find(|folder| folder.join(CONFIG).is_file()) {
            let root = PathBuf::from(disk::relative_path(&here, folder));
            found.extend(Self::read(&root)?);
            return Ok(found);
        }
        let message = format!(
            "no {CONFIG} found in this folder or above it; pass FILE… and --out, or run `docwright init`"
        );
        Err(Failure::Usage(message))
    }

    /// Returns the text of the file with the version of this Docwright.
    pub fn with_version(&self) -> Result<String, Report> {
        record(&self.text, None)
    }

    /// Returns the text of the file with the settings of its only client.
    pub fn with_settings(&self, settings: &Settings) -> Result<String, Report> {
        record(&self.text, Some(settings))
    }
}

/// The text of a configuration that a run creates.
const NEW: &str = "\
# Which client `docwright generate` writes and `docwright check` compares. Commit this file.
# Facts about the API, such as pagination and signatures, are in vendor.toml.
";

/// Returns the text of the configuration of one client that does not have one yet.
pub(super) fn new_text(settings: &Settings) -> Result<String, Report> {
    record(NEW, Some(settings))
}

/// Sets the version and the settings of the only client in a configuration, and keeps the rest.
fn record(text: &str, settings: Option<&Settings>) -> Result<String, Report> {
    let invalid = |error: toml_edit::TomlError| {
        Problem::error(Location::File(CONFIG.to_owned()), error.message().to_owned())
    };
    let is_new = text == NEW;
    let mut document: DocumentMut =
        if is_new { DocumentMut::new() } else { text.parse().map_err(invalid)? };
    set(document.as_table_mut(), "docwright", Some(env!("CARGO_PKG_VERSION").into()));
    if let Some(settings) = settings {
        let clients = document.entry("client").or_insert_with(|| ArrayOfTables::new().into());
        if clients.is_array() {
            // `client = [{ … }]`
            *clients = std::mem::take(clients).into_array_of_tables().unwrap_or_default().into();
        }
        if let Some(clients) = clients.as_array_of_tables_mut() {
            if clients.is_empty() {
                clients.push(Table::new());
            }
            clients.iter_mut().take(1).for_each(|client| write_settings(client, settings));
        }
    }
    let text = document.to_string();
    Ok(if is_new { format!("{NEW}{text}") } else { text })
}

fn write_settings(client: &mut Table, settings: &Settings) {
    let list = |items: &[String]| {
        (!items.is_empty()).then(|| Value::Array(items.iter().collect::<Array>()))
    };
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    set(client, "inputs", list(&settings.inputs));
    set(client, "site", text(&settings.site));
    set(client, "manifest", text(&settings.manifest));
    set(client, "out", text(&settings.out));
    set(client, "name", text(&settings.name));
    set(client, "runtime", text(&settings.runtime));
    set(client, "example", settings.example.then(|| true.into()));
    set(client, "only", list(&settings.only));
    set(client, "exclude", list(&settings.exclude));
    set(client, "merge_unrelated", settings.merge_unrelated.then(|| true.into()));
}

/// Sets or removes a key. A value that is the same stays as it is written.
fn set(table: &mut Table, key: &str, new: Option<Value>) {
    let plain = |value: &Value| value.clone().decorated("", "").to_string();
    match new {
        None => drop(table.remove(key)),
        Some(new) => {
            let old = table.get(key).and_then(Item::as_value);
            if old.is_none_or(|old| plain(old) != plain(&new)) {
                table.insert(key, value(new));
            }
        }
    }
}
