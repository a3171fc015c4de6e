//! Estimates of how many lines generated items have, from which the files are planned.

use crate::plan::{
    BodyType, Enum, EnumValues, Operation, Output, ResponseEnum, TypeForm, TypeItem,
};

/// The number of estimated lines that a file is filled up to. The estimates are not exact: no file should
/// have more than 3000 lines.
pub const FULL: usize = 1800;

/// The lines of the stub of one operation in the mock server.
pub const STUB: usize = 9;

/// Returns the estimated lines of a type.
pub fn type_weight(item: &TypeItem) -> usize {
    if let TypeForm::Alias(_) = item.form() {
        return 3 + item.doc().0.len();
    }
    match item {
        TypeItem::Struct(item) => {
            let fields = item.fields.iter().map(|field| {
                let setter = if field.setter.is_some() { 7 } else { 0 };
                let redacted = usize::from(field.redacted);
                // The definition, the table, and the constructor's argument or field, and value.
                field.doc.0.len() + setter + redacted + 4
            });
            let limits = item.limits.iter().flatten().count().saturating_mul(2);
            20 + item.doc.0.len() + limits + fields.sum::<usize>()
        }
        TypeItem::Enum(Enum { doc, values, .. }) => {
            let count = match values {
                EnumValues::String(values) => values.len(),
                EnumValues::Integer(values) => values.len(),
            };
            16 + doc.0.len() + count.saturating_mul(3)
        }
        TypeItem::Id(item) => 6 + item.doc.0.len(),
        TypeItem::Union(item) => {
            let variants = item.variants.iter().map(|variant| variant.doc.0.len() + 3);
            16 + item.doc.0.len() + variants.sum::<usize>()
        }
    }
}

/// Returns the estimated lines of an operation.
pub fn operation_weight(operation: &Operation) -> usize {
    let Operation { arguments, options, body, output, errors, headers, limits, .. } = operation;
    let arguments = arguments.iter().map(|argument| argument.doc.0.len() + 4);
    let options = options.iter().map(|option| option.doc.0.len() + 5);
    let responses = |item: &ResponseEnum| item.variants.len().saturating_mul(3).saturating_add(8);
    let output = match output {
        Output::OneOf(item) => responses(item),
        _ => 0,
    };
    let body = match body.as_ref().map(|body| &body.ty) {
        Some(BodyType::OneOf(item)) => item.variants.len().saturating_mul(12),
        _ => 8,
    };
    let headers = headers.iter().flat_map(|headers| &headers.fields).count().saturating_mul(4);
    let own_errors = errors.as_ref().filter(|_| operation.shared_errors.is_none());
    let codes = operation.error_codes.as_ref().map_or(0, Vec::len);
    let parts = [
        48,
        operation.doc.0.len(),
        arguments.sum(),
        options.sum(),
        body,
        output,
        own_errors.map_or(3, responses),
        headers,
        codes,
        limits.len().saturating_mul(2),
    ];
    parts.iter().sum()
}
