//! The output of `docwright inspect --format json`.

use serde_json::{Value, json};

use crate::inspect::{InspectedField, InspectedOperation, InspectedType};
use crate::ir::IdempotencyKey;
use crate::report::Location;
use crate::source::locate::Locator;
use crate::source::render;
use crate::{Inspection, coverage, infer};

/// Returns the contents of an API as JSON.
pub fn render_json(inspection: &Inspection, all: bool) -> Value {
    let sources = &inspection.sources;
    let mut locator = Locator::new(sources);
    let operations = inspection.operations.iter().map(|operation| {
        with_location(&mut locator, operation_value(operation), &operation.location)
    });
    let operations: Vec<Value> = operations.collect();
    let types =
        inspection.types.iter().map(|ty| with_location(&mut locator, type_value(ty), &ty.location));
    let types: Vec<Value> = types.collect();
    json!({
        "title": inspection.title,
        "version": inspection.version,
        "pages": inspection.summary.pages,
        "operations": operations,
        "types": types,
        "inferences": infer::render_json(&inspection.inferences, sources),
        "coverage": coverage::render_json(&inspection.summary.coverage, sources, all),
        "problems": render::to_json(sources, &inspection.report),
    })
}

fn with_location(locator: &mut Locator<'_>, mut value: Value, location: &Location) -> Value {
    let position = locator.position(location);
    if let Some(map) = value.as_object_mut() {
        map.insert("file".to_owned(), json!(locator.file(location)));
        map.insert("line".to_owned(), json!(position.as_ref().map(|p| p.line)));
        map.insert("column".to_owned(), json!(position.as_ref().map(|p| p.column)));
    }
    value
}

fn operation_value(operation: &InspectedOperation) -> Value {
    json!({
        "method": operation.method,
        "path": operation.path,
        "name": operation.name,
        "call": operation.call,
        "request": operation.request,
        "tags": operation.tags,
        "summary": operation.summary,
        "deprecated": operation.deprecated,
        "resource": operation.resource,
        "pagination": operation.pagination.as_ref().map(infer::pagination_value),
        "idempotency_key": operation.idempotency_key.as_ref().and_then(key_value),
        "repeatable": operation.repeatable,
    })
}

/// Returns where a key is sent: `{"in": "header", "name": "Idempotency-Key", "also": []}`.
fn key_value(key: &IdempotencyKey) -> Option<Value> {
    let headers = key.headers.iter().map(|name| json!({"in": "header", "name": name}));
    let field = key.field.iter().map(|name| json!({"in": "body", "name": name}));
    let mut locations = headers.chain(field);
    let mut first = locations.next()?;
    first.as_object_mut()?.insert("also".to_owned(), locations.collect());
    Some(first)
}

fn type_value(ty: &InspectedType) -> Value {
    let fields: Vec<Value> = ty.fields.iter().map(field_value).collect();
    json!({"name": ty.name, "kind": ty.kind, "key": ty.key, "fields": fields})
}

fn field_value(field: &InspectedField) -> Value {
    json!({"name": field.name, "wire": field.wire, "type": field.ty})
}
