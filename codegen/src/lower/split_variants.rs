//! Alternatives that several tags select.

use crate::ir::{Shape, Type, TypeDef, Variant};

/// How many aliases are followed.
const DEEPEST: usize = 16;

/// Makes one variant for each tag of an alternative that does not hold the tag itself: with one for
/// all, nobody could say or see which it was.
pub fn split(types: &mut [TypeDef]) {
    let mut split: Vec<(usize, Vec<Variant>)> = Vec::new();
    for (index, def) in types.iter().enumerate() {
        let Shape::Union(union) = &def.shape else { continue };
        let Some(tag) = &union.tag else { continue };
        let several = |variant: &Variant| {
            variant.tags.len() > 1 && lacks(types, &variant.ty, &tag.wire) == Some(true)
        };
        if !union.variants.iter().any(several) {
            continue;
        }
        let mut variants = Vec::with_capacity(union.variants.len());
        for variant in &union.variants {
            if !several(variant) {
                variants.push(variant.clone());
                continue;
            }
            variants.extend(variant.tags.iter().map(|tag| Variant {
                name: tag.clone(),
                tags: vec![tag.clone()],
                ..variant.clone()
            }));
        }
        split.push((index, variants));
    }
    for (index, variants) in split {
        if let Some(Shape::Union(union)) = types.get_mut(index).map(|def| &mut def.shape) {
            union.variants = variants;
        }
    }
}

/// Whether a struct has no location for the member; nothing if the type is no struct.
fn lacks(types: &[TypeDef], ty: &Type, wire: &str) -> Option<bool> {
    let mut ty = ty;
    for _ in 0..DEEPEST {
        let Type::Named(id) = ty else { return None };
        match &types.get(id.0)?.shape {
            Shape::Struct(shape) => {
                let named = shape.fields.iter().any(|field| field.wire == wire);
                return Some(!named && shape.rest.is_none());
            }
            Shape::Alias(target) => ty = target,
            Shape::Union(_) | Shape::Enum(_) => return None,
        }
    }
    None
}
