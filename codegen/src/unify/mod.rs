//! [`Api`] → [`Api`] with one type for each structure: inline schemas that are equal up to the names of
//! nested types become one type. It runs after `infer`, so that inferred meanings are compared, too.
//!
//! Equal types have the same wire names, requiredness, limits, formats, defaults, secrets and error
//! codes; they differ at most in documentation. A component never becomes another type.
//!
//! | file | subject |
//! |---|---|
//! | `fingerprint` | what is compared of a type besides the types nested in it |
//! | `partition` | which types are equal, by refinement of a partition |
//! | `known_names` | the names of earlier runs, which keep types separate |
//! | `shared_name` | the words for the name of a type that several schemas share |
//! | `shared_doc` | its documentation |
//! | `generics` | types that are equal up to the types of some of their parts |

mod fingerprint;
mod generics;
mod known_names;
mod partition;
mod shared_doc;
mod shared_name;

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Type, TypeId, TypeName, TypeUse, replace_types};
use crate::manifest::{Manifest, Names};

pub use generics::generalize_types;
pub use known_names::most_frequent;
use partition::Partition;
use shared_name::LastWords;

/// Merges the inline types that are equal. `keys` are the keys of all types in `vendor.toml` and
/// `names.toml`; those of merged types are removed from it. Types that an earlier run or
/// `vendor.toml` named differently stay separate.
pub fn unify_types(api: &mut Api, keys: &mut Vec<String>, manifest: &Manifest, recorded: &Names) {
    let groups = equal_types(api, keys, manifest, recorded);
    let last_words = LastWords::count(api);
    let mut replaced: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let mut shared = Vec::new();
    for group in groups.iter().filter(|group| group.len() > 1) {
        let Some((first, others)) = group.split_first() else { continue };
        let defs: Vec<_> = group.iter().filter_map(|id| api.types.get(id.0)).collect();
        let Some(mut def) = shared_doc::with_common_docs(&defs) else { continue };
        let with_keys = defs.iter().zip(group.iter().filter_map(|id| keys.get(id.0)));
        let uses =
            with_keys.map(|(def, key)| TypeUse { key: key.clone(), pointer: def.pointer.clone() });
        let uses = uses.collect();
        let words = shared_name::candidates(&defs, &last_words);
        def.name = TypeName::Shared { words, uses };
        shared.push((*first, def));
        replaced.extend(others.iter().map(|other| (*other, *first)));
    }
    for (TypeId(index), def) in shared {
        if let Some(slot) = api.types.get_mut(index) {
            *slot = def;
        }
    }
    replace_types(api, &replaced);
    let mut ids = (0..).map(TypeId);
    keys.retain(|_| ids.next().is_some_and(|id| !replaced.contains_key(&id)));
}

/// Returns the groups of equal types, each in the order of the document.
fn equal_types(
    api: &Api,
    keys: &[String],
    manifest: &Manifest,
    recorded: &Names,
) -> Vec<Vec<TypeId>> {
    let nested = api.types.iter().map(|def| {
        let mut nested = Vec::new();
        def.shape.for_each_type(&mut |ty: &Type| nested.extend(ty.innermost_id()));
        nested
    });
    let nested: Vec<Vec<TypeId>> = nested.collect();
    let mut partition = Partition::new(&fingerprint::fingerprints(api, manifest));
    partition.refine(&nested);
    let inline: BTreeSet<TypeId> = partition.repeated().flatten().copied().collect();
    for labels in [&recorded.types, &manifest.names.types] {
        let label = |id: TypeId| {
            let pointer = api.types.get(id.0).map(|def| &def.pointer)?;
            let label = labels.get(keys.get(id.0)?).or_else(|| labels.get(pointer));
            label.filter(|_| inline.contains(&id)).map(String::as_str)
        };
        let labels: Vec<Option<&str>> = (0..api.types.len()).map(|id| label(TypeId(id))).collect();
        partition.split(&known_names::separate(&partition, &labels));
        partition.refine(&nested);
    }
    partition.into_groups()
}
