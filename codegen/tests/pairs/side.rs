//! One form of a description, read as the tool reads it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use docwright::dialect::{self, Account};
use docwright::ir::{self, Api};
use docwright::lower::{lower, type_keys};
use docwright::page::{self, Page};
use docwright::plan::{self, Item, Operation, Plan, RustType};
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
    let input = |file: &PathBuf| Input {
        file: file.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(file).unwrap(),
    };
    read_texts(&files.iter().map(input).collect::<Vec<_>>())
}

/// The pages of files that were read.
pub fn read_texts(inputs: &[Input]) -> Parts {
    let mut report = Report::default();
    let (sources, pages) = page::read(inputs, &mut report);
    let read = pages.into_iter().map(|page| {
        let block = source::parse(&sources, page.document).unwrap();
        let node = dialect::normalise(&page, block.clone(), &mut report, &mut Account::default());
        let node = node.unwrap_or_else(|| panic!("{}: {:?}", page.file, report.problems));
        Part { page, block, node }
    });
    read.collect()
}

impl Side {
    /// What `parts` become together.
    pub fn of(parts: Parts) -> Self {
        let name = parts[0].page.file.clone();
        let parts = parts.into_iter().map(|part| (part.page, part.node)).collect();
        let mut report = Report::default();
        let manifest = Manifest::default();
        let openapi = merge::merge(parts, &manifest, &mut report, &mut Account::default())
            .unwrap_or_else(|| panic!("{name}: {:#?}", report.problems));
        let api = lower(&manifest, &openapi, &mut report)
            .unwrap_or_else(|| panic!("{name}: {:#?}", report.problems));
        let (recorded, keys) = (Names::default(), type_keys(&api, &openapi));
        let fixed = plan::Fixed { manifest: &manifest, recorded: &recorded, keys: &keys };
        let plan = plan::plan("acme", &fixed, &api);
        Self { api, plan, openapi }
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
