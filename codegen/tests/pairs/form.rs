//! One form of a description, read as the tool reads it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use docwright::dialect::{self, KeywordLedger};
use docwright::ir::{self, Api};
use docwright::lower::{lower, type_keys};
use docwright::page::{self, Page};
use docwright::plan::{self, Item, Operation, Plan, RustType};
use docwright::source::render::render;
use docwright::source::{self, Node};
use docwright::{Input, Manifest, Names, Report, merge};

/// A page, normalised and not yet merged.
#[derive(Clone)]
pub struct Part {
    /// What the page says around its block.
    pub page: Page,
    /// The block as parsed.
    pub block: Node,
    /// The block as OpenAPI.
    pub node: Node,
}

/// The pages of one or more files.
pub type Parts = Vec<Part>;

impl Part {
    /// Whether the page is about the operation.
    pub fn is_about(&self, method: &str, path: &str) -> bool {
        self.page.target.as_ref().is_some_and(|t| t.method == method && t.path == path)
    }
}

/// What one form becomes.
pub struct Side {
    /// What the API says.
    pub api: Api,
    /// What the Rust will say.
    pub plan: Plan,
    /// What was lowered.
    pub openapi: Node,
}

/// The pages of files.
pub fn read(files: &[PathBuf]) -> Parts {
    read_texts(&inputs(files))
}

fn inputs(files: &[PathBuf]) -> Vec<Input> {
    let input = |file: &PathBuf| Input {
        file: file.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(file).unwrap(),
    };
    files.iter().map(input).collect()
}

/// The pages of files that were read.
pub fn read_texts(inputs: &[Input]) -> Parts {
    parts(inputs).unwrap_or_else(|report| panic!("{}", render(&report, false)))
}

fn parts(inputs: &[Input]) -> Result<Parts, Report> {
    let mut report = Report { lenient: true, ..Report::default() };
    let (sources, pages) = page::read(inputs, &mut report);
    let mut parts = Vec::new();
    for page in pages {
        let block = source::parse(&sources, page.document).map_err(|problem| report.push(problem));
        let Ok(block) = block else { continue };
        let normal =
            dialect::normalise(&page, block.clone(), &mut report, &mut KeywordLedger::default());
        parts.extend(normal.map(|node| Part { page, block, node }));
    }
    report.sources = sources;
    if report.has_errors() { Err(report) } else { Ok(parts) }
}

impl Side {
    /// What files become together, or why they are refused.
    pub fn read(files: &[PathBuf]) -> Result<Self, Report> {
        Self::try_of(parts(&inputs(files))?)
    }

    /// What `parts` become together.
    pub fn of(parts: Parts) -> Self {
        Self::try_of(parts).unwrap_or_else(|report| panic!("{:#?}", report.problems))
    }

    fn try_of(parts: Parts) -> Result<Self, Report> {
        let parts = parts.into_iter().map(|part| (part.page, part.node)).collect();
        let mut report = Report { lenient: true, ..Report::default() };
        let manifest = Manifest::default();
        let merged = merge::merge(parts, &manifest, &mut report, &mut KeywordLedger::default());
        let Some(openapi) = merged else { return Err(report) };
        let Some(api) = lower(&manifest, &openapi, &mut report) else { return Err(report) };
        let (recorded, keys) = (Names::default(), type_keys(&api, &openapi));
        let fixed = plan::NameOverrides { manifest: &manifest, recorded: &recorded, keys: &keys };
        let plan = plan::plan("acme", &fixed, &api);
        Ok(Self { api, plan, openapi })
    }

    /// Operations by `GET /pets`: what the API says, and what the Rust will say.
    pub fn operations(&self) -> BTreeMap<String, (&ir::Operation, &Operation)> {
        let both = self.api.operations.iter().zip(&self.plan.operations);
        let named = both.map(|(said, planned)| {
            let method = format!("{:?}", said.method).to_uppercase();
            (format!("{method} {}", said.template), (said, planned))
        });
        named.collect()
    }

    /// Named types by name.
    pub fn items(&self) -> BTreeMap<&str, &Item> {
        self.plan.types.iter().map(|item| (item.name().as_str(), item)).collect()
    }

    /// The component that the type called `name` is.
    pub fn component(&self, name: &str) -> Option<&str> {
        let is_it = |ty: &RustType| matches!(ty, RustType::Named(named) if named.as_str() == name);
        self.plan.components.iter().find(|(_, ty)| is_it(ty)).map(|(key, _)| key.as_str())
    }
}
