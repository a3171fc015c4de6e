//! Codes that error responses list, as values of the member that carries the code.

use super::{Codes, add_new, resolved};
use crate::ir::{Api, Literal, Media, Shape, Status, Type, TypeName};
use crate::manifest::Manifest;
use crate::report::{Problem, Report};

/// Adds them to the catalogue.
pub fn listed(codes: &mut Codes<'_>, api: &Api, manifest: &Manifest, report: &mut Report) {
    for (index, operation) in api.operations.iter().enumerate() {
        for response in operation.responses.iter().filter(|response| is_error(response.status)) {
            for media in &response.media {
                let values = values(codes, api, media);
                let only = values.len() == 1;
                for wire in values {
                    let code = codes.code(&wire);
                    code.defined = true;
                    add_new(&mut code.operations, Some(index));
                    // Of several, nobody knows which one comes with which status.
                    if let (true, Status::Code(status)) = (only, response.status) {
                        add_new(&mut code.statuses, Some(status));
                    }
                }
            }
        }
    }
    for key in codes.rule.types.keys() {
        let is_it = |name: &TypeName| matches!(name, TypeName::Component(own) if own == key);
        if !api.types.iter().any(|def| is_it(&def.name)) {
            let location = manifest.location(&["error_codes", "types", key]);
            let what = format!("there is no component `{key}`");
            report.push(
                Problem::error(location, what).help("name a schema of `components` by its key"),
            );
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

/// The values that the code may have in a response.
fn values(codes: &Codes<'_>, api: &Api, media: &Media) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![&media.ty];
    let mut left = 64;
    while let (Some(ty), Some(less)) = (open.pop(), u32::checked_sub(left, 1)) {
        left = less;
        let field = at(codes, api, ty);
        match ty {
            Type::Nullable(inner) => open.push(inner),
            Type::Named(id) => match resolved(api, *id).map(|(_, shape)| shape) {
                Some(Shape::Union(union)) => open.extend(union.variants.iter().map(|v| &v.ty)),
                Some(Shape::Alias(inner)) => open.push(inner),
                Some(Shape::Struct(_)) => {
                    if let Some(listed) = member(api, ty, field) {
                        found.extend(listed);
                    }
                }
                Some(Shape::Enum(_)) | None => {}
            },
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) => {}
        }
    }
    found
}

/// Where a type carries the code.
fn at<'c>(codes: &'c Codes<'_>, api: &Api, ty: &Type) -> &'c str {
    let name = match ty {
        Type::Named(id) => api.types.get(id.0).map(|def| &def.name),
        _ => None,
    };
    match name {
        Some(TypeName::Component(key)) => codes.rule.types.get(key).unwrap_or(&codes.rule.field),
        _ => &codes.rule.field,
    }
}

/// The listed values of a member: a name, or a JSON pointer.
fn member(api: &Api, ty: &Type, at: &str) -> Option<Vec<String>> {
    let steps: Vec<String> = match at.strip_prefix('/') {
        None => vec![at.to_owned()],
        Some(pointer) => pointer.split('/').map(crate::source::unescape).collect(),
    };
    let mut ty = ty;
    for step in &steps {
        ty = inside(api, ty, step)?;
    }
    match shape(api, ty)? {
        Shape::Enum(listed) => Some(listed.values.iter().filter_map(|v| wire(&v.wire)).collect()),
        _ => None,
    }
}

fn inside<'a>(api: &'a Api, ty: &'a Type, step: &str) -> Option<&'a Type> {
    match ty {
        Type::List(item) => Some(item),
        Type::Map(value) => Some(value),
        Type::Nullable(inner) => inside(api, inner, step),
        Type::Any | Type::Scalar(_) => None,
        Type::Named(_) => match shape(api, ty)? {
            Shape::Struct(shape) => {
                shape.fields.iter().find(|field| field.wire == step).map(|field| &field.ty)
            }
            Shape::Alias(inner @ (Type::List(_) | Type::Map(_))) => inside(api, inner, step),
            _ => None,
        },
    }
}

fn shape<'a>(api: &'a Api, ty: &Type) -> Option<&'a Shape> {
    match ty {
        Type::Named(id) => resolved(api, *id).map(|(_, shape)| shape),
        Type::Nullable(inner) => shape(api, inner),
        _ => None,
    }
}

/// Vendors send what they list as numbers too.
fn wire(value: &Literal) -> Option<String> {
    match value {
        Literal::Text(text) => Some(text.clone()),
        Literal::Int(number) => Some(number.to_string()),
        Literal::Float(_) | Literal::Bool(_) | Literal::Json(_) => None,
    }
}
