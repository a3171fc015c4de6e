//! The final pass over the types: removes duplicates and unused types, and renumbers the rest in the
//! order of the document.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Type, TypeDef, TypeId, TypeName, for_each_type_id};

/// Removes duplicate and unused types, and renumbers the rest.
pub fn dedup_types(api: &mut Api) {
    while merge_equal_types(api) {}
    renumber(api);
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
    for_each_type_id(api, &mut |id| {
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
    for operation in &mut api.operations {
        operation.for_each_type_mut(&mut |ty| used.extend(ty.innermost_id()));
    }
    used.extend(api.components.values().filter_map(Type::innermost_id));
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
            let mut inner = Vec::new();
            if let Some(def) = api.types.get(id.0) {
                def.shape.for_each_type(&mut |ty| inner.extend(ty.innermost_id()));
            }
            stack.extend(inner.into_iter().rev());
        }
    }
    let mut old: Vec<Option<TypeDef>> =
        std::mem::take(&mut api.types).into_iter().map(Some).collect();
    api.types = order.iter().filter_map(|id| old.get_mut(id.0)?.take()).collect();
    for_each_type_id(api, &mut |id| {
        if let Some(number) = numbers.get(id) {
            *id = *number;
        }
    });
}
