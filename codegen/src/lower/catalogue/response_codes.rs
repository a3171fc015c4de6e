//! Error codes from error responses: the `enum` values of the property that carries the code.

use super::{Codes, add_new};
use crate::ir::{Api, Literal, Media, Shape, Status, Type, TypeName};
use crate::manifest::Manifest;
use crate::report::{Problem, Report, suggest};

/// Adds the codes of all error responses to the catalogue.
pub fn add_response_codes(
    codes: &mut Codes<'_>,
    api: &Api,
    manifest: &Manifest,
    report: &mut Report,
) {
    for (index, operation) in api.operations.iter().enumerate() {
        for response in operation.responses.iter().filter(|response| is_error(response.status)) {
            for media in &response.media {
                let values = code_values(codes, api, media);
                let is_only = values.len() == 1;
                for wire in values {
                    let code = codes.code(&wire);
                    code.defined = true;
                    add_new(&mut code.operations, Some(index));
                    // With several codes, it is unknown which of them has this status.
                    if let (true, Status::Code(status)) = (is_only, response.status) {
                        add_new(&mut code.statuses, Some(status));
                    }
                }
            }
        }
    }
    for key in codes.rule.types.keys() {
        if !api.components.contains_key(key) {
            let location = manifest.location(&["error_codes", "types", key]);
            let message = format!("there is no schema component `{key}`");
            let otherwise = "use the key of a schema of `components.schemas`";
            let help = suggest(key, api.components.keys().map(String::as_str), otherwise);
            report.error_or_warn(Problem::error(location, message).help(help));
        }
    }
}

fn is_error(status: Status) -> bool {
    match status {
        Status::Code(code) => code >= 400,
        Status::Range(digit) => digit >= 4,
        Status::Default => true,
    }
}

/// Returns the values that the code may have in a response.
fn code_values(codes: &Codes<'_>, api: &Api, media: &Media) -> Vec<String> {
    let mut values = Vec::new();
    let mut stack = vec![&media.ty];
    let mut budget = 64;
    while let (Some(ty), Some(remaining)) = (stack.pop(), u32::checked_sub(budget, 1)) {
        budget = remaining;
        match api.shape(ty) {
            Some(Shape::Union(union)) => stack.extend(union.variants.iter().map(|v| &v.ty)),
            Some(Shape::Struct(_)) => {
                let property = code_property(codes, api, ty);
                values.extend(enum_values(api, ty, property).into_iter().flatten());
            }
            Some(Shape::Enum(_) | Shape::Id) | None => {}
        }
    }
    values
}

/// Returns the property of a type that carries the code.
fn code_property<'c>(codes: &'c Codes<'_>, api: &Api, ty: &Type) -> &'c str {
    let name = match ty.without_null() {
        Type::Named(id) => api.types.get(id.0).map(|def| &def.name),
        _ => None,
    };
    match name {
        Some(TypeName::Component(key)) => codes.fields.get(key).unwrap_or(&codes.rule.field),
        _ => &codes.rule.field,
    }
}

/// Returns the `enum` values of a property, which is a name or a JSON pointer.
fn enum_values(api: &Api, ty: &Type, property: &str) -> Option<Vec<String>> {
    let steps: Vec<String> = match property.strip_prefix('/') {
        None => vec![property.to_owned()],
        Some(pointer) => pointer.split('/').map(crate::source::unescape).collect(),
    };
    let mut ty = ty;
    for step in &steps {
        ty = child_type(api, ty, step)?;
    }
    match api.shape(ty)? {
        Shape::Enum(shape) => {
            Some(shape.values.iter().filter_map(|v| string_value(&v.wire)).collect())
        }
        _ => None,
    }
}

/// Returns the type of a property, array item or map value.
fn child_type<'a>(api: &'a Api, ty: &'a Type, step: &str) -> Option<&'a Type> {
    match ty {
        Type::List(item) => Some(item),
        Type::Map(value) => Some(value),
        Type::Nullable(inner) => child_type(api, inner, step),
        Type::Any | Type::Scalar(_) => None,
        Type::Named(_) => match api.shape(ty)? {
            Shape::Struct(shape) => {
                shape.fields.iter().find(|field| field.wire == step).map(|field| &field.ty)
            }
            Shape::Enum(_) | Shape::Id | Shape::Union(_) => None,
        },
    }
}

/// Returns a code as a string; some vendors use numbers as codes.
fn string_value(value: &Literal) -> Option<String> {
    match value {
        Literal::String(text) => Some(text.clone()),
        Literal::Int(number) => Some(number.to_string()),
        Literal::Float(_) | Literal::Bool(_) | Literal::Json(_) => None,
    }
}
