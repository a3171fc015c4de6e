//! Generates and compiles the crate of one subject.

use std::path::Path;

use docwright::Report;
use docwright::report::Severity;

use super::spec_operations::spec_operations;
use crate::subjects::{Generated, Subject, SubjectKind, render_errors};
use crate::workbench::{CheckResult, Workbench};

/// The result of generating and compiling a subject.
#[derive(Debug)]
pub struct CaseResult {
    /// The name of the crate.
    pub name: String,
    /// The kind of input.
    pub kind: SubjectKind,
    /// The number of input files.
    pub files: usize,
    /// The number of operations in the input.
    pub declared: usize,
    /// The result of the generator.
    pub generated: Generated,
    /// The results of Cargo's checks, if any were run.
    pub checks: Vec<CheckResult>,
}

impl CaseResult {
    /// Generates the crate and, if there is a `bench`, checks it.
    pub(super) fn run(subject: &Subject, bench: Option<&Workbench>) -> Result<Self, Report> {
        let runtime = bench.map_or(Path::new("runtime"), |bench| &bench.runtime);
        let generated = subject.generate(runtime);
        let checks = match (&generated.result, bench) {
            (Ok(output), Some(bench)) => bench.check(&subject.name, &output.files)?,
            _ => Vec::new(),
        };
        Ok(Self {
            name: subject.name.clone(),
            kind: subject.kind,
            files: subject.inputs.len(),
            declared: spec_operations(&subject.inputs).len(),
            generated,
            checks,
        })
    }

    /// Returns the number of generated operations.
    pub fn operations(&self) -> usize {
        let output = self.generated.result.as_ref();
        output.map_or(0, |output| output.vendors.iter().map(|vendor| vendor.operations).sum())
    }

    /// Returns the number of the generator's warnings.
    pub fn warnings(&self) -> usize {
        let problems = match &self.generated.result {
            Ok(output) => &output.report.problems,
            Err(diagnostics) => &diagnostics.report.problems,
        };
        problems.iter().filter(|problem| problem.severity == Severity::Warning).count()
    }

    /// Returns the reason of the failure in one or more lines, or `None` on success.
    pub fn failure(&self) -> Option<String> {
        match &self.generated.result {
            Err(diagnostics) => Some(render_errors(diagnostics)),
            Ok(_) if self.operations() != self.declared => {
                let operations = self.operations();
                Some(format!("{operations} of {} operations are generated", self.declared))
            }
            Ok(_) => {
                let failed = self.checks.iter().find(|check| !check.errors.is_empty())?;
                let first: Vec<&str> = failed.errors.iter().take(3).map(String::as_str).collect();
                let (count, command) = (failed.errors.len(), failed.command.subcommand());
                Some(format!("cargo {command}: {count} errors\n{}", first.join("\n")))
            }
        }
    }
}
