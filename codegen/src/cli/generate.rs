//! `docwright generate`: pages or documents → a crate.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{self, Scope, Tree, Written};
use super::given::{Given, usage};
use super::{Console, DONE, FAILED, Failure, Format, counted, name, summary};
use crate::files::{Change, ChangeKind, Files, is_generated};
use crate::report::{Problem, Report};
use crate::{CrateOptions, Output, RuntimeDependency, source};

/// Makes a crate with a client of one API from documentation pages or OpenAPI documents.
///
/// A folder stands for all pages and documents in it, and for the vendor.toml, overlay.yaml
/// and names.toml in it. If DIR holds a crate that was generated before, its files are replaced and those that are no
/// longer needed are removed; files that were not generated are never touched.
///
/// YAML and JSON files that a document refers to are read with it, if they are in its folder or below.
///
/// The exit status is 0 if a crate with at least one operation was written, 1 if the input has
/// problems (then DIR is as it was), and 2 if the command line makes no sense, such as a FILE that
/// cannot be read.
#[derive(Debug, clap::Args)]
pub struct Generate {
    #[command(flatten)]
    given: Given,
    /// The folder of the crate
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The package's name [default: made of DIR's last part]
    #[arg(long, value_parser = name::check_package_name)]
    name: Option<String>,
    /// A checkout of docwright-runtime to depend on, instead of the released version
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
    /// Write examples/call_everything.rs too: a program that calls each operation once, with sample
    /// values, against a base URL, and prints a line for each
    #[arg(long)]
    example: bool,
    /// How problems are printed; in either form on standard error
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    message_format: Format,
    /// Print notes too: what was read in another way than it was written
    #[arg(long)]
    notes: bool,
}

impl Generate {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let done = match self.generate() {
            Err(Failure::Problems(report)) if self.message_format == Format::Json => {
                print_json(console, &report);
                return FAILED;
            }
            Err(failure) => return console.fail(&failure),
            Ok(done) => done,
        };
        match self.message_format {
            Format::Human => console.report(&done.output.report, self.notes),
            Format::Json => print_json(console, &done.output.report),
        }
        let rows: Vec<_> = done.output.vendors.iter().map(|vendor| (vendor, "")).collect();
        console.print(&summary::table(&rows));
        let files = counted(done.written.written, "file");
        let out = disk::shown(&self.out);
        console.print(&format!("{files} written to {out}, {} removed\n", done.written.removed));
        DONE
    }

    fn generate(&self) -> Result<Done, Failure> {
        if self.out.exists() && !self.out.is_dir() {
            return Err(usage(&self.out, "is a file, and --out takes a folder"));
        }
        let (name, runtime) = (self.package_name(), self.runtime()?);
        let options = CrateOptions { name, runtime, example: self.example };
        let (vendor, folder) = self.given.vendor(options.name.replace('-', "_"))?;
        let mut output = crate::generate_crate(&vendor, &options)?;
        summary::require_operations(&output)?;
        output.report.absorb(folder);
        let changes = changes(&self.out, &output.files)?;
        let written = disk::write(&self.out, &output.files, &changes)?;
        Ok(Done { output, written })
    }

    fn package_name(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let whole = fs::canonicalize(&self.out).or_else(|_| std::path::absolute(&self.out));
        let last =
            whole.ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        name::package_name(&last.unwrap_or_default())
    }

    fn runtime(&self) -> Result<RuntimeDependency, Failure> {
        let Some(path) = &self.runtime_path else {
            // The two are released together, under one version.
            return Ok(RuntimeDependency::Version(env!("CARGO_PKG_VERSION").to_owned()));
        };
        if !path.join("Cargo.toml").is_file() {
            return Err(usage(path, "holds no Cargo.toml, and --runtime-path takes a package"));
        }
        let whole = std::path::absolute(path).map_err(|error| usage(path, &error.to_string()))?;
        match whole.to_str() {
            Some(whole) => Ok(RuntimeDependency::Path(whole.replace('\\', "/"))),
            None => Err(usage(path, "is not UTF-8, so a manifest cannot name it")),
        }
    }
}

/// What a run left.
struct Done {
    output: Output,
    written: Written,
}

fn print_json(console: &mut Console<'_>, report: &Report) {
    console.warn(&format!("{:#}\n", source::render::to_json(report)));
}

/// What has to be done to a folder that may hold somebody's own files: generated files are replaced
/// and removed, others are kept, and one in the way is an error.
fn changes(dir: &Path, files: &Files) -> Result<Vec<Change>, Report> {
    files.verify()?;
    let Tree { files: mut there, .. } = disk::read(dir, Scope::Shared)?;
    for path in files.0.keys() {
        if let Some(content) = disk::read_file(dir, path)? {
            there.insert(path.clone(), content);
        }
    }
    let mut changes = files.diff(&there);
    let mut report = Report::default();
    changes.retain(|change| {
        let ours = there.get(&change.path).is_none_or(|content| is_generated(content));
        if !ours && change.kind != ChangeKind::LeftOver {
            let what = "a file that was not generated is in the way of one that would be";
            let location = disk::location(&disk::at(dir, &change.path));
            let help = "choose another folder for `--out`, or move the file away";
            report.push(Problem::error(location, what).help(help));
        }
        ours
    });
    if report.has_errors() { Err(report) } else { Ok(changes) }
}
