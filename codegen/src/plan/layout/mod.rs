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
use crate::ir::{self, TypeName};
pub(super) use features::{error_files, plan_features, webhook_features};
use references::References;
pub(super) use references::{json_type, operation_types, response_types, type_references};
use spill::{Item, Loads, spill};
pub(super) use weight::{FULL, STUB};

/// The file of types that several resources use and that no other file is named after.
const SHARED: &str = "shared";

/// The file that holds all operations if there are few.
pub(super) const ONE_FILE: &str = "operations";

/// Returns whether the operations are in a folder with a file for each tag.
pub(super) fn is_split<'n>(mut operation_files: impl Iterator<Item = &'n Name>) -> bool {
    operation_files.any(|file| file.as_str() != ONE_FILE)
}

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
    let names: BTreeSet<&str> = groups.iter().map(String::as_str).collect();
    let users = references.users(&groups);
    let files = type_files(context, overrides, types, &users, &names);
    for ((keys, _), file) in type_keys(context, overrides, types).zip(&files) {
        recorded.extend(keys.into_iter().map(|key| (key.to_owned(), file.as_str().to_owned())));
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
    let is_split = is_split(operations.iter().map(|operation| &operation.file));
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

/// Returns the keys of each type. A type of several schemas has a key for each, so that its file does not
/// depend on which of them is the first.
fn type_keys<'a>(
    context: &'a Context<'_>,
    overrides: &'a NameOverrides<'_>,
    types: &'a [TypeItem],
) -> impl Iterator<Item = (Vec<&'a str>, &'a TypeItem)> {
    let named = context.names.types.iter().zip(&context.api.types).zip(overrides.keys);
    let keys: BTreeMap<&Name, Vec<&str>> = named
        .filter_map(|((name, def), key)| {
            let keys = match &def.name {
                TypeName::Shared { uses, .. } => uses.iter().map(|it| it.key.as_str()).collect(),
                TypeName::Component(_) | TypeName::Inline(_) => vec![key.as_str()],
            };
            Some((name.as_ref()?, keys))
        })
        .collect();
    types.iter().map(move |item| (keys.get(item.name()).cloned().unwrap_or_default(), item))
}

/// Assigns every type to a file. `users` are the groups of operations that use each type.
fn type_files(
    context: &Context<'_>,
    overrides: &NameOverrides<'_>,
    types: &[TypeItem],
    users: &[BTreeSet<String>],
    groups: &BTreeSet<&str>,
) -> Vec<Name> {
    let mut loads = Loads::new();
    let mut files: Vec<String> = vec![String::new(); types.len()];
    let mut parts: BTreeMap<&BTreeSet<String>, Part> = BTreeMap::new();
    let everyone = BTreeSet::new();
    let has_features = super::naming::has_features(overrides, context.api);
    let keyed = type_keys(context, overrides, types).zip(users).enumerate();
    for (index, ((keys, item), users)) in keyed {
        // Without features, all shared types are one part.
        let users = if users.len() > 1 && !has_features { &everyone } else { users };
        let part = parts.entry(users).or_default();
        let weight = weight::type_weight(item);
        match keys.iter().find_map(|key| overrides.recorded.files.get(*key)) {
            Some(file) => {
                let load = loads.entry(file.clone()).or_default();
                *load = load.saturating_add(weight);
                part.recorded.insert(file.clone());
                if let Some(slot) = files.get_mut(index) {
                    slot.clone_from(file);
                }
            }
            None => {
                let words = type_words(item.name(), users.first().map_or("", String::as_str));
                part.items.push(Item { index, weight, words });
            }
        }
    }
    let mut parts: Vec<(&BTreeSet<String>, Part)> = parts.into_iter().collect();
    parts.sort_by_key(|(users, part)| (users.len() != 1, std::cmp::Reverse(part.weight())));
    let mut bases: BTreeSet<String> = loads.keys().cloned().collect();
    for (users, part) in parts.into_iter().filter(|(_, part)| !part.items.is_empty()) {
        let base = match users.first() {
            Some(user) if users.len() == 1 => user.clone(),
            _ => part.shared_file(has_features, groups, &bases),
        };
        bases.insert(base.clone());
        spill(&base, part.items, &mut loads, &mut |index, file| {
            if let Some(slot) = files.get_mut(index) {
                file.clone_into(slot);
            }
        });
    }
    files.iter().map(|file| file_name(file)).collect()
}

/// The types that the same groups of operations use: no group compiles a type that it does not use.
#[derive(Debug, Default)]
struct Part {
    /// The types that have no file yet.
    items: Vec<Item>,
    /// The files of the others.
    recorded: BTreeSet<String>,
}

impl Part {
    fn weight(&self) -> usize {
        self.items.iter().map(|item| item.weight).sum()
    }

    /// Returns the file of types that several groups use: a recorded one, or else one that is named after the
    /// word, or the words, that most lines of them have in common. It never has the name of a group.
    fn shared_file(
        &self,
        has_features: bool,
        groups: &BTreeSet<&str>,
        taken: &BTreeSet<String>,
    ) -> String {
        if let Some(file) = self.recorded.first() {
            return file.clone();
        }
        if !has_features {
            return SHARED.to_owned();
        }
        let mut names: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for item in &self.items {
            for count in 1..=item.words.len() {
                let words = item.words.get(..count).unwrap_or_default();
                *names.entry((count, words.join("_"))).or_default() += item.weight;
            }
        }
        let mut names: Vec<((usize, String), usize)> = names.into_iter().collect();
        names.sort_by_key(|((count, _), weight)| (*count, std::cmp::Reverse(*weight)));
        let is_group = |name: &str| {
            let follows = |group: &&str| {
                let rest = name.strip_prefix(group);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            };
            groups.iter().any(follows)
        };
        let names = names.into_iter().map(|((_, name), _)| match is_group(&name) {
            true => format!("{SHARED}_{name}"),
            false => name,
        });
        let mut free = names.filter(|name| !taken.contains(name) && !is_group(name));
        free.next().unwrap_or_else(|| SHARED.to_owned())
    }
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
