//! An `allOf` that repeats the members of a component with other texts is that component.

use std::collections::BTreeMap;

use crate::ir::{Field, Shape, Struct, Type, TypeDef, TypeId};
use crate::report::{Location, Problem, Report};
use crate::source::Node;

/// The components that an `allOf` is made of, by its pointer.
pub type Bases = BTreeMap<String, Vec<TypeId>>;

/// Makes such structs other names of their component.
pub fn settle(types: &mut [TypeDef], bases: &Bases, root: &Node, report: &mut Report) {
    for index in 0..types.len() {
        let Some(base) = repeated(types, index, bases) else { continue };
        let Some(def) = types.get_mut(index) else { continue };
        let location = Location::Member(root.pointer(&def.pointer).unwrap_or(root).origin);
        let what = "this `allOf` says nothing new but texts; the type it repeats is used";
        report.push(Problem::note(location, what));
        def.shape = Shape::Alias(Type::Named(base));
    }
}

fn repeated(types: &[TypeDef], index: usize, bases: &Bases) -> Option<TypeId> {
    let def = types.get(index)?;
    let Shape::Struct(shape) = &def.shape else { return None };
    let same = |id: &&TypeId| match types.get(id.0).map(|base| &base.shape) {
        Some(Shape::Struct(base)) => id.0 != index && is_same(shape, base),
        _ => false,
    };
    bases.get(&def.pointer)?.iter().find(same).copied()
}

/// Whether both say the same but for texts.
fn is_same(one: &Struct, other: &Struct) -> bool {
    one.rest == other.rest
        && one.fields.len() == other.fields.len()
        && one.fields.iter().zip(&other.fields).all(|(a, b)| {
            let silent = |f: &Field| Field { doc: Default::default(), ..f.clone() };
            a.doc.deprecated == b.doc.deprecated && silent(a) == silent(b)
        })
}
