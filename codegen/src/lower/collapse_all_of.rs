//! Replaces an `allOf` by an alias of one of its components, if it only repeats that component's
//! properties with other docs.

use std::collections::BTreeMap;

use crate::ir::{Api, Field, Shape, Struct, TypeDef, TypeId, replace_types};
use crate::report::{Location, Problem, Report};
use crate::source::Node;

/// The components among the parts of an `allOf`, by the `allOf`'s JSON pointer.
pub type AllOfBases = BTreeMap<String, Vec<TypeId>>;

/// Replaces such structs by the components that they repeat.
pub fn collapse(api: &mut Api, bases: &AllOfBases, root: &Node, report: &mut Report) {
    let mut replaced: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for (index, def) in api.types.iter().enumerate() {
        let base = repeated_base(&api.types, index, bases);
        let Some(base) = base.filter(|base| !replaced.contains_key(base)) else { continue };
        let location = Location::Entry(root.pointer(&def.pointer).unwrap_or(root).origin);
        let message = "this `allOf` differs from one of its parts only in documentation; the type \
                       of that part is used";
        report.push(Problem::note(location, message));
        replaced.insert(TypeId(index), base);
    }
    replace_types(api, &replaced);
}

fn repeated_base(types: &[TypeDef], index: usize, bases: &AllOfBases) -> Option<TypeId> {
    let def = types.get(index)?;
    let Shape::Struct(shape) = &def.shape else { return None };
    let is_repeated = |id: &&TypeId| match types.get(id.0).map(|base| &base.shape) {
        Some(Shape::Struct(base)) => id.0 != index && differ_only_in_docs(shape, base),
        _ => false,
    };
    bases.get(&def.pointer)?.iter().find(is_repeated).copied()
}

fn differ_only_in_docs(a: &Struct, b: &Struct) -> bool {
    a.additional == b.additional
        && a.fields.len() == b.fields.len()
        && a.fields.iter().zip(&b.fields).all(|(a, b)| {
            let undocumented = |f: &Field| Field { doc: Default::default(), ..f.clone() };
            a.doc.deprecated == b.doc.deprecated && undocumented(a) == undocumented(b)
        })
}
