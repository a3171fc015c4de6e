//! What the documentation of the instances of a generic type does not have in common.

use crate::ir::{Constraints, Doc, Field, Shape, Struct, TypeDef};

/// Removes the texts that at most half of the definitions have, and the constraints and defaults that
/// differ: those are documentation, too, of values that are only received.
pub fn remove(shape: &mut Struct, defs: &[&TypeDef]) {
    for field in &mut shape.fields {
        let others: Vec<&Field> = defs.iter().filter_map(|def| find(def, &field.wire)).collect();
        let same = others.iter().filter(|it| it.doc.description == field.doc.description).count();
        if same * 2 <= others.len() {
            field.doc = Doc { deprecated: field.doc.deprecated, ..Doc::default() };
        }
        if others.iter().any(|it| it.constraints != field.constraints) {
            field.constraints = Constraints::default();
        }
        if others.iter().any(|it| it.default != field.default) {
            field.default = None;
        }
    }
}

fn find<'d>(def: &'d TypeDef, wire: &str) -> Option<&'d Field> {
    match &def.shape {
        Shape::Struct(shape) => shape.fields.iter().find(|field| field.wire == wire),
        Shape::Enum(_) | Shape::Id | Shape::Union(_) => None,
    }
}
