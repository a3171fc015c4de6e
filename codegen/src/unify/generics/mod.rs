//! [`Api`] → [`Api`] with generic types: types that are equal up to the types of some of their parts
//! become instances of one generic type.
//!
//! Every type keeps its name, as an alias of the instance, so that none changes when another type of
//! the same pattern is added or removed.
//!
//! | file | subject |
//! |---|---|
//! | `candidate` | the patterns, and what is compared of a type |
//! | `differences` | removes from the documentation what differs between the instances |
//! | `instances` | which types of a group can be instances |
//! | `words` | the names and texts of generic types |

mod candidate;
mod differences;
mod instances;
mod words;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::fingerprint::{Place, places};
use super::shared_doc;
use crate::ir::{Api, Generic, Instance, Shape, TypeDef, TypeId, compute_usage};
use crate::manifest::{Manifest, Names};
use crate::report::{Problem, Report, suggest};
use candidate::{Candidate, Pattern};

/// The number of different instances from which on there is a generic type.
const MIN_INSTANCES: usize = 3;

/// Adds the generic types to the API. `keys` are the keys of its types in `vendor.toml` and
/// `names.toml`. An instance of an earlier run stays one.
pub fn generalize_types(
    api: &mut Api,
    keys: &[String],
    manifest: &Manifest,
    recorded: &Names,
    report: &mut Report,
) {
    report_unused_patterns(api, keys, manifest, report);
    let usage = compute_usage(api, manifest.webhook_event());
    let candidates = candidate::find(api, &usage);
    let candidates = instances::without_cycles(candidates);
    let mut groups: BTreeMap<(Place, Pattern, String), Vec<Candidate>> = BTreeMap::new();
    let places = places(api, &usage);
    for candidate in candidates {
        let keys = type_keys(api, keys, candidate.id);
        let is_excluded = keys.iter().any(|key| manifest.generics.excluding(key).is_some());
        if let Some(place) = places.get(candidate.id.0).filter(|_| !is_excluded) {
            let key = (place.clone(), candidate.pattern, candidate.text.clone());
            groups.entry(key).or_default().push(candidate);
        }
    }
    let earlier = Earlier { api, keys, recorded };
    let mut generics: Vec<(Pattern, Generic)> = Vec::new();
    for ((_, pattern, _), group) in groups {
        let known = group.iter().any(|it| earlier.is_instance(it.id));
        let group = group.into_iter().filter(|it| earlier.allows(pattern, it.id, known)).collect();
        let group = instances::distinct(api, group);
        if instances::count_arguments(&group) >= MIN_INSTANCES || known && !group.is_empty() {
            generics.extend(generic(api, &group).map(|generic| (pattern, generic)));
        }
    }
    generics.sort_by_key(|(pattern, it)| {
        (*pattern, Reverse(it.instances.len()), it.instances.first().map(|it| it.id))
    });
    words::assign(&mut generics);
    api.generics = generics.into_iter().map(|(_, generic)| generic).collect();
    align_instances(api);
}

/// What an earlier run generated.
struct Earlier<'a> {
    api: &'a Api,
    keys: &'a [String],
    recorded: &'a Names,
}

impl Earlier<'_> {
    /// Returns whether a type was an instance of a generic type.
    fn is_instance(&self, id: TypeId) -> bool {
        let keys = type_keys(self.api, self.keys, id);
        keys.iter().any(|key| self.recorded.generics.contains_key(*key))
    }

    /// Returns whether a type can be an instance now. `known` is whether another one of its group was.
    fn allows(&self, pattern: Pattern, id: TypeId, known: bool) -> bool {
        // The fields of a list stay the same.
        if pattern == Pattern::List || self.recorded.is_empty() || self.is_instance(id) {
            return true;
        }
        // The names of variants would change.
        let keys = type_keys(self.api, self.keys, id);
        let is_recorded = keys.iter().any(|key| self.recorded.types.contains_key(*key));
        let is_component = keys.iter().any(|key| !key.starts_with('/'));
        !is_recorded && (known || !is_component)
    }
}

/// Returns the keys of a type: one for each schema that it stands for.
fn type_keys<'k>(api: &'k Api, keys: &'k [String], id: TypeId) -> Vec<&'k str> {
    let own = keys.get(id.0).map(String::as_str);
    api.types.get(id.0).map(|def| def.keys(own)).unwrap_or_default()
}

/// Returns the generic type of a group.
fn generic(api: &Api, group: &[Candidate]) -> Option<Generic> {
    let first = group.first()?;
    let defs: Vec<TypeDef> = group
        .iter()
        .filter_map(|it| {
            let mut def = api.types.get(it.id.0)?.clone();
            if let Shape::Struct(shape) = &mut def.shape {
                candidate::sort_fields(shape, api.types.get(first.id.0)?);
            }
            Some(def)
        })
        .collect();
    let defs: Vec<&TypeDef> = defs.iter().collect();
    let mut def = shared_doc::with_common_docs(&defs)?;
    if let Shape::Struct(shape) = &mut def.shape {
        differences::remove(shape, &defs);
    }
    let instance = |it: &Candidate| Instance { id: it.id, arguments: it.arguments.clone() };
    Some(Generic {
        words: Vec::new(),
        doc: def.doc,
        shape: def.shape,
        parameters: first.parameters.clone(),
        instances: group.iter().map(instance).collect(),
    })
}

/// Gives the instances the order of fields and the names of variants of their generic type.
fn align_instances(api: &mut Api) {
    for generic in &api.generics {
        for instance in &generic.instances {
            let Some(def) = api.types.get_mut(instance.id.0) else { continue };
            match (&mut def.shape, &generic.shape) {
                (Shape::Struct(shape), Shape::Struct(order)) => {
                    candidate::sort_like(shape, order);
                }
                (Shape::Union(union), Shape::Union(names)) => {
                    for (variant, named) in union.variants.iter_mut().zip(&names.variants) {
                        variant.name.clone_from(&named.name);
                        variant.doc.clone_from(&named.doc);
                    }
                }
                (_, _) => {}
            }
        }
    }
}

/// Reports the patterns of `[generics]` that match no type.
fn report_unused_patterns(api: &Api, keys: &[String], manifest: &Manifest, report: &mut Report) {
    let known: Vec<&str> =
        (0..api.types.len()).flat_map(|id| type_keys(api, keys, TypeId(id))).collect();
    for (index, pattern) in manifest.generics.exclude.iter().enumerate() {
        if known.iter().any(|key| manifest.generics.excluding(key) == Some(index)) {
            continue;
        }
        let location = manifest.location(&["generics", "exclude", &index.to_string()]);
        let message = format!("`{pattern}` has no effect: it matches no type");
        let help = suggest(pattern, known.iter().copied(), "correct the key, or remove it");
        report.error_or_warn(Problem::error(location, message).help(help));
    }
}
