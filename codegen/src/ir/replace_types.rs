//! Replaces types by others.

use std::collections::BTreeMap;

use super::{Api, Subject, Type, TypeId};

/// Removes the types that are keys of `replaced`, and uses their values instead.
pub fn replace_types(api: &mut Api, replaced: &BTreeMap<TypeId, TypeId>) {
    let remaining = (0..api.types.len()).map(TypeId).filter(|id| !replaced.contains_key(id));
    let numbers: BTreeMap<TypeId, TypeId> = remaining.zip((0..).map(TypeId)).collect();
    for_each_type_id(api, &mut |id| {
        while let Some(replacement) = replaced.get(id) {
            *id = *replacement;
        }
        *id = numbers.get(id).copied().unwrap_or(*id);
    });
    let mut ids = (0..).map(TypeId);
    api.types.retain(|_| ids.next().is_some_and(|id| !replaced.contains_key(&id)));
}

/// Calls `f` for every use of a named type.
pub fn for_each_type_id(api: &mut Api, f: &mut dyn FnMut(&mut TypeId)) {
    let mut visit = |ty: &mut Type| ty.innermost_id_mut().into_iter().for_each(&mut *f);
    api.types.iter_mut().for_each(|def| def.shape.for_each_type_mut(&mut visit));
    for generic in &mut api.generics {
        generic.shape.for_each_type_mut(&mut visit);
        generic.instances.iter_mut().for_each(|it| it.arguments.iter_mut().for_each(&mut visit));
    }
    api.components.values_mut().for_each(&mut visit);
    api.operations.iter_mut().for_each(|operation| operation.for_each_type_mut(&mut visit));
    api.generics.iter_mut().flat_map(|it| &mut it.instances).for_each(|it| f(&mut it.id));
    for inference in &mut api.inferences {
        match &mut inference.subject {
            Subject::Type(id) | Subject::Field(id, _) => f(id),
            Subject::Operation(_)
            | Subject::Parameter(..)
            | Subject::ResponseHeader(..)
            | Subject::Scheme(_) => {}
        }
    }
}
