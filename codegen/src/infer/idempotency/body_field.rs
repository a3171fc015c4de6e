//! The property of a request body that carries the idempotency key.

use heck::ToSnakeCase;

use crate::infer::Context;
use crate::ir::{
    Api, Field, MediaKind, Operation, Scalar, Segment, Shape, StringFormat, Type, TypeDef, TypeId,
    Usage, compute_usage,
};
use crate::samples;

/// The names, in snake case, that mean nothing else.
const NAMES: [&str; 6] = [
    "idempotence_key",
    "idempotence_token",
    "idempotency_id",
    "idempotency_key",
    "idempotency_token",
    "idempotent_key",
];

/// Whether a property has a name that means nothing else.
pub fn has_key_name(wire: &str) -> bool {
    NAMES.contains(&wire.to_snake_case().as_str())
}

/// Returns the types of an operation's bodies that can have fields: each an object in one of the media
/// types. `None` if one of them is not an object with declared properties.
fn body_types<'a>(api: &'a Api, operation: &'a Operation) -> Option<Vec<(TypeId, &'a [Field])>> {
    let media = operation.body.iter().flat_map(|body| &body.media);
    let media = media.filter(|media| {
        matches!(media.kind, MediaKind::Json | MediaKind::Form | MediaKind::Multipart)
    });
    let object = |ty: &Type| match (ty.innermost_id(), api.shape(ty)?) {
        (Some(id), Shape::Struct(shape)) => Some((id, shape.fields.as_slice())),
        _ => None,
    };
    media.map(|media| object(&media.ty)).collect()
}

/// Returns the names of the properties of the body for which `is_name` holds, and the type that declares the
/// first one.
pub fn find_fields<'a>(
    api: &'a Api,
    operation: &'a Operation,
    is_name: &dyn Fn(&str) -> bool,
) -> Vec<(TypeId, &'a str)> {
    let mut found: Vec<(TypeId, &str)> = Vec::new();
    for (id, fields) in body_types(api, operation).unwrap_or_default() {
        for field in fields.iter().filter(|field| is_name(&field.wire) && !field.read_only) {
            if !found.iter().any(|(_, wire)| *wire == field.wire) {
                found.push((id, &field.wire));
            }
        }
    }
    found
}

/// Whether the bodies of an operation have one property, and its path has no parameter: a key there tells which
/// earlier request is meant.
pub fn is_alone(api: &Api, operation: &Operation) -> bool {
    let has_parameter = operation.path.iter().any(|it| matches!(it, Segment::Parameter(_)));
    let types = body_types(api, operation).unwrap_or_default();
    !has_parameter && !types.is_empty() && types.iter().all(|(_, fields)| fields.len() == 1)
}

/// Returns why the property `wire` of the bodies cannot carry the key that the client generates.
pub fn check_field(
    api: &Api,
    context: &Context<'_>,
    operation: &Operation,
    wire: &str,
) -> Result<(), &'static str> {
    let types = body_types(api, operation).unwrap_or_default();
    if types.is_empty() {
        return Err("its body is not an object with declared properties");
    }
    for (id, fields) in types {
        let Some(field) = fields.iter().find(|field| field.wire == wire && !field.read_only) else {
            return Err("its body does not have the property in all media types");
        };
        let is_string = matches!(
            field.ty,
            Type::Scalar(Scalar::String | Scalar::Secret | Scalar::Format(StringFormat::Uuid))
        );
        let pointer = api.types.get(id.0).map(|def| def.pointer.as_str()).unwrap_or_default();
        let object = context.openapi.pointer(pointer);
        let allows_uuids = object
            .is_some_and(|object| samples::property_allows_uuids(context.openapi, object, wire));
        if !is_string || !allows_uuids {
            return Err("its schema does not allow UUIDs");
        }
    }
    Ok(())
}

/// Makes the properties that carry a key optional, so that callers need not set them.
pub fn mark_fields(api: &mut Api, event: Option<&str>) {
    let usage = compute_usage(api, event);
    for index in 0..api.types.len() {
        let id = TypeId(index);
        let Some(wire) = key_of_bodies(api, id) else { continue };
        if is_nested(api, &usage, id) {
            // The client sets the key only at the top of a body.
            continue;
        }
        let Some(Shape::Struct(shape)) = api.types.get_mut(index).map(|def| &mut def.shape) else {
            continue;
        };
        for field in shape.fields.iter_mut().filter(|field| field.wire == wire) {
            field.computed = true;
            field.required = false;
        }
    }
}

/// Returns the property that carries the key in every operation whose body has this type.
fn key_of_bodies(api: &Api, id: TypeId) -> Option<String> {
    let has_type = |operation: &&Operation| {
        let mut media = operation.body.iter().flat_map(|body| &body.media);
        media.any(|media| media.ty.without_null() == &Type::Named(id))
    };
    let key = |operation: &Operation| operation.computed.idempotency.clone()?.field;
    let mut keys = api.operations.iter().filter(has_type).map(key);
    let first = keys.next()??;
    keys.all(|key| key.as_ref() == Some(&first)).then_some(first)
}

/// Whether a request has a value of this type that is not the whole body.
fn is_nested(api: &Api, usage: &[Usage], id: TypeId) -> bool {
    let refers = |ty: &Type| ty.innermost_id() == Some(id);
    let is_sent_in = |(index, def): (usize, &TypeDef)| {
        let mut is_in = false;
        def.shape.for_each_type(&mut |ty| is_in |= refers(ty));
        is_in && usage.get(index).is_some_and(|usage| usage.sent)
    };
    let in_operation = |operation: &Operation| {
        let mut media = operation.body.iter().flat_map(|body| &body.media);
        let is_whole = |ty: &Type| ty.without_null() == &Type::Named(id);
        media.any(|media| refers(&media.ty) && !is_whole(&media.ty))
            || operation.parameters.iter().any(|parameter| refers(&parameter.ty))
    };
    api.types.iter().enumerate().any(is_sent_in) || api.operations.iter().any(in_operation)
}

#[cfg(test)]
mod tests {
    use super::has_key_name;

    #[test]
    fn case_and_separators_of_a_name_are_ignored() {
        for name in ["idempotency_key", "idempotencyKey", "IdempotencyKey", "idempotency-token"] {
            assert!(has_key_name(name), "{name}");
        }
        for name in ["key", "request_id", "reference", "idempotency_key_status"] {
            assert!(!has_key_name(name), "{name}");
        }
    }
}
