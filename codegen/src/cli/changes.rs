//! `docwright changes`: what a new version of an API means for code that uses the client.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::client;
use super::config::{CONFIG, ConfigFile};
use super::input_args::{InputArgs, path_error};
use super::record::{self, inputs_digest, read_record};
use super::{Console, DONE, FAILED, Failure, address, inputs, output_args};
use crate::changes::{self, Change, Impact, Versions};
use crate::{Names, Report, Sources, Surface, Vendor};

/// Compares two versions of an API and says what the difference means for Rust code that uses the client.
///
/// OLD and NEW are documents, folders of pages, folders of generated clients, or addresses of documents. NEW is named with the
/// recorded names of OLD, so that names alone cause no difference.
///
/// A change is `breaking` if code that uses the client may not compile or its calls fail, `tests` if that
/// applies only to code with the feature `mock`, and `safe` otherwise. The versions of documents are not
/// compared, and no files are written.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Changes {
    /// The old version; an address that starts with https:// is requested
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new version
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// The output format
    #[arg(long, value_enum, default_value_t = ChangesFormat::Human, value_name = "FORMAT")]
    format: ChangesFormat,
    /// Exit with status 1 if there are changes of this kind
    #[arg(long, value_enum, value_name = "IMPACT")]
    fail_on: Option<FailOn>,
}

/// The output formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ChangesFormat {
    /// Text.
    #[value(alias = "text")]
    Human,
    /// A Markdown table, for a pull request.
    Markdown,
    /// JSON.
    Json,
}

/// The changes that a run fails on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Code that uses the client may not compile.
    Breaking,
}

const EXAMPLES: &str = "\
Examples:
  docwright changes old.yaml new.yaml
  docwright changes client new.yaml --fail-on breaking
  docwright changes old-pages/ new-pages/ --format markdown

Exit status: 0, or 1 if the input has errors or --fail-on applies, 2 if the command line is invalid.";

/// A version of an API.
struct Version {
    surface: Surface,
    names: Names,
    sources: Sources,
    /// The version of the crate, if it is a generated client.
    number: Option<String>,
}

impl Changes {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let versions = read_version(&self.old, None)
            .and_then(|old| Ok((read_version(&self.new, Some(&old.names))?, old)));
        let (new, old) = match versions {
            Ok(versions) => versions,
            Err(failure) => {
                let is_json = self.format == ChangesFormat::Json;
                let format = if is_json { super::Format::Json } else { super::Format::Human };
                return output_args::fail(console, format, &failure);
            }
        };
        let changes = changes::compare(&old.surface, &new.surface);
        console.print(&self.render(&changes, &old, &new));
        let is_breaking = changes.iter().any(|change| change.impact == Impact::Breaking);
        if is_breaking && self.fail_on.is_some() { FAILED } else { DONE }
    }

    fn render(&self, changes: &[Change], old: &Version, new: &Version) -> String {
        let versions = Versions { old: &old.sources, new: &new.sources };
        let step = changes::required_step(changes);
        let next = changes::version_line(step, old.number.as_deref());
        let count = changes::count_line(changes);
        match self.format {
            ChangesFormat::Human if changes.is_empty() => "no changes for callers\n".to_owned(),
            ChangesFormat::Human => {
                format!("{}{count} · {next}\n", changes::render_text(changes, versions))
            }
            ChangesFormat::Markdown if changes.is_empty() => "No changes for callers.\n".to_owned(),
            ChangesFormat::Markdown => {
                format!("{count} · {next}\n\n{}", changes::render_markdown(changes, versions))
            }
            ChangesFormat::Json => {
                let mut json = changes::render_json(changes, versions);
                let number = old.number.as_deref();
                let next = number.and_then(|version| step.next_version(version));
                if let Some(json) = json.as_object_mut() {
                    json.insert("version".to_owned(), json!(number));
                    json.insert("next_version".to_owned(), json!(next));
                }
                format!("{json:#}\n")
            }
        }
    }
}

/// Reads a version, which is named with `recorded` if that is given.
fn read_version(path: &Path, recorded: Option<&Names>) -> Result<Version, Failure> {
    if path != Path::new("-") && !address::is_address(path) && !path.exists() {
        return Err(path_error(path, "no such file or folder"));
    }
    if path.is_dir() && path.join(CONFIG).is_file() {
        return read_client(path, recorded);
    }
    let input = InputArgs { files: vec![path.to_owned()], ..InputArgs::default() };
    let (vendor, _) = address::load_vendor(&input, "api".to_owned())?;
    inspect(vendor, recorded, None)
}

/// Reads the client of a folder: what its crate offers if the inputs changed since it was generated, and
/// else the inputs.
fn read_client(folder: &Path, recorded: Option<&Names>) -> Result<Version, Failure> {
    let clients = client::configured(ConfigFile::find(&[folder.to_owned()])?)?;
    let [client] = clients.as_slice() else {
        let message = "its docwright.toml has several clients; pass their inputs instead";
        return Err(path_error(folder, message));
    };
    let out = client.out_folder();
    let number = record::crate_version(&out);
    let recorded_surface = read_record(&out.join(client.record_file()))?;
    let loaded = client.load_inputs(&out);
    let is_generated = |vendor: &Vendor| {
        recorded_surface.as_ref().is_none_or(|record| record.inputs == inputs_digest(vendor))
    };
    match (loaded, &recorded_surface, recorded) {
        // An old version is the crate as it was generated.
        (Ok(vendor), Some(record), None) if !is_generated(&vendor) => Ok(Version {
            surface: record.surface.clone(),
            names: vendor.recorded,
            sources: Sources::default(),
            number,
        }),
        (Err(_), Some(record), None) => {
            let names = inputs::read_optional(&out.join(client.names_file()))?;
            let names = names.map(|names| super::vendor::read_names(&names)).transpose()?;
            let (surface, names) = (record.surface.clone(), names.unwrap_or_default());
            Ok(Version { surface, names, sources: Sources::default(), number })
        }
        (loaded, ..) => inspect(loaded?, recorded, number),
    }
}

fn inspect(
    mut vendor: Vendor,
    recorded: Option<&Names>,
    number: Option<String>,
) -> Result<Version, Failure> {
    if let Some(recorded) = recorded {
        vendor.recorded = recorded.clone();
    }
    let inspection = crate::inspect(&vendor)?;
    if inspection.operations.is_empty() && inspection.summary.types == 0 {
        let files = vendor.inputs.iter().map(|input| input.file.as_str());
        let files = files.collect::<Vec<_>>().join(", ");
        let location = crate::report::Location::Run;
        let message = format!("no operations or types found in {files}");
        return Err(Report::from(crate::Problem::error(location, message)).into());
    }
    let crate::Summary { surface, names, .. } = inspection.summary;
    Ok(Version { surface, names, sources: inspection.sources, number })
}
