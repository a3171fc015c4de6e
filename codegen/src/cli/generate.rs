//! `docwright generate`: pages or documents → crates.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::address::{self, Downloads};
use super::client::{self, Client, FolderChanges, Generated};
use super::config::{self, CONFIG, ConfigFile, Settings};
use super::disk::{self, WriteCounts};
use super::input_args::{InputArgs, path_error};
use super::output_args::OutputArgs;
use super::runtime_source::RuntimeSource;
use super::{Console, DONE, Failure, Format, count_noun, name, result, stale, summary};
use crate::Files;

/// Generates client crates from documentation pages or OpenAPI documents.
///
/// With --out, one crate is generated from the FILEs, and DIR/docwright.toml records the FILEs and the
/// options. Without it, the clients of a docwright.toml are generated: of each folder given as FILE, or
/// of the current folder or the nearest one above it.
///
/// The page or document at an address is fetched into DIR/openapi, so that later runs need no network. For
/// a whole documentation site, run `docwright fetch` first.
///
/// For a folder, all pages and documents in it are read, and its vendor.toml, overlay.yaml and
/// names.toml. YAML and JSON files that a document refers to are read too, if they are in the document's
/// folder or below it.
///
/// Generated files are replaced, and removed if they are no longer needed. Other files are never changed,
/// and neither are your own parts of Cargo.toml. Names that a change of the input could change are
/// recorded in DIR/names.toml: commit it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Generate {
    #[command(flatten)]
    input: InputArgs,
    /// The folder to write the crate to; `-` prints the files instead
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the package [default: the recorded one, or the last part of DIR]
    #[arg(long, value_parser = name::check_package_name, requires = "out")]
    name: Option<String>,
    /// Where the crate takes its runtime from: `vendored[=DIR]` writes it, by default to
    /// DIR/../docwright-runtime, where several clients share it; `registry`, `git[=URL[#REVISION]]` or
    /// `path=DIR` [default: vendored]
    #[arg(long, value_name = "SOURCE", value_parser = str::parse::<RuntimeSource>, requires = "out")]
    runtime: Option<RuntimeSource>,
    /// Also generate examples/call_everything.rs: a program that calls each operation once with sample
    /// values and prints a line for each
    #[arg(long, requires = "out")]
    example: bool,
    /// Write nothing; list the files that would be written or removed
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  docwright generate openapi.yaml --out client
  docwright generate https://api.acme.example/openapi.json --out client
  docwright generate pages/ --out client --only '/v2/*' --exclude Admin
  cat openapi.json | docwright generate - --out client
  docwright generate client          # again, as recorded in client/docwright.toml

Exit status: 0 if the crates were written, 1 if the input has errors (nothing is written then), 2 if the
command line is invalid, such as a FILE that cannot be read.";

/// The clients of a run, and the configuration files to write.
struct Targets {
    clients: Vec<Client>,
    records: Vec<FolderChanges>,
}

impl Generate {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let progress = console.show_progress("generating", self.output.quiet);
        let generated = self.targets().and_then(|targets| {
            let generated = client::generate_all(&targets.clients)?;
            let counts = match self.dry_run || self.prints_files() {
                true => Vec::new(),
                false => write(&generated, &targets.records)?,
            };
            Ok((generated, targets.records, counts))
        });
        drop(progress);
        let (generated, records, counts) = match generated {
            Ok(generated) => generated,
            Err(failure) => return self.output.fail(console, &failure),
        };
        if self.prints_files() {
            self.output.print_reports(console, &generated);
            console.print(&self.render_files(&generated));
        } else if self.output.format == Format::Json {
            let mut json = result::to_json(&generated, "status", &"done".into());
            let total: usize = counts.iter().map(|(_, counts)| counts.written).sum();
            if let Some(json) = json.as_object_mut() {
                json.insert("written".to_owned(), total.into());
            }
            console.print(&format!("{json:#}\n"));
        } else {
            self.output.print_reports(console, &generated);
            self.output.print(
                console,
                &match self.dry_run {
                    true => describe(&generated, &records),
                    false => done(&generated, &counts),
                },
            );
        }
        DONE
    }

    fn prints_files(&self) -> bool {
        self.out.as_deref() == Some(Path::new("-"))
    }

    fn targets(&self) -> Result<Targets, Failure> {
        let Some(out) = &self.out else { return self.configured_targets() };
        if self.input.files.is_empty() {
            return Err(Failure::Usage("no input: pass at least one FILE".to_owned()));
        }
        if out.exists() && !out.is_dir() {
            return Err(path_error(out, "not a folder; --out requires a folder"));
        }
        let file = if self.prints_files() { None } else { ConfigFile::read(out)? };
        let recorded = file.as_ref().map(|file| file.config.clients.as_slice()).unwrap_or_default();
        let recorded = match recorded {
            [] => Settings::default(),
            [client] if client.out.as_deref() == Some(".") => client.clone(),
            _ => {
                let message = format!(
                    "its {CONFIG} is about other crates; to update them, pass this folder without --out"
                );
                return Err(path_error(out, &message));
            }
        };
        let Downloads { files, inputs: downloaded, changes } =
            address::download(&self.input.files, out)?;
        let settings = self.settings(out, recorded, &files);
        let text = match &file {
            Some(file) => file.with_settings(&settings)?,
            None => config::new_text(&settings)?,
        };
        let records = Files([(CONFIG.to_owned(), text)].into_iter().collect());
        let records = client::find_file_changes(out, records)?;
        let records = changes.into_iter().chain([records]).collect();
        let client = Client { root: out.clone(), settings, downloaded };
        Ok(Targets { clients: vec![client], records })
    }

    /// Returns the settings of the command line, or else the recorded ones. Their paths are relative to
    /// `out`. `files` has the files of addresses.
    fn settings(
        &self,
        out: &Path,
        recorded: Settings,
        files: &BTreeMap<PathBuf, PathBuf>,
    ) -> Settings {
        let relative = |path: &PathBuf| match path.to_str() {
            Some("-") => "-".to_owned(),
            _ => disk::relative_path(out, files.get(path).unwrap_or(path)),
        };
        let or_recorded = |given: &Vec<String>, recorded| match given.is_empty() {
            true => recorded,
            false => given.clone(),
        };
        let runtime = self.runtime.as_ref().map(|it| it.rebase(Path::new("."), out).to_string());
        Settings {
            inputs: self.input.files.iter().map(relative).collect(),
            site: recorded.site,
            manifest: self.input.manifest.as_ref().map(relative),
            out: Some(".".to_owned()),
            name: self.name.clone().or(recorded.name),
            runtime: runtime.or(recorded.runtime),
            example: self.example || recorded.example,
            only: or_recorded(&self.input.only, recorded.only),
            exclude: or_recorded(&self.input.exclude, recorded.exclude),
            merge_unrelated: self.input.merge_unrelated || recorded.merge_unrelated,
            package: recorded.package,
            dependencies: recorded.dependencies,
        }
    }

    /// Returns the clients of the configuration files.
    fn configured_targets(&self) -> Result<Targets, Failure> {
        let InputArgs { files, manifest, only, exclude, merge_unrelated, .. } = &self.input;
        if manifest.is_some() || !only.is_empty() || !exclude.is_empty() || *merge_unrelated {
            let message = "--manifest, --only, --exclude and --merge-unrelated require --out; or set \
                           them in docwright.toml";
            return Err(Failure::Usage(message.to_owned()));
        }
        if let Some(file) = files.iter().find(|it| !it.is_dir() && !it.ends_with(CONFIG)) {
            return Err(path_error(file, "pass --out DIR to generate a crate from files"));
        }
        let configs = ConfigFile::find(files)?;
        let mut records = Vec::new();
        for config in &configs {
            let files = Files([(CONFIG.to_owned(), config.with_version()?)].into_iter().collect());
            records.push(client::find_file_changes(&config.root, files)?);
        }
        Ok(Targets { clients: client::configured(configs)?, records })
    }

    fn render_files(&self, generated: &[Generated]) -> String {
        let files = generated.iter().filter_map(|it| it.folders.last()).flat_map(|it| &it.files.0);
        if self.output.format == Format::Json {
            let files: Map<String, Value> =
                files.map(|(path, text)| (path.clone(), text.as_str().into())).collect();
            return format!("{:#}\n", Value::Object(files));
        }
        files.map(|(path, text)| format!("==> {path} <==\n{text}\n")).collect()
    }
}

/// Writes all clients, then the configuration files. Returns the folders with their counts.
fn write(
    generated: &[Generated],
    records: &[FolderChanges],
) -> Result<Vec<(PathBuf, WriteCounts)>, Failure> {
    let mut counts: Vec<(PathBuf, WriteCounts)> = Vec::new();
    let folders = generated.iter().flat_map(|it| it.folders.iter().chain([&it.record_file]));
    let folders = folders.chain(records);
    for folder in folders.filter(|folder| !folder.changes.is_empty()) {
        let WriteCounts { written, removed } = folder.write()?;
        match counts.iter_mut().find(|(dir, _)| *dir == folder.dir) {
            Some((_, counts)) => {
                counts.written += written;
                counts.removed += removed;
            }
            None => counts.push((folder.dir.clone(), WriteCounts { written, removed })),
        }
    }
    Ok(counts)
}

/// Describes what was written and what to do next.
fn done(generated: &[Generated], counts: &[(PathBuf, WriteCounts)]) -> String {
    let rows: Vec<_> =
        generated.iter().flat_map(|it| &it.output.vendors).map(|it| (it, "")).collect();
    let mut text = summary::summary_table(&rows, false);
    generated.iter().for_each(|client| text.push_str(&client.describe_changes()));
    for (dir, WriteCounts { written, removed }) in counts {
        let (files, dir) = (count_noun(*written, "file"), disk::display_path(dir));
        text.push_str(&format!("{files} written to {dir}, {removed} removed\n"));
    }
    if counts.is_empty() {
        text.push_str("0 files written, 0 removed\n");
    }
    for client in generated {
        let folder = disk::display_path(&client.folder);
        text.push_str(&match client.is_crate {
            true => {
                format!("next: run `cargo add --path {folder}` in the package that calls the API\n")
            }
            false => {
                format!("next: run `docwright::build_script::generate` in build.rs of {folder}\n")
            }
        });
    }
    text
}

fn describe(generated: &[Generated], records: &[FolderChanges]) -> String {
    let folders = generated.iter().flat_map(Generated::compared_folders).chain(records);
    let texts = folders.map(|folder| {
        let dir = disk::display_path(&folder.dir);
        stale::describe_changes(&dir, &folder.changes, |change| folder.old_and_new_text(change))
    });
    let text: String = texts.collect();
    if text.is_empty() { "nothing would be written\n".to_owned() } else { text }
}
