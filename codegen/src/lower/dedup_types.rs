//! The list of types as it leaves: equal inline schemas are one type, what nothing uses is gone, and
//! the numbers follow the order of the source.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Shape, Subject, Type, TypeDef, TypeId, TypeName};

/// Unites, drops and numbers the types.
pub fn tidy(api: &mut Api) {
    stand_in(api);
    while unite(api) {}
    number(api);
}

/// Uses what an inline alias stands for in its location: its name means nothing to anyone. Cycles of
/// aliases are broken by now.
fn stand_in(api: &mut Api) {
    let target = |def: &TypeDef| match (&def.name, &def.shape) {
        (TypeName::Inline(_), Shape::Alias(Type::Named(id))) => Some(*id),
        _ => None,
    };
    let targets: Vec<Option<TypeId>> = api.types.iter().map(target).collect();
    each_id(api, &mut |id| {
        while let Some(Some(target)) = targets.get(id.0) {
            *id = *target;
        }
    });
}

/// Makes one type of inline schemas with the same words and the same shape. Uniting two types can
/// make others equal that hold them; so it is done until nothing changes.
fn unite(api: &mut Api) -> bool {
    let mut groups: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    let mut same: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for (index, def) in api.types.iter().enumerate() {
        let TypeName::Inline(words) = &def.name else { continue };
        let group = groups.entry(words).or_default();
        let twin = group
            .iter()
            .find(|other| api.types.get(**other).is_some_and(|other| other.shape == def.shape));
        match twin {
            Some(twin) => drop(same.insert(TypeId(index), TypeId(*twin))),
            None => group.push(index),
        }
    }
    let mut changed = false;
    each_id(api, &mut |id| {
        if let Some(twin) = same.get(id) {
            *id = *twin;
            changed = true;
        }
    });
    changed
}

/// Components first, as they stand in the source; then the inline types that are used, each where
/// it is first met on the way through components and operations.
fn number(api: &mut Api) {
    let mut order: Vec<TypeId> = Vec::new();
    let mut numbers: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let components =
        api.types.iter().enumerate().filter(|(_, def)| matches!(def.name, TypeName::Component(_)));
    for (index, _) in components {
        numbers.insert(TypeId(index), TypeId(order.len()));
        order.push(TypeId(index));
    }
    let mut used: Vec<TypeId> = order.clone();
    each_use(api, &mut |ty| used.extend(named(ty)));
    let mut entered = BTreeSet::new();
    for id in used {
        // Depth first, in the order of the members.
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            if !entered.insert(id) {
                continue;
            }
            numbers.entry(id).or_insert_with(|| {
                order.push(id);
                TypeId(order.len() - 1)
            });
            let inner = api.types.get(id.0).map(inside).unwrap_or_default();
            waiting.extend(inner.into_iter().rev());
        }
    }
    let mut old: Vec<Option<TypeDef>> =
        std::mem::take(&mut api.types).into_iter().map(Some).collect();
    api.types = order.iter().filter_map(|id| old.get_mut(id.0)?.take()).collect();
    each_id(api, &mut |id| {
        if let Some(number) = numbers.get(id) {
            *id = *number;
        }
    });
    if let Some(errors) = &mut api.errors {
        for cause in errors.codes.iter_mut().flat_map(|code| &mut code.causes) {
            if let Subject::Body(id, _) = &mut cause.subject
                && let Some(number) = numbers.get(id)
            {
                *id = *number;
            }
        }
    }
}

/// The named types in a type.
pub fn named(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        Type::Any | Type::Scalar(_) => Vec::new(),
    }
}

fn inside(def: &TypeDef) -> Vec<TypeId> {
    match &def.shape {
        Shape::Struct(shape) => {
            shape.fields.iter().map(|f| &f.ty).chain(&shape.rest).flat_map(named).collect()
        }
        Shape::Union(shape) => shape.variants.iter().flat_map(|v| named(&v.ty)).collect(),
        Shape::Alias(ty) => named(ty),
        Shape::Enum(_) => Vec::new(),
    }
}

/// Every type that operations use.
fn each_use(api: &mut Api, f: &mut dyn FnMut(&mut Type)) {
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|p| f(&mut p.ty));
        operation.body.iter_mut().flat_map(|body| &mut body.media).for_each(|m| f(&mut m.ty));
        for response in &mut operation.responses {
            response.media.iter_mut().for_each(|m| f(&mut m.ty));
            response.headers.iter_mut().for_each(|h| f(&mut h.ty));
        }
    }
}

/// Every mention of a named type, but for the causes of errors.
fn each_id(api: &mut Api, f: &mut dyn FnMut(&mut TypeId)) {
    let mut types = std::mem::take(&mut api.types);
    for def in &mut types {
        match &mut def.shape {
            Shape::Struct(shape) => {
                shape
                    .fields
                    .iter_mut()
                    .map(|field| &mut field.ty)
                    .chain(&mut shape.rest)
                    .for_each(|ty| ids(ty, f));
            }
            Shape::Union(shape) => shape.variants.iter_mut().for_each(|v| ids(&mut v.ty, f)),
            Shape::Alias(ty) => ids(ty, f),
            Shape::Enum(_) => (),
        }
    }
    api.types = types;
    each_use(api, &mut |ty| ids(ty, f));
}

fn ids(ty: &mut Type, f: &mut dyn FnMut(&mut TypeId)) {
    match ty {
        Type::Named(id) => f(id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => ids(inner, f),
        Type::Any | Type::Scalar(_) => (),
    }
}
