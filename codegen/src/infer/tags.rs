//! The tags of unions without `discriminator`.

use std::collections::BTreeSet;

use super::Context;
use crate::depth::MAX_TAG_DEPTH;
use crate::ir::{
    Api, Conclusion, Field, Inference, Literal, Shape, State, Subject, Tag, Type, TypeId, Union,
};

/// Infers the tag of each union without `discriminator`: a property that all alternatives require,
/// with different values in each.
pub fn infer(api: &mut Api, context: &Context<'_>) -> Vec<Inference> {
    let unions = api.types.iter().enumerate().filter_map(|(index, def)| match &def.shape {
        Shape::Union(union) if union.tag.is_none() && !union.has_discriminator => {
            Some((TypeId(index), infer_tag(api, union)?))
        }
        Shape::Union(_) | Shape::Struct(_) | Shape::Enum(_) | Shape::Id => None,
    });
    let unions: Vec<(TypeId, UnionTag)> = unions.collect();
    let mut inferences = Vec::with_capacity(unions.len());
    for (id, tag) in unions {
        let rule = format!("every alternative requires `{}`, with values of its own", tag.wire);
        let conclusion = Conclusion::Tag(tag.wire.clone());
        let subject = Subject::Type(id);
        inferences.push(context.infer(api, subject, conclusion, State::Inferred, rule));
        apply(api, id, tag);
    }
    inferences
}

/// A tag, with the values that select each alternative.
struct UnionTag {
    wire: String,
    values: Vec<Vec<String>>,
}

fn apply(api: &mut Api, id: TypeId, tag: UnionTag) {
    let Some(Shape::Union(union)) = api.types.get_mut(id.0).map(|def| &mut def.shape) else {
        return;
    };
    for (variant, tags) in union.variants.iter_mut().zip(tag.values) {
        variant.tags = tags;
    }
    union.tag = Some(Tag { wire: tag.wire });
}

fn infer_tag(api: &Api, union: &Union) -> Option<UnionTag> {
    let first = &union.variants.first()?.ty;
    required_fields(api, first, 0).into_iter().find_map(|field| {
        let values = union.variants.iter().map(|it| tag_values(api, &it.ty, &field.wire, 0));
        let values: Vec<Vec<String>> = values.collect::<Option<_>>()?;
        let all: Vec<&String> = values.iter().flatten().collect();
        let distinct: BTreeSet<&String> = all.iter().copied().collect();
        let wire = field.wire.clone();
        (distinct.len() == all.len()).then_some(UnionTag { wire, values })
    })
}

/// Returns the fields that a struct requires, or the first alternative of a union.
fn required_fields<'a>(api: &'a Api, ty: &Type, depth: usize) -> Vec<&'a Field> {
    match api.shape(ty) {
        Some(Shape::Struct(shape)) => shape.fields.iter().filter(|field| field.required).collect(),
        Some(Shape::Union(union)) if depth < MAX_TAG_DEPTH => {
            let first = union.variants.first();
            first.map_or_else(Vec::new, |it| required_fields(api, &it.ty, depth + 1))
        }
        Some(Shape::Union(_) | Shape::Enum(_) | Shape::Id) | None => Vec::new(),
    }
}

/// Returns the strings that a type allows for a property that it requires. `None` if it does not
/// require the property or allows any value.
fn tag_values(api: &Api, ty: &Type, wire: &str, depth: usize) -> Option<Vec<String>> {
    match api.shape(ty)? {
        Shape::Struct(shape) => {
            let field = shape.fields.iter().find(|field| field.wire == wire && field.required)?;
            if !field.narrowed_to.is_empty() {
                return Some(field.narrowed_to.clone());
            }
            let Shape::Enum(listed) = api.shape(&field.ty)? else { return None };
            let values = listed.values.iter().map(|value| match &value.wire {
                Literal::String(text) => Some(text.clone()),
                _ => None,
            });
            values.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty() && !listed.allows_other)
        }
        Shape::Union(union) if depth < MAX_TAG_DEPTH => {
            let mut all = Vec::new();
            for variant in &union.variants {
                for value in tag_values(api, &variant.ty, wire, depth + 1)? {
                    if !all.contains(&value) {
                        all.push(value);
                    }
                }
            }
            Some(all)
        }
        Shape::Union(_) | Shape::Enum(_) | Shape::Id => None,
    }
}
