//! `docwright inspect`: what pages or documents hold, and what becomes of it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::given::Given;
use super::{Console, DONE, FAILED, Failure, Format, summary};
use crate::report::Location;
use crate::source::locate::Locator;
use crate::source::render;
use crate::{Inspection, coverage};

/// Shows what documentation pages or OpenAPI documents hold: operations, types, and everything that
/// is not generated, with its location and the reason.
///
/// A folder stands for all pages and documents in it, and for the vendor.toml, overlay.yaml and
/// names.toml in it. Nothing is written.
///
/// The exit status is 0 if a client could be generated, 1 if the input has problems, and 2 if the
/// command line makes no sense.
#[derive(Debug, clap::Args)]
pub struct Inspect {
    #[command(flatten)]
    given: Given,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// List the keywords that are generated too
    #[arg(long)]
    all: bool,
    /// Print notes too: what was read in another way than it was written
    #[arg(long)]
    notes: bool,
}

impl Inspect {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let inspected = self.given.vendor("api".to_owned()).and_then(|(vendor, folder)| {
            let mut inspection = crate::inspect(&vendor)?;
            inspection.report.absorb(folder);
            Ok(inspection)
        });
        match (inspected, self.format) {
            (Ok(inspection), Format::Human) => {
                console.report(&inspection.report, self.notes);
                console.print(&text(&inspection, self.all));
                DONE
            }
            (Ok(inspection), Format::Json) => {
                console.print(&format!("{:#}\n", to_json(&inspection, self.all)));
                DONE
            }
            (Err(Failure::Problems(report)), Format::Json) => {
                let problems = json!({"problems": render::to_json(&report)});
                console.print(&format!("{problems:#}\n"));
                FAILED
            }
            (Err(failure), _) => console.fail(&failure),
        }
    }
}

fn text(inspection: &Inspection, all: bool) -> String {
    let sources = &inspection.report.sources;
    let mut locator = Locator::new(sources);
    let mut at = |location: &Location| match (locator.position(location), locator.file(location)) {
        (Some(position), _) => format!("{}:{}:{}", position.file, position.line, position.column),
        (None, Some(file)) => file.to_owned(),
        (None, None) => String::new(),
    };
    let mut text = String::new();
    let counted = summary::counted;
    let _ = writeln!(text, "{}", counted(inspection.operations.len(), "operation"));
    for one in &inspection.operations {
        let more = if one.deprecated { "  deprecated" } else { "" };
        let (method, path, name) = (one.method, &one.path, &one.name);
        let _ = writeln!(text, "  {method:<7} {path}  {name}  {}{more}", at(&one.location));
    }
    let _ = writeln!(text, "{}", counted(inspection.types.len(), "type"));
    for one in &inspection.types {
        let _ = writeln!(text, "  {:<7} {}  {}", one.kind, one.name, at(&one.location));
    }
    text.push_str(&coverage::text(&inspection.summary.coverage, sources, all));
    text
}

fn to_json(inspection: &Inspection, all: bool) -> Value {
    let sources = &inspection.report.sources;
    let mut locator = Locator::new(sources);
    let mut with_location = |mut value: Value, location: &Location| {
        let position = locator.position(location);
        if let Some(map) = value.as_object_mut() {
            map.insert("file".to_owned(), json!(locator.file(location)));
            map.insert("line".to_owned(), json!(position.as_ref().map(|p| p.line)));
            map.insert("column".to_owned(), json!(position.as_ref().map(|p| p.column)));
        }
        value
    };
    let operations: Vec<Value> = inspection
        .operations
        .iter()
        .map(|one| {
            let value = json!({
                "method": one.method,
                "path": one.path,
                "name": one.name,
                "request": one.request,
                "tags": one.tags,
                "summary": one.summary,
                "deprecated": one.deprecated,
            });
            with_location(value, &one.location)
        })
        .collect();
    let types: Vec<Value> = inspection
        .types
        .iter()
        .map(|one| {
            let value = json!({"name": one.name, "kind": one.kind, "key": one.key});
            with_location(value, &one.location)
        })
        .collect();
    json!({
        "title": inspection.title,
        "version": inspection.version,
        "pages": inspection.summary.pages,
        "operations": operations,
        "types": types,
        "account": coverage::json(&inspection.summary.coverage, sources, all),
        "problems": render::to_json(&inspection.report),
    })
}
