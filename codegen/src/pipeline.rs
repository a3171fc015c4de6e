//! The pipeline: calls the stages in their order, and passes data and problems on.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::coverage::Coverage;
use crate::dialect::{self, KeywordLedger, OpenApi30};
use crate::emit::{self, CrateOptions};
use crate::files::Files;
use crate::ir::{Api, TypeId};
use crate::manifest::{Manifest, Names};
use crate::page::Page;
use crate::plan::{NameOverrides, Plan};
use crate::report::{Location, Problem, Report};
use crate::select::{self, Selection};
use crate::source::{self, Diagnostics, Input, Node, Sources};
use crate::surface::{self, Surface};
use crate::{infer, lower, merge, oai_overlay, overlay, page, plan, unify};

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
    /// `overlay.yaml`, in either form.
    pub overlay: Option<Input>,
    /// Whether a mistake in the input is an error even if the rest could be generated: a reference
    /// to a missing component, an invalid value of a keyword, pages that contradict each other.
    /// Otherwise it is a warning. Meant for documents that someone maintains.
    pub strict: bool,
    /// The names of earlier runs, from [`Summary::names`]; they do not change. The names in
    /// `vendor.toml` take precedence.
    pub recorded: Names,
    /// Which operations are generated.
    pub selection: Selection,
    /// Whether documents that have no server in common are merged. Otherwise that is an error, since they
    /// may belong to unrelated APIs.
    pub merge_unrelated: bool,
}

/// The result of a run.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Every file of the crate.
    pub files: Files,
    /// A summary of each vendor, in the order of the vendors.
    pub vendors: Vec<Summary>,
    /// The documents that were read, which the report refers to.
    pub sources: Sources,
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
    /// The public items of the generated code.
    pub surface: Surface,
}

/// Generates one crate with a module for each vendor.
///
/// # Errors
///
/// Returns every problem of every vendor if any of them is an error.
pub fn generate_workspace_crate(vendors: &[Vendor]) -> Result<Output, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let planned = vendors.iter().filter_map(|vendor| plan_vendor(vendor, &mut diagnostics));
    let (plans, summaries): (Vec<_>, Vec<_>) =
        planned.map(|vendor| (vendor.plan, vendor.summary)).unzip();
    finish(diagnostics, summaries, || emit::workspace_files(&plans))
}

/// Generates a separate crate for one API.
///
/// # Errors
///
/// Returns every problem of the input if any of them is an error.
pub fn generate_crate(vendor: &Vendor, options: &CrateOptions) -> Result<Output, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    match plan_vendor(vendor, &mut diagnostics) {
        Some(PlannedVendor { plan, summary, .. }) => {
            finish(diagnostics, vec![summary], || emit::crate_files(&plan, options))
        }
        None => Err(diagnostics),
    }
}

/// Generates the module of one API, for a package that includes it. `path` is the path of the module
/// in that package, such as `crate::orders_api`. The files are those of the module's folder. Resources
/// have no Cargo features.
///
/// # Errors
///
/// Returns every problem of the input if any of them is an error.
pub fn generate_module(vendor: &Vendor, path: &str) -> Result<Output, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    // Cargo features would have to be in the manifest of the package that includes the module.
    let mut vendor = vendor.clone();
    vendor.manifest.names.features = Some(false);
    match plan_vendor(&vendor, &mut diagnostics) {
        Some(PlannedVendor { plan, summary, .. }) => {
            finish(diagnostics, vec![summary], || emit::standalone_module_files(&plan, path))
        }
        None => Err(diagnostics),
    }
}

fn finish(
    mut diagnostics: Diagnostics,
    vendors: Vec<Summary>,
    emit: impl FnOnce() -> Result<Files, String>,
) -> Result<Output, Diagnostics> {
    if diagnostics.report.has_errors() {
        return Err(diagnostics);
    }
    match emit() {
        Ok(files) => {
            let Diagnostics { sources, report } = diagnostics;
            Ok(Output { files, vendors, sources, report })
        }
        Err(message) => {
            let help = "this is a bug in Docwright: please report it";
            diagnostics.report.push(Problem::error(Location::Run, message).help(help));
            Err(diagnostics)
        }
    }
}

/// The plan for one vendor, and the input it was made from.
pub(crate) struct PlannedVendor {
    pub(crate) plan: Plan,
    pub(crate) summary: Summary,
    pub(crate) api: Api,
    pub(crate) openapi: OpenApi30,
    /// The key of each type of the API in `vendor.toml`.
    pub(crate) keys: Vec<String>,
}

/// Reads and plans one vendor's API. Its documents and problems are added to `diagnostics`.
pub(crate) fn plan_vendor(vendor: &Vendor, diagnostics: &mut Diagnostics) -> Option<PlannedVendor> {
    let Diagnostics { sources, report } = diagnostics;
    let mut vendor_report = Report { strict: vendor.strict, ..Report::default() };
    let planned = load_api(vendor, sources, &mut vendor_report)
        .and_then(|loaded| plan_api(vendor, loaded, &mut vendor_report));
    select::demote_rule_warnings(&vendor.selection, &vendor.manifest, &mut vendor_report);
    sources.documents.extend(vendor.manifest.source_text.as_ref().map(|text| text.document()));
    report.problems.append(&mut vendor_report.problems);
    planned
}

fn plan_api(vendor: &Vendor, loaded: LoadedApi, report: &mut Report) -> Option<PlannedVendor> {
    let LoadedApi { api, openapi, keys, pages, ledger } = loaded;
    let root = openapi.root();
    let (manifest, recorded) = (&vendor.manifest, &vendor.recorded);
    let overrides = NameOverrides { manifest, recorded, keys: &keys };
    let plan = plan::plan(&vendor.name, &overrides, &api, root, report)?;
    let summary = Summary {
        name: vendor.name.clone(),
        pages,
        operations: plan.operations.len(),
        types: plan.types.len(),
        error_codes: plan.error_codes.as_ref().map_or(0, |codes| codes.codes.len()),
        coverage: Coverage {
            undefined_codes: undefined_codes(&api),
            ..Coverage::build(ledger, report, root, |key| is_read(key, manifest))
        },
        names: plan.names.clone(),
        inferred: summarize_inferences(&api, &plan),
        surface: surface::read_plan(&plan, &overrides, &api, root),
    };
    Some(PlannedVendor { plan, summary, api, openapi, keys })
}

/// Returns a sentence for each kind of inference, with the names of the generated code.
fn summarize_inferences(api: &Api, plan: &Plan) -> Vec<String> {
    let method = |index: usize| {
        plan.operations.get(index).map_or_else(String::new, |it| it.method.to_string())
    };
    let type_name = |id: TypeId| {
        let name = plan.type_names.get(id.0).and_then(Option::as_ref);
        name.map_or_else(String::new, ToString::to_string)
    };
    infer::summarize(api, &infer::Names { method: &method, type_name: &type_name })
}

/// Returns the error codes that are used in the document but not defined in it.
fn undefined_codes(api: &Api) -> Vec<String> {
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
    pub api: Api,
    /// The OpenAPI 3.0 tree: all documents merged, with the overlay applied.
    pub openapi: OpenApi30,
    /// The key of each type of the API in `vendor.toml`.
    pub keys: Vec<String>,
    /// The number of pages and documents read.
    pub pages: usize,
    /// The status of each keyword so far.
    pub ledger: KeywordLedger,
}

/// Reads a vendor's pages and documents: the pipeline up to `unify`. The documents are added to
/// `sources`.
pub fn load_api(vendor: &Vendor, sources: &mut Sources, report: &mut Report) -> Option<LoadedApi> {
    let pages = page::read(&inputs_and_named(vendor), sources, report);
    let mut ledger = KeywordLedger::default();
    let ParsedPages { documents, count, corrections } = parse_pages(pages, vendor, sources, report);
    let parts: Vec<_> = documents
        .into_iter()
        .filter_map(|(page, node)| {
            let node = dialect::normalise(&page, node, report, &mut ledger)?;
            Some((page, node))
        })
        .collect();
    if !vendor.merge_unrelated {
        merge::check_related(&parts, report);
    }
    let merged = merge::merge(parts, &vendor.manifest, report, &mut ledger)?;
    let merged = dialect::add_webhook_events(merged, &mut ledger);
    let openapi = match &corrections {
        Some(corrections) => overlay::apply(corrections, merged, report, &mut ledger),
        None => merged,
    };
    let openapi = select::select(openapi, &vendor.selection, &vendor.manifest, report, &mut ledger);
    if report.has_errors() {
        return None;
    }
    let mut api = lower::lower(&vendor.manifest, &openapi, report)?;
    let mut keys = lower::type_keys(&api, openapi.root());
    let (manifest, recorded) = (&vendor.manifest, &vendor.recorded);
    infer::infer(&mut api, manifest, openapi.root(), &keys, recorded, report);
    // Types of ids are added.
    keys = lower::type_keys(&api, openapi.root());
    unify::unify_types(&mut api, &mut keys, manifest, recorded);
    unify::generalize_types(&mut api, &keys, manifest, recorded, report);
    Some(LoadedApi { api, openapi, keys, pages: count, ledger })
}

/// Returns the inputs, and those of the referenced files that pages name as their documents.
fn inputs_and_named(vendor: &Vendor) -> Cow<'_, [Input]> {
    if vendor.referenced.is_empty() {
        return Cow::Borrowed(&vendor.inputs);
    }
    let named: BTreeSet<String> = vendor.inputs.iter().flat_map(named_files).collect();
    let is_input = |file: &str| vendor.inputs.iter().any(|input| input.file == file);
    let found =
        vendor.referenced.iter().filter(|it| named.contains(&it.file) && !is_input(&it.file));
    Cow::Owned(vendor.inputs.iter().chain(found).cloned().collect())
}

/// Returns the files that a page names as its documents.
fn named_files(input: &Input) -> impl Iterator<Item = String> + use<'_> {
    let documents = page::named_documents(input).into_iter();
    documents.filter_map(|document| dialect::resolve_file(&input.file, &document))
}

/// The parsed pages of a vendor.
pub(crate) struct ParsedPages {
    /// The documents, with the overlays of the OpenAPI Initiative applied.
    pub documents: Vec<(Page, Node)>,
    /// The number of pages and documents read.
    pub count: usize,
    /// The actions of `overlay.yaml`, for the merged document.
    pub corrections: Option<Node>,
}

/// Parses every page into a tree. References to other pages and to other files become part of it.
pub(crate) fn parse_pages(
    pages: Vec<Page>,
    vendor: &Vendor,
    sources: &mut Sources,
    report: &mut Report,
) -> ParsedPages {
    let mut count = pages.len();
    let (mut parts, mut overlays) = (Vec::with_capacity(count), Vec::new());
    for page in pages {
        match source::parse(sources, page.document) {
            Ok(node) if oai_overlay::is_overlay(&node) => overlays.push((page.file, node)),
            Ok(node) => parts.push((page, node)),
            Err(problem) => report.push(problem),
        }
    }
    count -= overlays.len();
    let corrections = vendor.overlay.as_ref().and_then(|overlay| match sources.parse(overlay) {
        Ok(node) if oai_overlay::is_overlay(&node) => {
            overlays.push((overlay.file.clone(), node));
            None
        }
        parsed => parsed.map_err(|problem| report.push(problem)).ok(),
    });
    for (file, overlay) in &overlays {
        oai_overlay::apply(file, overlay, &mut parts, &vendor.manifest.sources, report);
    }
    let mut files = dialect::Files::new();
    for input in &vendor.referenced {
        match sources.parse(input) {
            Ok(node) => drop(files.insert(input.file.clone(), node)),
            Err(problem) => report.push(problem),
        }
    }
    ParsedPages { documents: dialect::bundle_documents(parts, files), count, corrections }
}

/// Returns the files that a document refers to, named relative to the same folder as
/// [`Input::file`]. They need not exist. An input that cannot be read refers to no files.
#[must_use]
pub fn referenced_files(input: &Input) -> BTreeSet<String> {
    if !source::input_text(input).is_ok_and(dialect::may_reference_files) {
        return BTreeSet::new();
    }
    let named = named_files(input);
    let mut sources = Sources::default();
    let pages = page::read(std::slice::from_ref(input), &mut sources, &mut Report::default());
    let nodes = pages.iter().filter_map(|page| source::parse(&sources, page.document).ok());
    nodes.flat_map(|node| dialect::referenced_files(&input.file, &node)).chain(named).collect()
}
