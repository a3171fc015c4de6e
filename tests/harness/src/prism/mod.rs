//! `cargo xtask prism`: runs generated clients against Prism, which validates their requests and
//! generates responses for them to decode.

mod calls;
mod install;
mod log;
mod server;
mod table;

use std::path::{Path, PathBuf};

use docwright::cli::{Console, Failure};
use docwright::{Diagnostics, Report, cli::disk};

use crate::known::KnownFindings;
use crate::subjects::{Subject, SubjectKind, render_errors, subjects};
use crate::workbench::Workbench;
use calls::{Call, CallMode};
use install::Prism;
use server::{PrismServer, ResponseMode};
use table::DocumentResult;

/// The file of the problems that Prism itself causes, relative to the repository.
const KNOWN: &str = "tests/prism/known.toml";

/// How often every operation is called with generated responses.
const CALLS_PER_OPERATION: usize = 20;

/// Calls every operation of each document against Prism, a mock server that validates requests.
///
/// Each document becomes a crate with an example that calls every operation. The example runs
/// against `prism mock --errors`, with the required parameters only and with all parameters, and
/// every request has to be valid. Then it runs against `prism mock --dynamic`, and every generated
/// response has to be decoded, 20 for each operation. Mistakes of Prism itself are listed in
/// tests/prism/known.toml, each with the reason; an unused entry is an error.
///
/// npm installs Prism below the target folder, in the version of tests/prism/package-lock.json. The
/// task is skipped without npm or documents. The exit status is 1 if anything failed.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Test only documents whose name contains one of these strings
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The folder of documents [default: ../shared/corpus/specs]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
}

impl Arguments {
    /// Runs the task on the repository at `root`; returns whether everything went as expected.
    pub(crate) fn run(&self, root: &Path, console: &mut Console<'_>) -> Result<bool, Failure> {
        let specs = self.specs.clone().unwrap_or_else(|| root.join("../shared/corpus/specs"));
        if !specs.is_dir() {
            console.print(&format!("skipped: the folder {} does not exist\n", specs.display()));
            return Ok(true);
        }
        let bench = Workbench::new(root, Vec::new())?;
        let Some(prism) = install::prism(root, &bench.folder)? else {
            console.print("skipped: npm, which installs Prism, was not found\n");
            return Ok(true);
        };
        let mut documents = subjects(&specs, Path::new("no-pages"))?;
        documents.retain(|subject| {
            subject.kind == SubjectKind::Document && self.is_selected(&subject.name)
        });
        if documents.is_empty() {
            let message = "no document has a name that contains one of the arguments";
            return Err(Failure::Usage(message.to_owned()));
        }
        let known = KnownFindings::read(root, KNOWN)?;
        let mut results = Vec::new();
        let mut passed = true;
        for subject in &documents {
            let document = document_path(&specs, subject);
            match test_document(subject, &document, &prism, &bench) {
                Ok(result) => {
                    let findings = table::findings(&result, &known);
                    passed &= findings.is_empty();
                    console.print(&(table::document_line(&result, &known) + &findings));
                    results.push(result);
                }
                Err(diagnostics) => {
                    passed = false;
                    let text = render_errors(&diagnostics);
                    console.print(&format!("{:24} FAILED\n{text}", subject.name));
                }
            }
        }
        let (text, all_used) = table::summary(&results, &known);
        console.print(&text);
        Ok(passed && all_used)
    }

    fn is_selected(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|part| name.contains(part))
    }
}

fn document_path(specs: &Path, subject: &Subject) -> PathBuf {
    specs.join(subject.inputs.first().map_or("", |input| input.file.as_str()))
}

/// Generates and builds the client of one document and runs it against Prism.
fn test_document(
    subject: &Subject,
    document: &Path,
    prism: &Prism,
    bench: &Workbench,
) -> Result<DocumentResult, Diagnostics> {
    let output = subject.generate(&bench.runtime).result?;
    let operations = output.vendors.iter().map(|vendor| vendor.operations).sum();
    let built = bench.build(&subject.name, &output.files, "call_everything")?;
    // The programs of all crates have the same path in the shared target folder.
    let program = prism.folder.join(&subject.name);
    std::fs::copy(&built.program, &program).map_err(disk::io_error("copy", &built.program))?;
    let mut result = DocumentResult::new(&subject.name, operations);
    let script = &prism.script;
    let server = PrismServer::start(script, document, ResponseMode::Examples, &built.folder)?;
    for mode in [CallMode::Required, CallMode::All] {
        let before = server.requests()?.len();
        let calls = calls::run(&program, server.url(), mode)?;
        result.add_requests(mode, &calls, server.requests()?.get(before..).unwrap_or_default());
    }
    drop(server);
    let server = PrismServer::start(script, document, ResponseMode::Generated, &built.folder)?;
    let calls = calls::run(&program, server.url(), CallMode::Repeated(CALLS_PER_OPERATION))?;
    result.add_responses(&calls, &server.requests()?);
    Ok(result)
}

/// Reads a text file.
fn read_file(path: &Path) -> Result<String, Report> {
    std::fs::read_to_string(path).map_err(disk::io_error("read", path))
}
