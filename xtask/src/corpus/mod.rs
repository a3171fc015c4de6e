//! `cargo xtask corpus`: every real document and page at hand becomes a crate that compiles.

mod cargo;
mod declared;
mod expected;
pub mod round_trip;
mod subjects;
mod table;
mod trial;

use std::path::{Path, PathBuf};

use docwright::Report;
use docwright::cli::{Console, DONE, FAILED, Failure};
use docwright::report::Severity;
use docwright::source::render::render;

pub use declared::operations as declared_operations;
pub use expected::{EXPECTED, Expected};
pub use subjects::{Kind, Subject, subjects};
pub use trial::{Generated, Trial, generate};

pub use cargo::Workbench;

use cargo::Command;

/// Generates a crate from every document and every vendor's pages of a corpus, and checks each of
/// them with warnings denied.
///
/// Prints a line for each crate and a reason for each that fails. The exit status is 0 if nothing
/// failed but what tests/corpus/expected.toml explains, 1 otherwise, 2 if the command line makes no
/// sense.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only crates whose name contains one of these
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The folder of documents [default: ../shared/corpus/specs]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The folder of pages: a folder for each form, in it a vendor's pages by the beginning of
    /// their names, or in a folder of the vendor's name [default: ../shared/corpus/pages]
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// Generate only, compile nothing
    #[arg(long)]
    no_check: bool,
    /// Run clippy instead of a plain check
    #[arg(long, conflicts_with = "no_check")]
    clippy: bool,
    /// Build the documentation too
    #[arg(long, conflicts_with = "no_check")]
    doc: bool,
    /// Check the crates with all of their features, the mock among them
    #[arg(long, conflicts_with = "no_check")]
    all_features: bool,
    /// Put the examples and values made from the schemas through the types, and list what does not
    /// come back as it was
    #[arg(long, conflicts_with_all = ["no_check", "clippy", "doc", "all_features"])]
    round_trip: bool,
}

impl Arguments {
    /// Runs the task on the repository at `root`.
    pub(crate) fn run(&self, root: &Path, console: &mut Console<'_>) -> u8 {
        match self.try_all(root, console) {
            Ok(true) => DONE,
            Ok(false) => FAILED,
            Err(failure) => console.fail(&failure),
        }
    }

    /// Whether everything went as expected.
    fn try_all(&self, root: &Path, console: &mut Console<'_>) -> Result<bool, Failure> {
        let beside = |given: &Option<PathBuf>, part: &str| {
            given.clone().unwrap_or_else(|| root.join("../shared/corpus").join(part))
        };
        let (specs, pages) = (beside(&self.specs, "specs"), beside(&self.pages, "pages"));
        let whole = self.names.is_empty() && specs.is_dir() && pages.is_dir();
        for folder in [&specs, &pages].into_iter().filter(|folder| !folder.is_dir()) {
            let words = "there is no corpus here, so nothing of it is tried";
            console.print(&format!("{}: {words}\n", folder.display()));
        }
        let mut subjects = subjects(&specs, &pages)?;
        subjects.retain(|subject| {
            self.names.is_empty() || self.names.iter().any(|name| subject.name.contains(name))
        });
        if subjects.is_empty() {
            let what = "no document and no page to try; say where they are with --specs or --pages";
            return Err(Failure::Usage(what.to_owned()));
        }
        if self.round_trip {
            return self.round_trips(&subjects, root, console);
        }
        let expected = Expected::read(root)?;
        let bench = (!self.no_check).then(|| Workbench::new(root, self.commands())).transpose()?;
        let bench = bench.map(|bench| bench.all_features(self.all_features));
        let mut trials = Vec::new();
        for subject in &subjects {
            let trial = Trial::run(subject, bench.as_ref())?;
            console.print(&table::line(&trial));
            trials.push(trial);
        }
        let (text, fine) = table::close(&trials, &expected, whole);
        console.print(&text);
        Ok(fine)
    }

    /// Whether every value survived but those that are listed.
    fn round_trips(
        &self,
        subjects: &[Subject],
        root: &Path,
        console: &mut Console<'_>,
    ) -> Result<bool, Failure> {
        let listed = round_trip::Listed::read(root)?;
        let expected = Expected::read(root)?;
        let bench = Workbench::new(root, Vec::new())?;
        let mut trips = Vec::new();
        let mut failed = 0;
        for subject in subjects.iter().filter(|subject| subject.kind == Kind::Document) {
            match round_trip::run(subject, &bench) {
                Ok(trip) => {
                    console.print(&round_trip::line(&trip));
                    trips.push(trip);
                }
                Err(report) => {
                    console.print(&failed_line(&subject.name, report, &expected, &mut failed));
                }
            }
        }
        let (text, fine) = round_trip::close(&trips, &listed, self.names.is_empty());
        console.print(&text);
        Ok(fine && failed == 0)
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

/// ```text
/// oai-webhook-31                 FAILED, as listed: the document describes webhooks only
/// ```
///
/// Counts what is not listed.
fn failed_line(name: &str, mut report: Report, expected: &Expected, failed: &mut usize) -> String {
    if let Some(reason) = expected.0.get(name) {
        return format!("{name:30} FAILED, as listed: {reason}\n");
    }
    *failed += 1;
    report.problems.retain(|problem| problem.severity == Severity::Error);
    format!("{name:30} FAILED\n{}", render(&report, false))
}
