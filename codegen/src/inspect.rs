//! Lists the operations and types of an API without generating code.

use crate::ir::Inference;
use crate::pipeline::{PlannedVendor, Summary, Vendor, plan_vendor};
use crate::plan::TypeItem;
use crate::report::{Location, Report};
use crate::source::{Diagnostics, Node, Sources};

/// The contents of one vendor's API.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// The figures, and the coverage of keywords.
    pub summary: Summary,
    /// The operations, by path and method.
    pub operations: Vec<InspectedOperation>,
    /// The types, by name.
    pub types: Vec<InspectedType>,
    /// What was concluded from the document, by kind.
    pub inferences: Vec<Inference>,
    /// The documents that were read, which locations refer to.
    pub sources: Sources,
    /// Warnings and notes.
    pub report: Report,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct InspectedOperation {
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub path: String,
    /// The name of the client's method.
    pub name: String,
    /// The name of the request type.
    pub request: String,
    /// The tags.
    pub tags: Vec<String>,
    /// The summary, in one line.
    pub summary: Option<String>,
    /// Whether the operation is deprecated.
    pub deprecated: bool,
    /// The location of the operation.
    pub location: Location,
}

/// A type.
#[derive(Debug, Clone)]
pub struct InspectedType {
    /// The name of the Rust type.
    pub name: String,
    /// `struct`, `enum` or `union`.
    pub kind: &'static str,
    /// The component's key, or the pointer of an inline schema.
    pub key: String,
    /// The location of the schema.
    pub location: Location,
}

/// Reads and plans a vendor's API.
///
/// # Errors
///
/// Returns every problem of the input if any of them is an error.
pub fn inspect(vendor: &Vendor) -> Result<Inspection, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let planned = plan_vendor(vendor, &mut diagnostics);
    let Some(PlannedVendor { plan, summary, api, openapi, keys }) =
        planned.filter(|_| !diagnostics.report.has_errors())
    else {
        return Err(diagnostics);
    };
    let location = |pointer: &str| location(openapi.root(), pointer);
    let Diagnostics { sources, report } = diagnostics;
    let operations = api.operations.iter().zip(&plan.operations);
    let operations = operations.map(|(operation, planned)| InspectedOperation {
        method: operation.method.name(),
        path: operation.template.clone(),
        name: planned.method.as_str().to_owned(),
        request: planned.request.to_string(),
        tags: operation.tags.clone(),
        summary: operation.doc.title.clone(),
        deprecated: operation.doc.deprecated,
        location: location(&operation.pointer),
    });
    let named_types = api.types.iter().zip(&plan.type_names).zip(&keys);
    let types = named_types.filter_map(|((def, name), key)| {
        let name = name.as_ref()?;
        let item = plan.types.iter().find(|item| item.name() == name)?;
        let kind = match item {
            TypeItem::Struct(_) => "struct",
            TypeItem::Enum(_) => "enum",
            TypeItem::Union(_) => "union",
        };
        let (name, key) = (name.to_string(), key.clone());
        Some(InspectedType { name, kind, key, location: location(&def.pointer) })
    });
    let (operations, inferences) = (operations.collect(), api.inferences.clone());
    let mut types: Vec<InspectedType> = types.collect();
    types.sort_by(|a, b| a.name.cmp(&b.name));
    let (title, version) = (api.title.clone(), api.version.clone());
    Ok(Inspection { title, version, summary, operations, types, inferences, sources, report })
}

fn location(openapi: &Node, pointer: &str) -> Location {
    openapi.pointer(pointer).map_or(Location::Run, |node| Location::Entry(node.origin))
}
