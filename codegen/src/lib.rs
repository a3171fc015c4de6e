//! Turns API documentation pages and OpenAPI documents into Rust clients.
//!
//! The library does no I/O: it takes bytes and returns [`Files`] or a [`Report`]. (The `docwright`
//! command, which reads and writes files, is in `cli`, behind the feature of that name.) Data flows
//! in one direction, `page → source → dialect → merge → overlay → lower → ir → plan → emit`, and a
//! stage uses only the stages before it.

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
use report::{Location, Skipped};
use source::Node;

/// The input for one vendor, as read from disk by the caller.
#[derive(Debug, Clone, Default)]
pub struct Vendor {
    /// The name of the Rust module or crate, such as `orders_api`.
    pub name: String,
    /// `vendor.toml`
    pub manifest: Manifest,
    /// The pages and documents, in any order. A file that is not an OpenAPI document itself is read
    /// as part of the document that refers to it.
    pub inputs: Vec<Input>,
    /// Files that `inputs` may refer to; only the parts that are referred to are read. See
    /// [`referenced_files`].
    pub referenced: Vec<Input>,
    /// `overlay.yaml`
    pub overlay: Option<Input>,
    /// Whether a mistake in the input is an error even if the rest could be generated: a reference
    /// to a missing component, an invalid value of a keyword, pages that contradict each other.
    /// Otherwise it is a warning. Meant for documents that someone maintains.
    pub strict: bool,
    /// The names of earlier runs, from [`Summary::names`]; they do not change. The names in
    /// `vendor.toml` take precedence.
    pub recorded: Names,
}

/// The name and content of a file.
#[derive(Debug, Clone)]
pub struct Input {
    /// The name shown in problems: a path with `/` between its parts.
    pub file: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The result of a run.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Every file of the crate.
    pub files: Files,
    /// A summary of each vendor, in the order of the vendors.
    pub vendors: Vec<Summary>,
    /// Warnings and notes.
    pub report: Report,
}

/// A summary of what was generated for one vendor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The vendor's name.
    pub name: String,
    /// The number of pages and documents read.
    pub pages: usize,
    /// The number of operations generated.
    pub operations: usize,
    /// The number of types generated.
    pub types: usize,
    /// The number of error codes generated.
    pub error_codes: usize,
    /// Which keywords were generated, ignored or not generated.
    pub coverage: Coverage,
    /// The names to pass as [`Vendor::recorded`] in the next run, so that a change of the input
    /// does not rename anything.
    pub names: Names,
    /// What was inferred and can be overridden in `vendor.toml`, one sentence each.
    pub inferred: Vec<String>,
}

/// Generates one crate with a module for each vendor.
///
/// # Errors
///
/// Returns every problem of every vendor if any of them is an error.
pub fn generate_workspace_crate(vendors: &[Vendor]) -> Result<Output, Report> {
    let mut report = Report::default();
    let planned: Vec<Option<PlannedVendor>> =
        vendors.iter().map(|vendor| plan_vendor(vendor, &mut report)).collect();
    let planned = planned.into_iter().flatten();
    let (plans, summaries): (Vec<_>, Vec<_>) =
        planned.map(|vendor| (vendor.plan, vendor.summary)).unzip();
    finish(report, summaries, || emit::workspace_files(&plans))
}

/// Generates a separate crate for one API.
///
/// # Errors
///
/// Returns every problem of the input if any of them is an error.
pub fn generate_crate(vendor: &Vendor, options: &CrateOptions) -> Result<Output, Report> {
    let mut report = Report::default();
    let Some(PlannedVendor { plan, summary, .. }) = plan_vendor(vendor, &mut report) else {
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
        Err(message) => {
            report.push(
                Problem::error(Location::Run, message)
                    .help("this is a bug in Docwright: please report it"),
            );
            Err(report)
        }
    }
}

/// The plan for one vendor, and the input it was made from.
struct PlannedVendor {
    plan: plan::Plan,
    summary: Summary,
    api: ir::Api,
    openapi: Node,
    /// The key of each type of the API in `vendor.toml`.
    keys: Vec<String>,
}

/// Reads and plans one vendor's API. Its problems are added to `report`.
fn plan_vendor(vendor: &Vendor, report: &mut Report) -> Option<PlannedVendor> {
    let mut vendor_report = Report { strict: vendor.strict, ..Report::default() };
    let planned = load_api(vendor, &mut vendor_report)
        .and_then(|loaded| plan_api(vendor, loaded, &mut vendor_report));
    if let Some(source_text) = &vendor.manifest.source_text {
        source_text.add_to(&mut vendor_report);
    }
    let offset = report.absorb(vendor_report);
    planned.map(|planned| {
        let PlannedVendor { summary, .. } = planned;
        let coverage = summary.coverage.offset_documents(offset);
        PlannedVendor { summary: Summary { coverage, ..summary }, ..planned }
    })
}

fn plan_api(vendor: &Vendor, loaded: LoadedApi, report: &mut Report) -> Option<PlannedVendor> {
    let LoadedApi { api, openapi, pages, ledger } = loaded;
    report_unsupported(&api, &openapi, report);
    if api.operations.is_empty() {
        let message = format!("`{}` has no operation", vendor.name);
        let help =
            "a client needs at least one operation: see the other problems, or check the input";
        let location = Location::Entry(openapi.get("paths").unwrap_or(&openapi).origin);
        report.push(Problem::error(location, message).help(help));
        return None;
    }
    let keys = lower::type_keys(&api, &openapi);
    let (manifest, recorded) = (&vendor.manifest, &vendor.recorded);
    let overrides = plan::NameOverrides { manifest, recorded, keys: &keys };
    report.problems.extend(plan::check_names(&overrides, &api));
    let plan = plan::plan(&vendor.name, &overrides, &api);
    report_name_conflicts(&plan, &openapi, report);
    let problems = plan::pagination::check(&overrides, &api, &plan.types, &plan.operations);
    report.problems.extend(problems);
    for message in &plan.renamed {
        let help = "callers must use the new name; [names] in vendor.toml can restore the old one";
        report.push(Problem::warning(Location::Run, message).help(help));
    }
    let summary = Summary {
        name: vendor.name.clone(),
        pages,
        operations: plan.operations.len(),
        types: plan.types.len(),
        error_codes: plan.error_codes.as_ref().map_or(0, |codes| codes.codes.len()),
        coverage: Coverage {
            undefined_codes: undefined_codes(&api),
            ..Coverage::build(ledger, report, &openapi, |key| is_read(key, manifest))
        },
        names: plan.names.clone(),
        inferred: [
            plan::pagination::summarize_inferred(&plan.operations),
            plan::signing::summarize_inferred(&plan.operations),
        ]
        .concat(),
    };
    Some(PlannedVendor { plan, summary, api, openapi, keys })
}

/// Reports the parts of the API that the generated code does not support.
fn report_unsupported(api: &ir::Api, openapi: &Node, report: &mut Report) {
    for unsupported in plan::unsupported::collect(api) {
        let plan::unsupported::Unsupported { pointer, message, help, whole, warn } = unsupported;
        let exact = openapi.pointer(&pointer).or_else(|| path_item_key(openapi, &pointer));
        let parent = || openapi.pointer(pointer.get(..pointer.rfind('/')?)?);
        let skipped = match exact {
            Some(_) if whole => Skipped::Whole,
            Some(_) | None => Skipped::Part,
        };
        let Some(node) = exact.or_else(parent) else { continue };
        let location = Location::Entry(node.origin);
        match (warn, exact) {
            (true, _) => {
                report.push(Problem::warning(location, message).help(help).skipped(skipped));
            }
            (false, Some(_)) => report.push(Problem::skip_note(location, message)),
            // There is no keyword at the pointer that could be skipped.
            (false, None) => {}
        }
    }
}

/// Returns what the path item states for one of its operations, such as `servers`.
fn path_item_key<'n>(openapi: &'n Node, pointer: &str) -> Option<&'n Node> {
    let (operation, key) = pointer.rsplit_once('/')?;
    let (item, _) = operation.rsplit_once('/')?;
    openapi.pointer(&format!("{item}/{key}"))
}

/// Reports operations that would have the same name.
fn report_name_conflicts(plan: &plan::Plan, openapi: &Node, report: &mut Report) {
    for conflict in plan.name_conflicts.iter().cloned() {
        let node = openapi.pointer(&conflict.pointer);
        let location = node.map_or(Location::Run, |node| Location::Entry(node.origin));
        let problem = match (conflict.invalid, report.strict) {
            (true, true) => Problem::error(location, conflict.message),
            (true, false) => Problem::warning(location, conflict.message),
            (false, _) => Problem::note(location, conflict.message),
        };
        report.push(problem.help(conflict.help));
    }
}

/// Returns the error codes that are used in the document but not defined in it.
fn undefined_codes(api: &ir::Api) -> Vec<String> {
    let codes = api.errors.iter().flat_map(|errors| &errors.codes);
    codes.filter(|code| !code.defined).map(|code| code.wire.clone()).collect()
}

/// Returns whether the specification extension `extension` is read.
fn is_read(extension: &str, manifest: &Manifest) -> bool {
    let rules = manifest.error_codes.iter().flat_map(|rule| rule.extensions.values());
    lower::reads_extension(extension)
        || dialect::reads_extension(extension)
        || rules.into_iter().any(|name| name == extension)
}

/// An API and the OpenAPI tree that it was read from.
#[derive(Debug, Clone)]
pub struct LoadedApi {
    /// The API.
    pub api: ir::Api,
    /// The OpenAPI 3.0 tree: all documents merged, with the overlay applied.
    pub openapi: Node,
    /// The number of pages and documents read.
    pub pages: usize,
    /// The status of each keyword so far.
    pub ledger: KeywordLedger,
}

/// Reads a vendor's pages and documents: the pipeline up to `lower`.
pub fn load_api(vendor: &Vendor, report: &mut Report) -> Option<LoadedApi> {
    let (sources, pages) = page::read(&vendor.inputs, report);
    report.sources = sources;
    let count = pages.len();
    let mut ledger = KeywordLedger::default();
    let parts: Vec<_> = parse_pages(pages, &vendor.referenced, report)
        .into_iter()
        .filter_map(|(page, node)| {
            let node = dialect::normalise(&page, node, report, &mut ledger)?;
            Some((page, node))
        })
        .collect();
    let merged = merge::merge(parts, &vendor.manifest, report, &mut ledger)?;
    let openapi = apply_overlay(vendor, merged, report);
    if report.has_errors() {
        return None;
    }
    let api = lower::lower(&vendor.manifest, &openapi, report)?;
    Some(LoadedApi { api, openapi, pages: count, ledger })
}

/// Parses every page into a tree. References to other pages and to `referenced` become part of it.
fn parse_pages(pages: Vec<Page>, referenced: &[Input], report: &mut Report) -> Vec<(Page, Node)> {
    let parse = |document: u32, report: &mut Report| {
        source::parse(&report.sources, document).map_err(|problem| report.push(problem)).ok()
    };
    let mut parts = Vec::with_capacity(pages.len());
    for page in pages {
        parts.extend(parse(page.document, report).map(|node| (page, node)));
    }
    let mut files = dialect::Files::new();
    for input in referenced {
        match report.sources.add(input) {
            Ok(document) => {
                files.extend(parse(document, report).map(|node| (input.file.clone(), node)));
            }
            Err(problem) => report.push(problem),
        }
    }
    dialect::bundle_documents(parts, files)
}

/// Returns the files that a document refers to, named relative to the same folder as
/// [`Input::file`]. They need not exist. An input that cannot be read refers to no files.
#[must_use]
pub fn referenced_files(input: &Input) -> BTreeSet<String> {
    if !source::input_text(input).is_ok_and(dialect::may_reference_files) {
        return BTreeSet::new();
    }
    let (sources, pages) = page::read(std::slice::from_ref(input), &mut Report::default());
    let nodes = pages.iter().filter_map(|page| source::parse(&sources, page.document).ok());
    nodes.flat_map(|node| dialect::referenced_files(&input.file, &node)).collect()
}

/// Applies the actions of the overlay, if there is one.
fn apply_overlay(vendor: &Vendor, openapi: Node, report: &mut Report) -> Node {
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
