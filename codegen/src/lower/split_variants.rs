//! Splits union variants that several tag values select.

use crate::ir::{Shape, Type, TypeDef, Variant};

/// Creates one variant for each tag value of a type without a field for the tag, because the value
/// would be lost otherwise.
pub fn split_variants(types: &mut [TypeDef]) {
    let mut split: Vec<(usize, Vec<Variant>)> = Vec::new();
    for (index, def) in types.iter().enumerate() {
        let Shape::Union(union) = &def.shape else { continue };
        let Some(tag) = &union.tag else { continue };
        let loses_tag = |variant: &Variant| {
            variant.tags.len() > 1 && lacks_field(types, &variant.ty, &tag.wire)
        };
        if !union.variants.iter().any(loses_tag) {
            continue;
        }
        let mut variants = Vec::with_capacity(union.variants.len());
        for variant in &union.variants {
            if !loses_tag(variant) {
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

/// Whether a type is a struct that cannot hold the property.
fn lacks_field(types: &[TypeDef], ty: &Type, wire: &str) -> bool {
    let Type::Named(id) = ty else { return false };
    match types.get(id.0).map(|def| &def.shape) {
        Some(Shape::Struct(shape)) => {
            let is_declared = shape.fields.iter().any(|field| field.wire == wire);
            !is_declared && shape.additional.is_none()
        }
        Some(Shape::Union(_) | Shape::Enum(_) | Shape::Id) | None => false,
    }
}
