//! `docwright inspect`: the contents of pages or documents, and which of them are generated.

use std::fmt::Write as _;

use super::input_args::InputArgs;
use super::inspect_json::render_json;
use super::{Console, DONE, Format, count_noun, output_args};
use crate::report::Location;
use crate::source::locate::Locator;
use crate::{Inspection, coverage, infer};

/// Shows the contents of documentation pages or OpenAPI documents: operations, types, and everything
/// that is not generated, with its location and the reason.
///
/// For a folder, all pages and documents in it are read, and its vendor.toml, overlay.yaml and
/// names.toml. No files are written.
///
/// The exit status is 0 if a client can be generated, 1 if the input has errors, and 2 if the command
/// line is invalid.
#[derive(Debug, clap::Args)]
pub struct Inspect {
    #[command(flatten)]
    input: InputArgs,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// Also list the keywords that are generated
    #[arg(long)]
    all: bool,
    /// Also print notes about input that was read differently from how it was written
    #[arg(long)]
    notes: bool,
}

impl Inspect {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let inspected = self.input.load_vendor("api".to_owned()).and_then(|(vendor, folder)| {
            let mut inspection = crate::inspect(&vendor)?;
            inspection.report.problems.extend(folder.problems);
            Ok(inspection)
        });
        match (inspected, self.format) {
            (Ok(inspection), Format::Human) => {
                console.print_report(&inspection.sources, &inspection.report, self.notes);
                console.print(&render_text(&inspection, self.all));
                DONE
            }
            (Ok(inspection), Format::Json) => {
                console.print(&format!("{:#}\n", render_json(&inspection, self.all)));
                DONE
            }
            (Err(failure), format) => output_args::fail(console, format, &failure),
        }
    }
}

fn render_text(inspection: &Inspection, all: bool) -> String {
    let sources = &inspection.sources;
    let mut locator = Locator::new(sources);
    let mut position =
        |location: &Location| match (locator.position(location), locator.file(location)) {
            (Some(position), _) => {
                format!("{}:{}:{}", position.file, position.line, position.column)
            }
            (None, Some(file)) => file.to_owned(),
            (None, None) => String::new(),
        };
    let mut text = String::new();
    let _ = writeln!(text, "{}", count_noun(inspection.operations.len(), "operation"));
    for operation in &inspection.operations {
        let deprecated = if operation.deprecated { "  deprecated" } else { "" };
        let (method, path, name) = (operation.method, &operation.path, &operation.call);
        let position = position(&operation.location);
        let _ = writeln!(text, "  {method:<7} {path}  {name}  {position}{deprecated}");
    }
    let _ = writeln!(text, "{}", count_noun(inspection.types.len(), "type"));
    for ty in &inspection.types {
        let _ = writeln!(text, "  {:<7} {}  {}", ty.kind, ty.name, position(&ty.location));
    }
    let _ = writeln!(text, "{}", count_noun(inspection.inferences.len(), "inference"));
    text.push_str(&infer::render_text(&inspection.inferences, sources));
    text.push_str(&coverage::render_text(&inspection.summary.coverage, sources, all));
    text
}
