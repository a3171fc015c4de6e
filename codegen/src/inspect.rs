//! Lists the operations and types of an API without generating code.

use crate::emit::{Referrer, field_type_text, type_text};
use crate::ir::{self, IdempotencyKey, Inference, Pagination};
use crate::pipeline::{PlannedVendor, Summary, Vendor, plan_vendor};
use crate::plan::{Name, Operation, TypeItem};
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
    /// The call without its arguments: `orders().list`.
    pub call: String,
    /// The name of the request type.
    pub request: String,
    /// The tags.
    pub tags: Vec<String>,
    /// The summary, in one line.
    pub summary: Option<String>,
    /// Whether the operation is deprecated.
    pub deprecated: bool,
    /// What it belongs to: the resource of the client (`customers.subscriptions`), or else its first tag,
    /// or else the first segment of its path.
    pub resource: Option<String>,
    /// How the pages of its list are requested, if the request has `pages`.
    pub pagination: Option<Pagination>,
    /// Where its idempotency key is sent.
    pub idempotency_key: Option<IdempotencyKey>,
    /// Whether its requests may be sent again without a key, by its method or by `repeatable` in
    /// `vendor.toml`.
    pub repeatable: bool,
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
    /// The fields of a struct, or the variants of a union.
    pub fields: Vec<InspectedField>,
    /// The location of the schema.
    pub location: Location,
}

/// A field of a struct, or a variant of a union.
#[derive(Debug, Clone)]
pub struct InspectedField {
    /// Its name in Rust.
    pub name: String,
    /// The name on the wire; `None` for a variant, and for the field of undeclared properties.
    pub wire: Option<String>,
    /// The Rust type, in which `runtime` is the crate `docwright_runtime`.
    pub ty: String,
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
    let operations = operations.map(|(operation, planned)| {
        inspect_operation(operation, planned, location(&operation.pointer))
    });
    let named_types = api.types.iter().zip(&plan.type_names).zip(&keys);
    let types = named_types.filter_map(|((def, name), key)| {
        let name = name.as_ref()?;
        let item = plan.types.iter().find(|item| item.name() == name)?;
        let kind = match item {
            TypeItem::Struct(_) => "struct",
            TypeItem::Enum(_) => "enum",
            TypeItem::Union(_) => "union",
            TypeItem::Id(_) => "id",
        };
        let (name, key, fields) = (name.to_string(), key.clone(), inspect_fields(item));
        Some(InspectedType { name, kind, key, fields, location: location(&def.pointer) })
    });
    let (operations, inferences) = (operations.collect(), api.inferences.clone());
    let mut types: Vec<InspectedType> = types.collect();
    types.sort_by(|a, b| a.name.cmp(&b.name));
    let (title, version) = (api.title.clone(), api.version.clone());
    Ok(Inspection { title, version, summary, operations, types, inferences, sources, report })
}

fn inspect_operation(
    operation: &ir::Operation,
    planned: &Operation,
    location: Location,
) -> InspectedOperation {
    let mut segments = operation.template.split('/');
    let segment = || segments.find(|it| !it.is_empty() && !it.starts_with('{')).map(str::to_owned);
    let accessors: Vec<&str> = planned.call.accessors.iter().map(Name::as_str).collect();
    let resource = (!accessors.is_empty()).then(|| accessors.join("."));
    let is_paginated = planned.pagination.is_some();
    InspectedOperation {
        method: operation.method.name(),
        path: operation.template.clone(),
        name: planned.method.as_str().to_owned(),
        call: planned.call.text(),
        request: planned.request.to_string(),
        tags: operation.tags.clone(),
        summary: operation.doc.title.clone(),
        deprecated: operation.doc.deprecated,
        resource: resource.or_else(|| operation.tags.first().cloned()).or_else(segment),
        pagination: operation.pagination.clone().filter(|_| is_paginated),
        idempotency_key: operation.computed.idempotency.clone(),
        repeatable: operation.method.is_idempotent() || operation.repeatable,
        location,
    }
}

fn inspect_fields(item: &TypeItem) -> Vec<InspectedField> {
    match item {
        TypeItem::Struct(item) => {
            let fields = item.fields.iter().map(|field| InspectedField {
                name: field.name.to_string(),
                wire: Some(field.wire.clone()),
                ty: field_type_text(field),
            });
            let additional = item.additional.as_ref().map(|(name, ty)| InspectedField {
                name: name.to_string(),
                wire: None,
                ty: format!("runtime::Map<{}>", type_text(ty, Referrer::Types)),
            });
            fields.chain(additional).collect()
        }
        TypeItem::Union(item) => {
            let variants = item.variants.iter().map(|variant| InspectedField {
                name: variant.name.to_string(),
                wire: None,
                ty: type_text(&variant.ty, Referrer::Types),
            });
            variants.collect()
        }
        TypeItem::Enum(_) | TypeItem::Id(_) => Vec::new(),
    }
}

fn location(openapi: &Node, pointer: &str) -> Location {
    openapi.pointer(pointer).map_or(Location::Run, |node| Location::Entry(node.origin))
}
