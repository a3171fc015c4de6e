//! Whether a type has a value at a location in `vendor.toml`.

use crate::depth::MAX_COMPARED_DEPTH;
use crate::ir::{Api, Field, Shape, Type};

/// Whether values of a type may have a value at the location with these steps: names and indices.
pub fn has_value_at(api: &Api, ty: &Type, steps: &[String]) -> bool {
    has_value(api, ty, steps, 0)
}

fn has_value(api: &Api, ty: &Type, steps: &[String], depth: usize) -> bool {
    let Some((step, rest)) = steps.split_first() else { return true };
    if depth > MAX_COMPARED_DEPTH {
        return false;
    }
    match (ty.without_null(), api.shape(ty)) {
        (Type::Any, _) => true,
        (Type::List(item), _) => {
            step.parse::<usize>().is_ok() && has_value(api, item, rest, depth + 1)
        }
        (Type::Map(value), _) => has_value(api, value, rest, depth + 1),
        (_, Some(Shape::Struct(shape))) => {
            let mut fields = shape.fields.iter().filter(|field| field.wire == *step);
            let additional = shape.additional.as_ref();
            fields.any(|field| has_value(api, &field.ty, rest, depth + 1))
                || additional.is_some_and(|ty| has_value(api, ty, rest, depth + 1))
        }
        (_, Some(Shape::Union(shape))) => {
            shape.variants.iter().any(|it| has_value(api, &it.ty, steps, depth + 1))
        }
        _ => false,
    }
}

/// Returns the names of the fields of a struct, or of all variants of a union.
pub fn field_names<'a>(api: &'a Api, ty: &Type) -> Vec<&'a str> {
    let fields = |ty: &Type| match api.shape(ty) {
        Some(Shape::Struct(shape)) => shape.fields.as_slice(),
        _ => &[],
    };
    let fields: Vec<&Field> = match api.shape(ty) {
        Some(Shape::Union(shape)) => shape.variants.iter().flat_map(|it| fields(&it.ty)).collect(),
        _ => fields(ty).iter().collect(),
    };
    fields.into_iter().map(|field| field.wire.as_str()).collect()
}
