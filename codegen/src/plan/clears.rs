//! Fields of request bodies that can be set to `null`, although their type is `Option`.

use super::naming::Scope;
use super::{Clear, Context};
use crate::ir::{Field, Literal, Media, MediaKind, Method, Operation, Segment, Shape, Type};

/// Plans a method for each field of the body where `null` differs from a missing field: in requests
/// that change what exists, and where a default replaces a missing field. The fields of a type that
/// only patches contain distinguish `null` themselves.
pub(super) fn plan(context: &Context<'_>, operation: &Operation, scope: &mut Scope) -> Vec<Clear> {
    let media = operation.body.as_ref().and_then(|body| body.media.first());
    let Some(media) = media.filter(|media| media.kind == MediaKind::Json) else {
        return Vec::new();
    };
    let Type::Named(id) = media.ty.without_null() else { return Vec::new() };
    let usage = context.usage.get(id.0).copied().unwrap_or_default();
    let Some(Shape::Struct(shape)) = context.api.shape(&media.ty) else { return Vec::new() };
    let changes = changes_existing(operation, media);
    let has_meaning = |field: &&Field| {
        let is_optional = field.nullable && usage.may_lack(field) && field.ty != Type::Any;
        let is_sent = !field.read_only && !usage.distinguishes_null(field);
        is_optional && is_sent && (changes || has_default(field))
    };
    let fields = shape.fields.iter().filter(has_meaning);
    let clear = |field: &Field| Clear {
        method: scope.claim(&format!("clear {}", field.wire)),
        wire: field.wire.clone(),
    };
    fields.map(clear).collect()
}

/// Returns whether an operation changes what exists: PATCH and PUT do, and POST to the path of one
/// item.
fn changes_existing(operation: &Operation, media: &Media) -> bool {
    match operation.method {
        Method::Patch | Method::Put => true,
        Method::Post => {
            operation.is_patch(media)
                || matches!(operation.path.last(), Some(Segment::Parameter(_)))
        }
        Method::Delete | Method::Get | Method::Head | Method::Options | Method::Trace => false,
    }
}

fn has_default(field: &Field) -> bool {
    match &field.default {
        Some(Literal::Json(value)) => !value.is_null(),
        Some(_) => true,
        None => false,
    }
}
