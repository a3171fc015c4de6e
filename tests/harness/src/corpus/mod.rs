//! `cargo xtask corpus`: generates and compiles a crate for every real document and page of a
//! corpus.

mod case;
mod spec_operations;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use docwright::Diagnostics;
use docwright::cli::{Console, Failure, Format};

use crate::known::{KnownFindings, read_toml};
use crate::round_trip;
use crate::shape::{self, Shape};
use crate::subjects::{Subject, SubjectKind, render_errors, subjects};
use crate::workbench::{Command, Workbench};
use case::CaseResult;

/// The file of the crates that are expected to fail, relative to the repository.
const EXPECTED_FAILURES: &str = "tests/corpus/expected.toml";

/// The reason of each expected failure, by the name of the crate.
type ExpectedFailures = BTreeMap<String, String>;

/// Generates a crate from every document and every vendor's pages of a corpus, and compiles each
/// crate with warnings denied.
///
/// Prints a line for each crate and a reason for each failure. The exit status is 0 if the only
/// failures are those listed in tests/corpus/expected.toml, 1 otherwise, and 2 if the command line
/// is invalid.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Test only crates whose name contains one of these strings
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The folder of documents [default: ../shared/corpus/specs]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The folder of pages: it has a folder for each form, which groups pages by vendor, either by
    /// the beginning of their names or in a folder named after the vendor [default:
    /// ../shared/corpus/pages]
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// Generate without compiling
    #[arg(long)]
    no_check: bool,
    /// Run `cargo clippy` instead of `cargo check`
    #[arg(long, conflicts_with = "no_check")]
    clippy: bool,
    /// Also build the documentation
    #[arg(long, conflicts_with = "no_check")]
    doc: bool,
    /// Enable all features of the crates, including the mock
    #[arg(long, conflicts_with = "no_check")]
    all_features: bool,
    /// Deserialize and serialize examples, and values generated from the schemas, with the
    /// generated types, and list the values that change
    #[arg(long, conflicts_with_all = ["no_check", "clippy", "doc", "all_features"])]
    round_trip: bool,
    /// Measure what users see of the generated crates, such as copies of types and constants in
    /// signatures; without names, of a selection of documents
    #[arg(long, conflicts_with_all = ["no_check", "clippy", "doc", "all_features", "round_trip"])]
    shape: bool,
    /// The output format of the measurements
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT", requires = "shape")]
    format: Format,
}

impl Arguments {
    /// Runs the task on the repository at `root`; returns whether everything went as expected.
    pub(crate) fn run(&self, root: &Path, console: &mut Console<'_>) -> Result<bool, Failure> {
        let folder_or_default = |folder: &Option<PathBuf>, name: &str| {
            folder.clone().unwrap_or_else(|| root.join("../shared/corpus").join(name))
        };
        let specs = folder_or_default(&self.specs, "specs");
        let pages = folder_or_default(&self.pages, "pages");
        let is_complete = self.names.is_empty() && specs.is_dir() && pages.is_dir();
        for folder in [&specs, &pages].into_iter().filter(|folder| !folder.is_dir()) {
            console.print(&format!("{}: skipped, the folder does not exist\n", folder.display()));
        }
        let mut subjects = subjects(&specs, &pages)?;
        subjects.retain(|subject| match self.names.is_empty() {
            true => !self.shape || shape::DOCUMENTS.contains(&subject.name.as_str()),
            false => self.names.iter().any(|name| subject.name.contains(name)),
        });
        if subjects.is_empty() {
            let message = "no document or page to test; pass their folder with --specs or --pages";
            return Err(Failure::Usage(message.to_owned()));
        }
        if self.shape {
            return self.run_shapes(&subjects, console);
        }
        let expected: ExpectedFailures = read_toml(&root.join(EXPECTED_FAILURES))?;
        if self.round_trip {
            return self.run_round_trips(&subjects, &expected, root, console);
        }
        let bench = (!self.no_check).then(|| Workbench::new(root, self.commands())).transpose()?;
        let bench = bench.map(|bench| bench.all_features(self.all_features));
        let mut results = Vec::new();
        for subject in &subjects {
            let result = CaseResult::run(subject, bench.as_ref())?;
            console.print(&table::case_line(&result));
            results.push(result);
        }
        let (text, is_expected) = table::summary(&results, &expected, is_complete);
        console.print(&text);
        Ok(is_expected)
    }

    /// Runs the round trips; returns whether all values that changed are known to.
    fn run_round_trips(
        &self,
        subjects: &[Subject],
        expected: &ExpectedFailures,
        root: &Path,
        console: &mut Console<'_>,
    ) -> Result<bool, Failure> {
        let known = KnownFindings::read(root, round_trip::KNOWN)?;
        let bench = Workbench::new(root, Vec::new())?;
        let mut stats = Vec::new();
        let mut all_generated = true;
        for subject in subjects.iter().filter(|subject| subject.kind == SubjectKind::Document) {
            match round_trip::run(subject, &bench) {
                Ok(document) => {
                    console.print(&round_trip::document_line(&document));
                    stats.push(document);
                }
                Err(diagnostics) => {
                    let reason = expected.get(&subject.name);
                    all_generated &= reason.is_some();
                    console.print(&failed_line(&subject.name, &diagnostics, reason));
                }
            }
        }
        let (text, is_expected) = round_trip::summary(&stats, &known, self.names.is_empty());
        console.print(&text);
        Ok(is_expected && all_generated)
    }

    /// Measures the crates; returns whether all were generated.
    fn run_shapes(&self, subjects: &[Subject], console: &mut Console<'_>) -> Result<bool, Failure> {
        let mut shapes: Vec<Shape> = Vec::new();
        let mut all_generated = true;
        for subject in subjects {
            match subject.generate(Path::new("runtime")).result {
                Ok(output) => {
                    let names = output.vendors.first().map(|it| &it.names);
                    let names = names.cloned().unwrap_or_default();
                    let shape = shape::measure(&subject.name, &output.files, &names);
                    shapes.push(shape.map_err(Failure::Usage)?);
                }
                Err(diagnostics) => {
                    all_generated = false;
                    console.print(&failed_line(&subject.name, &diagnostics, None));
                }
            }
        }
        console.print(&match self.format {
            Format::Human => shape::render_text(&shapes),
            Format::Json => shape::render_json(&shapes),
        });
        Ok(all_generated)
    }

    fn commands(&self) -> Vec<Command> {
        let first = if self.clippy { Command::Clippy } else { Command::Check };
        let mut commands = vec![first];
        if self.doc {
            commands.push(Command::Doc);
        }
        commands
    }
}

/// Returns the line of a document that failed; `reason` is given if that is expected.
///
/// ```text
/// pages-platforms-apidog-chainhub FAILED, as expected: its only page holds invalid YAML
/// ```
fn failed_line(name: &str, diagnostics: &Diagnostics, reason: Option<&String>) -> String {
    match reason {
        Some(reason) => format!("{name:30} FAILED, as expected: {reason}\n"),
        None => format!("{name:30} FAILED\n{}", render_errors(diagnostics)),
    }
}
