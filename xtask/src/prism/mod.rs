//! `cargo xtask prism`: an outside judge looks at what generated clients send, and makes up responses
//! for them to read.

mod calls;
mod install;
mod judge;
mod known;
mod log;
mod table;

use std::path::{Path, PathBuf};

use docwright::cli::{Console, DONE, FAILED, Failure};
use docwright::report::Severity;
use docwright::source::render::render;
use docwright::{Report, cli::disk};

use crate::corpus::{Kind, Subject, Workbench, generate, subjects};
use calls::{Call, Mode};
use install::Prism;
use judge::{Judge, Manner};
use known::Known;
use table::Verdict;

/// How often every operation is called for made-up responses.
const REPEAT: usize = 20;

/// Calls every operation of a document against Prism, a mock server that validates what it receives.
///
/// Each document becomes a crate with the program that calls everything. It runs against
/// `prism mock --errors`, with the required parameters alone and with all of them, and the judge has
/// to find no fault with any request; then against `prism mock -d`, whose made-up responses have to be
/// decoded, 20 for each operation. What the judge itself gets wrong stands, with its reason, in
/// tests/prism/known.toml; an entry that nothing needs is an error.
///
/// npm installs Prism below the target folder, in the version of tests/prism/package-lock.json.
/// Without npm or documents nothing is tried. The exit status is 1 if anything failed.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only documents whose name contains one of these
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The folder of documents [default: ../shared/corpus/specs]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
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

    fn try_all(&self, root: &Path, console: &mut Console<'_>) -> Result<bool, Failure> {
        let specs = self.specs.clone().unwrap_or_else(|| root.join("../shared/corpus/specs"));
        if !specs.is_dir() {
            console.print(&format!("skipped: there are no documents at {}\n", specs.display()));
            return Ok(true);
        }
        let bench = Workbench::new(root, Vec::new())?;
        let Some(prism) = install::prism(root, &bench.folder)? else {
            console.print("skipped: there is no npm to install Prism with\n");
            return Ok(true);
        };
        let mut all = subjects(&specs, Path::new("no-pages"))?;
        all.retain(|subject| subject.kind == Kind::Document && self.is_asked(&subject.name));
        if all.is_empty() {
            return Err(Failure::Usage("no document has such a name".to_owned()));
        }
        let known = Known::read(root)?;
        let mut verdicts = Vec::new();
        let mut fine = true;
        for subject in &all {
            let document = disk_path(&specs, subject);
            match verdict(subject, &document, &prism, &bench) {
                Ok(verdict) => {
                    let findings = table::findings(&verdict, &known);
                    fine &= findings.is_empty();
                    console.print(&(table::line(&verdict, &known) + &findings));
                    verdicts.push(verdict);
                }
                Err(mut report) => {
                    fine = false;
                    report.problems.retain(|problem| problem.severity == Severity::Error);
                    let text = render(&report, false);
                    console.print(&format!("{:24} FAILED\n{text}", subject.name));
                }
            }
        }
        let (text, as_expected) = table::close(&verdicts, &known);
        console.print(&text);
        Ok(fine && as_expected)
    }

    fn is_asked(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|asked| name.contains(asked))
    }
}

fn disk_path(specs: &Path, subject: &Subject) -> PathBuf {
    specs.join(subject.inputs.first().map_or("", |input| input.file.as_str()))
}

/// What the judge says of one document's client.
fn verdict(
    subject: &Subject,
    document: &Path,
    prism: &Prism,
    bench: &Workbench,
) -> Result<Verdict, Report> {
    let output = generate(subject, &bench.runtime).result?;
    let operations = output.vendors.iter().map(|vendor| vendor.operations).sum();
    let built = bench.build(&subject.name, &output.files, "call_everything")?;
    // Every crate's program has the same location below the shared target folder.
    let program = prism.folder.join(&subject.name);
    std::fs::copy(&built.program, &program).map_err(disk::failed("copy", &built.program))?;
    let mut verdict = Verdict::new(&subject.name, operations);
    let strict = Judge::start(&prism.script, document, Manner::Strict, &built.folder)?;
    for mode in [Mode::Required, Mode::All] {
        let before = strict.requests()?.len();
        let calls = calls::run(&program, strict.url(), mode)?;
        verdict.judged(mode, &calls, strict.requests()?.get(before..).unwrap_or_default());
    }
    drop(strict);
    let inventive = Judge::start(&prism.script, document, Manner::Inventive, &built.folder)?;
    let calls = calls::run(&program, inventive.url(), Mode::Repeated(REPEAT))?;
    verdict.responded(&calls, &inventive.requests()?);
    Ok(verdict)
}

/// A folder's file, read.
fn read(path: &Path) -> Result<String, Report> {
    std::fs::read_to_string(path).map_err(disk::failed("read", path))
}
