//! `cargo xtask regen`: generates `generated/` from `specs/`, and records names in `specs/`.

pub mod check;
mod compute;

use std::path::Path;

use docwright::cli::disk::WriteCounts;
use docwright::cli::{self, Console, DONE, FAILED};

pub use compute::{GENERATED, Regen};

/// Generates generated/ from specs/.
///
/// Names that another page could change are recorded in `specs/VENDOR/names.toml` and reused in
/// later runs. The public items are recorded in `specs/VENDOR/docwright.lock`, by which the next run
/// says what changed for callers.
///
/// Everything is computed before anything is written, so an error leaves the disk unchanged. Only
/// files that differ are written, and files that are no longer generated are removed.
///
/// The exit status is 0 if generated/ is up to date (with --check: if it already was), 1 if not,
/// and 2 if the command line is invalid.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write only the modules of these vendors, the files shared by all vendors, and missing
    /// modules; all vendors are read nevertheless, since they form one crate
    #[arg(value_name = "VENDOR")]
    vendors: Vec<String>,
    /// Write nothing; list every file that is missing, changed or left over, and exit with status 1
    /// if there is one
    #[arg(long)]
    check: bool,
    /// Also print notes, such as where invalid input was corrected
    #[arg(long)]
    notes: bool,
}

impl Arguments {
    /// Runs the task on the repository at `root`.
    pub(crate) fn run(&self, root: &Path, console: &mut Console<'_>) -> u8 {
        let regen = match Regen::compute(root, &self.vendors) {
            Ok(regen) => regen,
            Err(failure) => return console.fail(&failure),
        };
        let sources = &regen.output.sources;
        console.print_report(sources, &regen.folders, self.notes);
        console.print_report(sources, &regen.output.report, self.notes);
        if self.check {
            console.print(&check::describe(&regen));
            return if regen.is_fresh() { DONE } else { FAILED };
        }
        match regen.write(root) {
            Ok(WriteCounts { written, removed }) => {
                console.print(&cli::summary_table(&regen.rows(), true));
                console.print(&regen.describe_changes());
                let written = cli::count_noun(written, "file");
                console.print(&format!("{written} written, {removed} removed\n"));
                DONE
            }
            Err(report) => console.fail(&report.into()),
        }
    }
}
