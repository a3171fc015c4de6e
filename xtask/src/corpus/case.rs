//! One crate: generated, then compiled.

use std::path::Path;
use std::time::{Duration, Instant};

use docwright::report::Severity;
use docwright::source::render::render;
use docwright::{CrateOptions, Output, Report, RuntimeDependency, Vendor};

use super::cargo::{Checked, Workbench};
use super::declared;
use super::subjects::{Kind, Subject};

/// What came of a subject.
#[derive(Debug)]
pub struct Trial {
    /// The crate's name.
    pub name: String,
    /// What it is made of.
    pub kind: Kind,
    /// How many files that was.
    pub files: usize,
    /// Operations of the description.
    pub declared: usize,
    /// The run of the generator.
    pub generated: Generated,
    /// What Cargo said of the crate, where it was asked.
    pub checked: Vec<Checked>,
}

/// A run of the generator.
#[derive(Debug)]
pub struct Generated {
    /// The crate, or all problems.
    pub result: Result<Output, Report>,
    /// How long it took.
    pub took: Duration,
}

/// Makes the crate of a subject, in memory; `runtime` is where it will find the runtime.
pub fn generate(subject: &Subject, runtime: &Path) -> Generated {
    let vendor = Vendor {
        name: subject.name.replace('-', "_"),
        inputs: subject.inputs.clone(),
        ..Vendor::default()
    };
    let runtime = RuntimeDependency::Path(runtime.to_string_lossy().replace('\\', "/"));
    let options = CrateOptions { name: subject.name.clone(), runtime, example: true };
    let start = Instant::now();
    let result = docwright::generate_crate(&vendor, &options);
    Generated { result, took: start.elapsed() }
}

impl Trial {
    /// Generates and, where there is a bench, compiles.
    pub(super) fn run(subject: &Subject, bench: Option<&Workbench>) -> Result<Self, Report> {
        let runtime = bench.map_or(Path::new("runtime"), |bench| &bench.runtime);
        let generated = generate(subject, runtime);
        let checked = match (&generated.result, bench) {
            (Ok(output), Some(bench)) => bench.check(&subject.name, &output.files)?,
            _ => Vec::new(),
        };
        Ok(Self {
            name: subject.name.clone(),
            kind: subject.kind,
            files: subject.inputs.len(),
            declared: declared::operations(&subject.inputs).len(),
            generated,
            checked,
        })
    }

    /// Operations generated.
    pub fn operations(&self) -> usize {
        let output = self.generated.result.as_ref();
        output.map_or(0, |output| output.vendors.iter().map(|vendor| vendor.operations).sum())
    }

    /// Warnings of the generator.
    pub fn warnings(&self) -> usize {
        let problems = match &self.generated.result {
            Ok(output) => &output.report.problems,
            Err(report) => &report.problems,
        };
        problems.iter().filter(|problem| problem.severity == Severity::Warning).count()
    }

    /// Why it failed, in lines; nothing if it did not.
    pub fn failure(&self) -> Option<String> {
        match &self.generated.result {
            Err(report) => {
                let mut errors = report.clone();
                errors.problems.retain(|problem| problem.severity == Severity::Error);
                Some(render(&errors, false))
            }
            Ok(_) if self.operations() != self.declared => {
                let operations = self.operations();
                Some(format!("{operations} of {} operations are generated", self.declared))
            }
            Ok(_) => {
                let failed = self.checked.iter().find(|checked| !checked.errors.is_empty())?;
                let first: Vec<&str> = failed.errors.iter().take(3).map(String::as_str).collect();
                let (count, word) = (failed.errors.len(), failed.command.word());
                Some(format!("cargo {word}: {count} errors\n{}", first.join("\n")))
            }
        }
    }
}
