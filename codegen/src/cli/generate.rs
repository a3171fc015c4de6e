//! `docwright generate`: pages or documents → a crate.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{self, Scope, Tree, WriteCounts};
use super::input_args::{InputArgs, path_error};
use super::{Console, DONE, FAILED, Failure, Format, count_noun, name, summary};
use crate::files::{Change, ChangeKind, Files, is_generated, is_optional};
use crate::report::{Problem, Report};
use crate::source::{Diagnostics, Sources, render};
use crate::{CrateOptions, Output, RuntimeDependency};

/// Generates a client crate for one API from documentation pages or OpenAPI documents.
///
/// For a folder, all pages and documents in it are read, and its vendor.toml, overlay.yaml and
/// names.toml. If DIR contains a generated crate, its files are replaced, and files that are no longer
/// needed are removed. Files that were not generated are never changed.
///
/// YAML and JSON files that a document refers to are read too, if they are in the document's folder or
/// below it.
///
/// The exit status is 0 if a crate with at least one operation was written, 1 if the input has errors
/// (DIR is then unchanged), and 2 if the command line is invalid, such as a FILE that cannot be read.
#[derive(Debug, clap::Args)]
pub struct Generate {
    #[command(flatten)]
    input: InputArgs,
    /// The folder to write the crate to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The name of the package [default: derived from the last part of DIR]
    #[arg(long, value_parser = name::check_package_name)]
    name: Option<String>,
    /// A checkout of docwright-runtime to depend on instead of the released version
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
    /// Also generate examples/call_everything.rs: a program that calls each operation once with sample
    /// values and prints a line for each
    #[arg(long)]
    example: bool,
    /// The format of problems, which are printed to standard error
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    message_format: Format,
    /// Also print notes about input that was read differently from how it was written
    #[arg(long)]
    notes: bool,
}

impl Generate {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let generated = match self.generate() {
            Err(Failure::Problems(Diagnostics { sources, report }))
                if self.message_format == Format::Json =>
            {
                print_json(console, &sources, &report);
                return FAILED;
            }
            Err(failure) => return console.fail(&failure),
            Ok(generated) => generated,
        };
        let Output { vendors, sources, report, .. } = &generated.output;
        match self.message_format {
            Format::Human => console.print_report(sources, report, self.notes),
            Format::Json => print_json(console, sources, report),
        }
        let rows: Vec<_> = vendors.iter().map(|vendor| (vendor, "")).collect();
        console.print(&summary::summary_table(&rows));
        let WriteCounts { written, removed } = generated.counts;
        let (files, out) = (count_noun(written, "file"), disk::display_path(&self.out));
        console.print(&format!("{files} written to {out}, {removed} removed\n"));
        DONE
    }

    fn generate(&self) -> Result<Generated, Failure> {
        if self.out.exists() && !self.out.is_dir() {
            return Err(path_error(&self.out, "not a folder; --out requires a folder"));
        }
        let (name, runtime) = (self.package_name(), self.runtime()?);
        let options = CrateOptions { name, runtime, example: self.example };
        let (vendor, folder) = self.input.load_vendor(options.name.replace('-', "_"))?;
        let mut output = crate::generate_crate(&vendor, &options)?;
        summary::require_operations(&output)?;
        output.report.problems.extend(folder.problems);
        let changes = find_changes(&self.out, &output.files)?;
        let counts = disk::write_changes(&self.out, &output.files, &changes)?;
        Ok(Generated { output, counts })
    }

    fn package_name(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let absolute = fs::canonicalize(&self.out).or_else(|_| std::path::absolute(&self.out));
        let last =
            absolute.ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        name::package_name(&last.unwrap_or_default())
    }

    fn runtime(&self) -> Result<RuntimeDependency, Failure> {
        let Some(path) = &self.runtime_path else {
            // The generator and the runtime are released together, with the same version.
            return Ok(RuntimeDependency::Version(env!("CARGO_PKG_VERSION").to_owned()));
        };
        if !path.join("Cargo.toml").is_file() {
            return Err(path_error(path, "no Cargo.toml found; --runtime-path requires a package"));
        }
        let absolute =
            std::path::absolute(path).map_err(|error| path_error(path, &error.to_string()))?;
        match absolute.to_str() {
            Some(absolute) => Ok(RuntimeDependency::Path(absolute.replace('\\', "/"))),
            None => Err(path_error(path, "not valid UTF-8, so Cargo.toml cannot refer to it")),
        }
    }
}

/// The result of a run.
struct Generated {
    output: Output,
    counts: WriteCounts,
}

fn print_json(console: &mut Console<'_>, sources: &Sources, report: &Report) {
    console.eprint(&format!("{:#}\n", render::to_json(sources, report)));
}

/// Returns the changes to a folder that may contain other files. Generated files are replaced and
/// removed, and other files are kept. It is an error if one has the path of a new file,
/// unless that is only documentation.
fn find_changes(dir: &Path, files: &Files) -> Result<Vec<Change>, Report> {
    files.verify()?;
    let Tree { files: mut existing, .. } = disk::read_tree(dir, Scope::Shared)?;
    for path in files.0.keys() {
        if let Some(content) = disk::read_file(dir, path)? {
            existing.insert(path.clone(), content);
        }
    }
    let mut changes = files.diff(&existing);
    let mut report = Report::default();
    changes.retain(|change| {
        let is_ours = existing.get(&change.path).is_none_or(|content| is_generated(content));
        if !is_ours && !is_optional(&change.path) && change.kind != ChangeKind::Stale {
            let message = "a generated file would replace this file, which was not generated";
            let location = disk::file_location(&disk::join_path(dir, &change.path));
            let help = "choose another folder for `--out`, or move the file";
            report.push(Problem::error(location, message).help(help));
        }
        is_ours
    });
    if report.has_errors() { Err(report) } else { Ok(changes) }
}
