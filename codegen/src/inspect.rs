//! What a description holds and what becomes of it, without the code.

use crate::plan::{Item, Name};
use crate::report::{Location, Report};
use crate::source::Node;
use crate::{Decided, Summary, Vendor, decide, plan};

/// What one vendor's description holds.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// The figures, and what became of every keyword.
    pub summary: Summary,
    /// The operations, by path and method.
    pub operations: Vec<InspectedOperation>,
    /// The types, by name.
    pub types: Vec<InspectedType>,
    /// Warnings and notes.
    pub report: Report,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct InspectedOperation {
    /// The HTTP method.
    pub method: &'static str,
    /// The path's template.
    pub path: String,
    /// The client's method.
    pub name: String,
    /// The request's type.
    pub request: String,
    /// Its groups.
    pub tags: Vec<String>,
    /// What it does, in a line.
    pub summary: Option<String>,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
    /// Where it stands.
    pub location: Location,
}

/// A type.
#[derive(Debug, Clone)]
pub struct InspectedType {
    /// Its name.
    pub name: String,
    /// `struct`, `enum` or `union`.
    pub kind: &'static str,
    /// The component's key, or the pointer of an inline schema.
    pub key: String,
    /// Where it stands.
    pub location: Location,
}

/// Reads a vendor's description.
///
/// # Errors
///
/// Every problem of the description, if any of them is an error.
pub fn inspect(vendor: &Vendor) -> Result<Inspection, Report> {
    let mut report = Report::default();
    let decided = decide(vendor, &mut report);
    let Some(Decided { plan, summary, api, openapi, keys }) =
        decided.filter(|_| !report.has_errors())
    else {
        return Err(report);
    };
    let location = |pointer: &str| location(&openapi, pointer);
    let operations = api.operations.iter().zip(&plan.operations);
    let operations = operations.map(|(said, made)| InspectedOperation {
        method: plan::method_word(said.method),
        path: said.template.clone(),
        name: bare(&made.method),
        request: made.request.to_string(),
        tags: said.tags.clone(),
        summary: said.doc.title.clone(),
        deprecated: said.doc.deprecated,
        location: location(&said.pointer),
    });
    let named = api.types.iter().zip(&plan.type_names).zip(&keys);
    let types = named.filter_map(|((def, name), key)| {
        let name = name.as_ref()?;
        let item = plan.types.iter().find(|item| item.name() == name)?;
        let kind = match item {
            Item::Struct(_) => "struct",
            Item::Enum(_) => "enum",
            Item::Union(_) => "union",
        };
        let (name, key) = (name.to_string(), key.clone());
        Some(InspectedType { name, kind, key, location: location(&def.pointer) })
    });
    let operations = operations.collect();
    let mut types: Vec<InspectedType> = types.collect();
    types.sort_by(|a, b| a.name.cmp(&b.name));
    let (title, version) = (api.title.clone(), api.version.clone());
    Ok(Inspection { title, version, summary, operations, types, report })
}

fn location(openapi: &Node, pointer: &str) -> Location {
    openapi.pointer(pointer).map_or(Location::Run, |node| Location::Member(node.origin))
}

fn bare(name: &Name) -> String {
    name.as_str().trim_start_matches("r#").to_owned()
}
