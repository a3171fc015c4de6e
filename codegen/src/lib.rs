//! Turns API documentation pages and OpenAPI documents into Rust clients.
//!
//! The library does no I/O: bytes in, [`Files`] or a [`Report`] out. (What the `docwright` command
//! does with the disk is in `cli`, which only exists with the feature of that name.) Data flows one
//! way, and the modules below stand in the order of that flow; a module uses only modules above it.

#[cfg(feature = "cli")]
pub mod cli;
pub mod coverage;
pub mod dialect;
pub mod emit;
pub mod files;
pub mod inspect;
pub mod ir;
pub mod lower;
pub mod manifest;
pub mod merge;
pub mod overlay;
pub mod page;
pub mod plan;
pub mod report;
pub mod source;

pub use coverage::Coverage;
pub use emit::{CrateOptions, RuntimeDependency};
pub use files::Files;
pub use inspect::{Inspection, inspect};
pub use manifest::{Manifest, Names};
pub use report::{Problem, Report};

use std::collections::BTreeSet;

use dialect::KeywordLedger;
use page::Page;
use report::{LeavesOut, Location};
use source::Node;

/// Everything known about one vendor, as read from disk by the caller.
#[derive(Debug, Clone, Default)]
pub struct Vendor {
    /// The Rust module's (or crate's) name, such as `orders_api`.
    pub name: String,
    /// `vendor.toml`
    pub manifest: Manifest,
    /// The pages and documents, in any order. One that is no description, and that another refers to,
    /// is read as part of that.
    pub inputs: Vec<Input>,
    /// More documents that `inputs` may refer to; nothing else of them is read. See [`files_beside`].
    pub beside: Vec<Input>,
    /// `overlay.yaml`
    pub overlay: Option<Input>,
    /// Whether a mistake of the description stops the run even where the rest could be generated: a
    /// reference to nothing, a value that is none of those its keyword takes, pages that contradict
    /// each other. Otherwise it is a warning. For descriptions that someone looks after.
    pub strict: bool,
    /// The names given before, from [`Summary::names`]: they stay. Those of `vendor.toml` go first.
    pub recorded: Names,
}

/// A file's name and content.
#[derive(Debug, Clone)]
pub struct Input {
    /// The name as problems show it: a path with `/` between parts.
    pub file: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What a run made.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Every file of the crate.
    pub files: Files,
    /// What each vendor's description came to, in the order of the vendors.
    pub vendors: Vec<Summary>,
    /// Warnings and notes.
    pub report: Report,
}

/// What one vendor's description came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The vendor's name.
    pub name: String,
    /// Pages and documents read.
    pub pages: usize,
    /// Operations generated.
    pub operations: usize,
    /// Types generated.
    pub types: usize,
    /// Error codes generated.
    pub error_codes: usize,
    /// What became of every keyword.
    pub coverage: Coverage,
    /// The names that another page could change, to be given as [`Vendor::recorded`] the next time.
    pub names: Names,
    /// What was inferred and `vendor.toml` can fix, a sentence each.
    pub inferred: Vec<String>,
}

/// One crate with a module for each vendor.
///
/// # Errors
///
/// Every problem of every vendor, if any of them is an error.
pub fn generate_workspace_crate(vendors: &[Vendor]) -> Result<Output, Report> {
    let mut report = Report::default();
    let decided: Vec<Option<Decided>> =
        vendors.iter().map(|vendor| decide(vendor, &mut report)).collect();
    let decided = decided.into_iter().flatten();
    let (plans, summaries): (Vec<_>, Vec<_>) = decided.map(|d| (d.plan, d.summary)).unzip();
    finish(report, summaries, || emit::workspace_files(&plans))
}

/// A crate of its own with one API.
///
/// # Errors
///
/// Every problem of the description, if any of them is an error.
pub fn generate_crate(vendor: &Vendor, options: &CrateOptions) -> Result<Output, Report> {
    let mut report = Report::default();
    let Some(Decided { plan, summary, .. }) = decide(vendor, &mut report) else {
        return Err(report);
    };
    finish(report, vec![summary], || emit::crate_files(&plan, options))
}

fn finish(
    mut report: Report,
    vendors: Vec<Summary>,
    emit: impl FnOnce() -> Result<Files, String>,
) -> Result<Output, Report> {
    if report.has_errors() {
        return Err(report);
    }
    match emit() {
        Ok(files) => Ok(Output { files, vendors, report }),
        Err(what) => {
            report.push(
                Problem::error(Location::Run, what)
                    .help("this is a defect of Docwright: please report it"),
            );
            Err(report)
        }
    }
}

/// One vendor's description, decided, and what it was decided from.
struct Decided {
    plan: plan::Plan,
    summary: Summary,
    api: ir::Api,
    openapi: Node,
    /// What each type of the API is called in `vendor.toml`.
    keys: Vec<String>,
}

/// Decides one vendor's description; its problems are added to `report`.
fn decide(vendor: &Vendor, report: &mut Report) -> Option<Decided> {
    let mut own = Report { lenient: !vendor.strict, ..Report::default() };
    let decided =
        describe(vendor, &mut own).and_then(|described| name_all(vendor, described, &mut own));
    if let Some(written) = &vendor.manifest.written {
        written.show_in(&mut own);
    }
    let offset = report.absorb(own);
    decided.map(|decided| {
        let Decided { summary, .. } = decided;
        let coverage = summary.coverage.moved(offset);
        Decided { summary: Summary { coverage, ..summary }, ..decided }
    })
}

fn name_all(vendor: &Vendor, described: Description, report: &mut Report) -> Option<Decided> {
    let Description { api, openapi, pages, account } = described;
    unsupported(&api, &openapi, report);
    if api.operations.is_empty() {
        let what = format!("`{}` has no operation", vendor.name);
        let help =
            "a client needs at least one operation: see the other problems, or check the input";
        let location = Location::Member(openapi.get("paths").unwrap_or(&openapi).origin);
        report.push(Problem::error(location, what).help(help));
        return None;
    }
    let keys = lower::type_keys(&api, &openapi);
    let (manifest, recorded) = (&vendor.manifest, &vendor.recorded);
    let fixed = plan::NameOverrides { manifest, recorded, keys: &keys };
    report.problems.extend(plan::check_names(&fixed, &api));
    name_conflicts(&fixed, &api, &openapi, report);
    let plan = plan::plan(&vendor.name, &fixed, &api);
    let wrong = plan::pagination::check(&fixed, &api, &plan.types, &plan.operations);
    report.problems.extend(wrong);
    for what in &plan.renamed {
        let help = "callers have to follow; vendor.toml can give the name back";
        report.push(Problem::warning(Location::Run, what).help(help));
    }
    let summary = Summary {
        name: vendor.name.clone(),
        pages,
        operations: plan.operations.len(),
        types: plan.types.len(),
        error_codes: plan.error_codes.as_ref().map_or(0, |codes| codes.codes.len()),
        coverage: Coverage {
            undefined_codes: undefined_codes(&api),
            ..Coverage::close(account, report, &openapi, |key| is_read(key, manifest))
        },
        names: plan.names.clone(),
        inferred: [plan::pagination::inferred, plan::signing::inferred]
            .iter()
            .flat_map(|told| told(&plan.operations))
            .collect(),
    };
    Some(Decided { plan, summary, api, openapi, keys })
}

/// Says what the printed code does not carry of the API.
fn unsupported(api: &ir::Api, openapi: &Node, report: &mut Report) {
    for left in plan::unsupported::of(api) {
        let plan::unsupported::Unsupported { pointer, what, help, whole, told } = left;
        let exact = openapi.pointer(&pointer).or_else(|| shared(openapi, &pointer));
        let above = || openapi.pointer(pointer.get(..pointer.rfind('/')?)?);
        let extent = match exact {
            Some(_) if whole => LeavesOut::Whole,
            Some(_) | None => LeavesOut::Something,
        };
        let Some(node) = exact.or_else(above) else { continue };
        let location = Location::Member(node.origin);
        match (told, exact) {
            (true, _) => {
                report.push(Problem::warning(location, what).help(help).leaves_out(extent))
            }
            (false, Some(_)) => report.push(Problem::left_out(location, what)),
            // Nothing stands there that could be left out.
            (false, None) => {}
        }
    }
}

/// What a path item says for an operation, as `servers`.
fn shared<'n>(openapi: &'n Node, pointer: &str) -> Option<&'n Node> {
    let (operation, key) = pointer.rsplit_once('/')?;
    let (item, _) = operation.rsplit_once('/')?;
    openapi.pointer(&format!("{item}/{key}"))
}

/// Says which operations want one name.
fn name_conflicts(
    fixed: &plan::NameOverrides<'_>,
    api: &ir::Api,
    openapi: &Node,
    report: &mut Report,
) {
    for clash in plan::name_conflicts::of(fixed, api) {
        let node = openapi.pointer(&clash.pointer);
        let location = node.map_or(Location::Run, |node| Location::Member(node.origin));
        let problem = match (clash.wrong, report.lenient) {
            (true, false) => Problem::error(location, clash.what),
            (true, true) => Problem::warning(location, clash.what),
            (false, _) => Problem::note(location, clash.what),
        };
        report.push(problem.help(clash.help));
    }
}

/// The error codes that are only names.
fn undefined_codes(api: &ir::Api) -> Vec<String> {
    let codes = api.errors.iter().flat_map(|errors| &errors.codes);
    codes.filter(|code| !code.defined).map(|code| code.wire.clone()).collect()
}

/// Whether an extension of this name is read.
fn is_read(extension: &str, manifest: &Manifest) -> bool {
    let rules = manifest.error_codes.iter().flat_map(|rule| rule.extensions.values());
    lower::reads(extension)
        || dialect::reads(extension)
        || rules.into_iter().any(|named| named == extension)
}

/// What a vendor's pages say, and where it was read.
#[derive(Debug, Clone)]
pub struct Description {
    /// What the API says.
    pub api: ir::Api,
    /// The tree it was read from: all documents as one, in OpenAPI 3.0, corrected.
    pub openapi: Node,
    /// Pages and documents read.
    pub pages: usize,
    /// What became of every keyword so far.
    pub account: KeywordLedger,
}

/// The pipeline up to what the API says.
pub fn describe(vendor: &Vendor, report: &mut Report) -> Option<Description> {
    let (sources, pages) = page::read(&vendor.inputs, report);
    report.sources = sources;
    let count = pages.len();
    let mut account = KeywordLedger::default();
    let parts: Vec<_> = read(pages, &vendor.beside, report)
        .into_iter()
        .filter_map(|(page, node)| {
            let node = dialect::normalise(&page, node, report, &mut account)?;
            Some((page, node))
        })
        .collect();
    let merged = merge::merge(parts, &vendor.manifest, report, &mut account)?;
    let openapi = correct(vendor, merged, report);
    if report.has_errors() {
        return None;
    }
    let api = lower::lower(&vendor.manifest, &openapi, report)?;
    Some(Description { api, openapi, pages: count, account })
}

/// Every description as a tree, with what it says by reference to the others and to `beside`.
fn read(pages: Vec<Page>, beside: &[Input], report: &mut Report) -> Vec<(Page, Node)> {
    let read = |document: u32, report: &mut Report| {
        source::parse(&report.sources, document).map_err(|problem| report.push(problem)).ok()
    };
    let mut parts = Vec::with_capacity(pages.len());
    for page in pages {
        parts.extend(read(page.document, report).map(|node| (page, node)));
    }
    let mut files = dialect::Files::new();
    for input in beside {
        match report.sources.add(input) {
            Ok(document) => {
                files.extend(read(document, report).map(|node| (input.file.clone(), node)));
            }
            Err(problem) => report.push(problem),
        }
    }
    dialect::join(parts, files)
}

/// The files that a description refers to, named as it is; none of them need be there. One that
/// cannot be read refers to nothing.
#[must_use]
pub fn files_beside(input: &Input) -> BTreeSet<String> {
    if !source::text(input).is_ok_and(dialect::may_name_files) {
        return BTreeSet::new();
    }
    let (sources, pages) = page::read(std::slice::from_ref(input), &mut Report::default());
    let nodes = pages.iter().filter_map(|page| source::parse(&sources, page.document).ok());
    nodes.flat_map(|node| dialect::files_beside(&input.file, &node)).collect()
}

/// The overlay's actions, where there is an overlay.
fn correct(vendor: &Vendor, openapi: Node, report: &mut Report) -> Node {
    let Some(overlay) = &vendor.overlay else { return openapi };
    let document = report.sources.add(overlay);
    match document.and_then(|document| source::parse(&report.sources, document)) {
        Ok(actions) => overlay::apply(&actions, openapi, report),
        Err(problem) => {
            report.push(problem);
            openapi
        }
    }
}
