//! Which file each operation and each type is in, and which Cargo feature a file needs.
//!
//! A resource has a file of requests, and a file of the types that only it uses. The other types are in
//! files that are named after them. `names.toml` records the file of each type.

mod features;
mod references;
mod spill;
mod weight;

use std::collections::{BTreeMap, BTreeSet};

use super::naming::{Case, Name, NameOverrides, name};
use super::{Context, Operation, TypeItem, Visibility};
use crate::infer::{is_verb, singular, split_words};
use crate::ir;
pub(super) use features::{plan_features, webhook_features};
use references::References;
pub(super) use references::type_references;
use spill::{Item, Loads, spill};
pub(super) use weight::{FULL, STUB};

/// The file of types that several resources use and that no other file is named after.
const SHARED: &str = "shared";

/// The files of the types, and what to record of them.
#[derive(Debug, Default)]
pub(super) struct TypeFiles {
    /// The file of each type, by its index in the plan. Empty: there is one file.
    pub files: Vec<Name>,
    /// The file of each type, by the type's key, and that of each operation.
    pub recorded: BTreeMap<String, String>,
}

/// Divides the operations of each file, and the types, so that no file becomes too long.
pub(super) fn assign_files(
    context: &Context<'_>,
    overrides: &NameOverrides<'_>,
    types: &[TypeItem],
    operations: &mut [Operation],
) -> TypeFiles {
    let lines = types.iter().map(weight::type_weight).sum::<usize>();
    let has_resources = !context.names.resource_types.is_empty();
    let groups: Vec<String> = operations.iter().map(|it| it.file.as_str().to_owned()).collect();
    let mut recorded = BTreeMap::new();
    divide_operations(context, overrides, operations, &mut recorded);
    if !has_resources && lines <= FULL && overrides.recorded.files.is_empty() {
        return TypeFiles::default();
    }
    let references = References::new(types, operations);
    let files = type_files(context, overrides, types, &references.users(&groups), &groups);
    for ((key, _), file) in type_keys(context, overrides, types).zip(&files) {
        recorded.insert(key.to_owned(), file.as_str().to_owned());
    }
    TypeFiles { files, recorded }
}

/// Divides the operations of files that are too long, by the segments of their paths.
fn divide_operations(
    context: &Context<'_>,
    overrides: &NameOverrides<'_>,
    operations: &mut [Operation],
    recorded: &mut BTreeMap<String, String>,
) {
    let mut loads = Loads::new();
    let mut groups: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    let mut moved: Vec<(usize, String)> = Vec::new();
    for (index, (operation, api)) in operations.iter().zip(&context.api.operations).enumerate() {
        let base = operation.file.as_str().to_owned();
        let weight = weight::operation_weight(operation);
        match overrides.recorded.files.get(&api.key()) {
            Some(file) => {
                let load = loads.entry(file.clone()).or_default();
                *load = load.saturating_add(weight);
                moved.push((index, file.clone()));
            }
            None => {
                let words = path_words(api, &base);
                groups.entry(base).or_default().push(Item { index, weight, words });
            }
        }
    }
    for (base, items) in groups {
        spill(&base, items, &mut loads, &mut |index, file| moved.push((index, file.to_owned())));
    }
    for (index, file) in moved {
        let (Some(operation), Some(api)) =
            (operations.get_mut(index), context.api.operations.get(index))
        else {
            continue;
        };
        if operation.file.as_str() != file {
            operation.file = file_name(&file);
            recorded.insert(api.key(), file);
        }
    }
    let is_split = super::files::is_split(operations.iter().map(|operation| &operation.file));
    for operation in
        operations.iter_mut().filter(|it| is_split && it.visibility == Visibility::Parent)
    {
        operation.visibility = Visibility::Grandparent;
    }
}

/// Returns the literal segments of a path that do not repeat the name of a file.
fn path_words(operation: &ir::Operation, base: &str) -> Vec<String> {
    let base = file_words(base);
    let segments = operation.template.split('/');
    let literals = segments.filter(|it| !it.is_empty() && !it.contains('{') && it.is_ascii());
    let words = literals.map(|segment| split_words(segment.trim_end_matches(".json")));
    let is_distinct = |word: &String| {
        let is_version = word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
        !is_version && !base.contains(&singular(word))
    };
    let words = words.filter(|words| words.iter().any(is_distinct));
    words.map(|words| words.join("_")).filter(|word| !word.is_empty()).collect()
}

/// Returns the words of a file's name, in the singular.
fn file_words(file: &str) -> BTreeSet<String> {
    file.split('_').map(singular).collect()
}

fn type_keys<'a>(
    context: &'a Context<'_>,
    overrides: &'a NameOverrides<'_>,
    types: &'a [TypeItem],
) -> impl Iterator<Item = (&'a str, &'a TypeItem)> {
    let names = context.names.types.iter().zip(overrides.keys);
    let keys: BTreeMap<&Name, &str> =
        names.filter_map(|(name, key)| Some((name.as_ref()?, key.as_str()))).collect();
    types.iter().map(move |item| (keys.get(item.name()).copied().unwrap_or_default(), item))
}

/// Assigns every type to a file. `users` are the groups of operations that use each type.
fn type_files(
    context: &Context<'_>,
    overrides: &NameOverrides<'_>,
    types: &[TypeItem],
    users: &[BTreeSet<String>],
    groups: &[String],
) -> Vec<Name> {
    let mut loads = Loads::new();
    let mut files: Vec<String> = vec![String::new(); types.len()];
    let mut items: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    let keyed = type_keys(context, overrides, types).zip(users).enumerate();
    for (index, ((key, item), users)) in keyed {
        let weight = weight::type_weight(item);
        if let (Some(file), Some(slot)) = (overrides.recorded.files.get(key), files.get_mut(index))
        {
            let load = loads.entry(file.clone()).or_default();
            *load = load.saturating_add(weight);
            slot.clone_from(file);
            continue;
        }
        let base = match users.first() {
            Some(user) if users.len() == 1 => user.as_str(),
            _ => SHARED,
        };
        let words = type_words(item.name(), base);
        items.entry(base).or_default().push(Item { index, weight, words });
    }
    for (base, items) in items {
        spill(base, items, &mut loads, &mut |index, file| {
            let Some(slot) = files.get_mut(index) else { return };
            let own = file.strip_prefix(SHARED).and_then(|rest| rest.strip_prefix('_'));
            // A file of shared types never has the name of a resource's.
            *slot = match own {
                Some(own)
                    if base == SHARED
                        && !groups.iter().any(|group| own.starts_with(group.as_str())) =>
                {
                    own.to_owned()
                }
                _ => file.to_owned(),
            };
        });
    }
    files.iter().map(|file| file_name(file)).collect()
}

/// Returns the words of a type's name that say what it is about.
fn type_words(name: &Name, base: &str) -> Vec<String> {
    let base = file_words(base);
    let mut words = split_words(name.as_str());
    words.retain(|word| word.is_ascii() && !is_verb(word) && !base.contains(&singular(word)));
    words
}

fn file_name(file: &str) -> Name {
    match name(file, Case::Snake) {
        name if name.as_str() == "mod" => self::name("module", Case::Snake),
        name => name,
    }
}
