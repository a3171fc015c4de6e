//! Reads one form of an API with the stages of the generator.

use std::collections::BTreeMap;
use std::path::PathBuf;

use docwright::dialect::{self, KeywordLedger, OpenApi30};
use docwright::ir::{self, Api};
use docwright::lower::{lower, type_keys};
use docwright::page::{self, Page};
use docwright::plan::{self, Operation, Plan, RustType, TypeItem};
use docwright::source::{self, Diagnostics, Node, Sources};
use docwright::{Input, Manifest, Names, Report, merge};

/// A normalised page before merging.
#[derive(Clone)]
pub struct NormalisedPage {
    /// The page around its block.
    pub page: Page,
    /// The parsed block.
    pub block: Node,
    /// The block converted to OpenAPI 3.0.
    pub node: OpenApi30,
}

impl NormalisedPage {
    /// Returns whether the page documents the operation.
    pub fn documents(&self, method: &str, path: &str) -> bool {
        self.page.target.as_ref().is_some_and(|t| t.method == method && t.path == path)
    }
}

/// One form of an API.
pub struct ApiForm {
    /// The lowered API.
    pub api: Api,
    /// The plan of the Rust code.
    pub plan: Plan,
    /// The merged OpenAPI document.
    pub document: OpenApi30,
}

/// Reads and normalises the pages of files.
pub fn read_pages(files: &[PathBuf]) -> Vec<NormalisedPage> {
    normalise_inputs(&read_files(files))
}

fn read_files(files: &[PathBuf]) -> Vec<Input> {
    let input = |file: &PathBuf| Input {
        file: file.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(file).unwrap(),
    };
    files.iter().map(input).collect()
}

/// Normalises the pages of the inputs, and panics if one is rejected.
pub fn normalise_inputs(inputs: &[Input]) -> Vec<NormalisedPage> {
    try_normalise(inputs).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

fn try_normalise(inputs: &[Input]) -> Result<Vec<NormalisedPage>, Diagnostics> {
    let mut sources = Sources::default();
    let mut report = Report { strict: false, ..Report::default() };
    let pages = page::read(inputs, &mut sources, &mut report);
    let mut normalised = Vec::new();
    for page in pages {
        let block = source::parse(&sources, page.document).map_err(|problem| report.push(problem));
        let Ok(block) = block else { continue };
        let node =
            dialect::normalise(&page, block.clone(), &mut report, &mut KeywordLedger::default());
        normalised.extend(node.map(|node| NormalisedPage { page, block, node }));
    }
    if report.has_errors() { Err(Diagnostics { sources, report }) } else { Ok(normalised) }
}

impl ApiForm {
    /// Reads files as one API, or returns the problems.
    pub fn read(files: &[PathBuf]) -> Result<Self, Report> {
        let pages = try_normalise(&read_files(files)).map_err(|diagnostics| diagnostics.report)?;
        Self::try_from_pages(pages)
    }

    /// Merges pages into one API, and panics if they are rejected.
    pub fn from_pages(pages: Vec<NormalisedPage>) -> Self {
        Self::try_from_pages(pages).unwrap_or_else(|report| panic!("{:#?}", report.problems))
    }

    fn try_from_pages(pages: Vec<NormalisedPage>) -> Result<Self, Report> {
        let pages = pages.into_iter().map(|it| (it.page, it.node)).collect();
        let mut report = Report { strict: false, ..Report::default() };
        let manifest = Manifest::default();
        let merged = merge::merge(pages, &manifest, &mut report, &mut KeywordLedger::default());
        let Some(document) = merged else { return Err(report) };
        let Some(api) = lower(&manifest, &document, &mut report) else { return Err(report) };
        let (recorded, keys) = (Names::default(), type_keys(&api, document.root()));
        let overrides =
            plan::NameOverrides { manifest: &manifest, recorded: &recorded, keys: &keys };
        let plan = plan::plan("acme", &overrides, &api, document.root(), &mut report);
        let Some(plan) = plan else { return Err(report) };
        Ok(Self { api, plan, document })
    }

    /// Returns the operations of the API and of the plan by method and path: `GET /pets`.
    pub fn operations(&self) -> BTreeMap<String, (&ir::Operation, &Operation)> {
        let operations = self.api.operations.iter().zip(&self.plan.operations);
        let entries = operations.map(|(operation, planned)| {
            let method = format!("{:?}", operation.method).to_uppercase();
            (format!("{method} {}", operation.template), (operation, planned))
        });
        entries.collect()
    }

    /// Returns the named types by name.
    pub fn items(&self) -> BTreeMap<&str, &TypeItem> {
        self.plan.types.iter().map(|item| (item.name().as_str(), item)).collect()
    }

    /// Returns the key of the component whose type has this name.
    pub fn component(&self, name: &str) -> Option<&str> {
        let has_name = |ty: &RustType| matches!(ty, RustType::Named(it) if it.as_str() == name);
        self.plan.components.iter().find(|(_, ty)| has_name(ty)).map(|(key, _)| key.as_str())
    }
}
