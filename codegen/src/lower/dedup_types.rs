//! The final pass over the types: removes duplicates and unused types, and renumbers the rest in the
//! order of the document.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, CauseTarget, Shape, Type, TypeDef, TypeId, TypeName};

/// Removes duplicate and unused types, and renumbers the rest.
pub fn dedup_types(api: &mut Api) {
    inline_aliases(api);
    while merge_equal_types(api) {}
    renumber(api);
}

/// Replaces inline aliases by their targets, because their generated names tell the user nothing.
/// Cycles of aliases were broken before.
fn inline_aliases(api: &mut Api) {
    let target = |def: &TypeDef| match (&def.name, &def.shape) {
        (TypeName::Inline(_), Shape::Alias(Type::Named(id))) => Some(*id),
        _ => None,
    };
    let targets: Vec<Option<TypeId>> = api.types.iter().map(target).collect();
    for_each_id(api, &mut |id| {
        while let Some(Some(target)) = targets.get(id.0) {
            *id = *target;
        }
    });
}

/// Merges inline types with the same name and shape. Returns whether there were any: merging two
/// types can make the types that contain them equal, so it is repeated until nothing changes.
fn merge_equal_types(api: &mut Api) -> bool {
    let mut groups: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    let mut replacements: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for (index, def) in api.types.iter().enumerate() {
        let TypeName::Inline(words) = &def.name else { continue };
        let group = groups.entry(words).or_default();
        let equal = group
            .iter()
            .find(|other| api.types.get(**other).is_some_and(|other| other.shape == def.shape));
        match equal {
            Some(equal) => drop(replacements.insert(TypeId(index), TypeId(*equal))),
            None => group.push(index),
        }
    }
    let mut changed = false;
    for_each_id(api, &mut |id| {
        if let Some(replacement) = replacements.get(id) {
            *id = *replacement;
            changed = true;
        }
    });
    changed
}

/// Numbers the components in the order of the document, then the inline types in the order of their
/// first use by components and operations. Drops unused inline types.
fn renumber(api: &mut Api) {
    let mut order: Vec<TypeId> = Vec::new();
    let mut numbers: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let components =
        api.types.iter().enumerate().filter(|(_, def)| matches!(def.name, TypeName::Component(_)));
    for (index, _) in components {
        numbers.insert(TypeId(index), TypeId(order.len()));
        order.push(TypeId(index));
    }
    let mut used: Vec<TypeId> = order.clone();
    for_each_use(api, &mut |ty| used.extend(named_types(ty)));
    let mut visited = BTreeSet::new();
    for id in used {
        // Depth first, in the order of the properties.
        let mut stack = vec![id];
        while let Some(id) = stack.pop() {
            if !visited.insert(id) {
                continue;
            }
            numbers.entry(id).or_insert_with(|| {
                order.push(id);
                TypeId(order.len() - 1)
            });
            let inner = api.types.get(id.0).map(inner_types).unwrap_or_default();
            stack.extend(inner.into_iter().rev());
        }
    }
    let mut old: Vec<Option<TypeDef>> =
        std::mem::take(&mut api.types).into_iter().map(Some).collect();
    api.types = order.iter().filter_map(|id| old.get_mut(id.0)?.take()).collect();
    for_each_id(api, &mut |id| {
        if let Some(number) = numbers.get(id) {
            *id = *number;
        }
    });
    if let Some(errors) = &mut api.errors {
        for cause in errors.codes.iter_mut().flat_map(|code| &mut code.causes) {
            if let CauseTarget::Body(id, _) = &mut cause.target
                && let Some(number) = numbers.get(id)
            {
                *id = *number;
            }
        }
    }
}

/// Returns the named types in a type.
pub fn named_types(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named_types(inner),
        Type::Any | Type::Scalar(_) => Vec::new(),
    }
}

/// Returns the named types in a definition.
fn inner_types(def: &TypeDef) -> Vec<TypeId> {
    match &def.shape {
        Shape::Struct(shape) => {
            let types = shape.fields.iter().map(|f| &f.ty).chain(&shape.additional);
            types.flat_map(named_types).collect()
        }
        Shape::Union(shape) => shape.variants.iter().flat_map(|v| named_types(&v.ty)).collect(),
        Shape::Alias(ty) => named_types(ty),
        Shape::Enum(_) => Vec::new(),
    }
}

/// Calls `f` for every type that an operation uses.
fn for_each_use(api: &mut Api, f: &mut dyn FnMut(&mut Type)) {
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|p| f(&mut p.ty));
        operation.body.iter_mut().flat_map(|body| &mut body.media).for_each(|m| f(&mut m.ty));
        for response in &mut operation.responses {
            response.media.iter_mut().for_each(|m| f(&mut m.ty));
            response.headers.iter_mut().for_each(|h| f(&mut h.ty));
        }
    }
}

/// Calls `f` for every use of a named type, except in the causes of errors.
fn for_each_id(api: &mut Api, f: &mut dyn FnMut(&mut TypeId)) {
    let mut types = std::mem::take(&mut api.types);
    for def in &mut types {
        match &mut def.shape {
            Shape::Struct(shape) => {
                shape
                    .fields
                    .iter_mut()
                    .map(|field| &mut field.ty)
                    .chain(&mut shape.additional)
                    .for_each(|ty| for_each_id_in(ty, f));
            }
            Shape::Union(shape) => {
                shape.variants.iter_mut().for_each(|v| for_each_id_in(&mut v.ty, f))
            }
            Shape::Alias(ty) => for_each_id_in(ty, f),
            Shape::Enum(_) => (),
        }
    }
    api.types = types;
    for_each_use(api, &mut |ty| for_each_id_in(ty, f));
}

fn for_each_id_in(ty: &mut Type, f: &mut dyn FnMut(&mut TypeId)) {
    match ty {
        Type::Named(id) => f(id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => for_each_id_in(inner, f),
        Type::Any | Type::Scalar(_) => (),
    }
}
