//! Names that are known before any is derived: overrides in `vendor.toml`, then recorded names.

use std::collections::BTreeMap;

use super::builder;
use super::names::{Case, name};
use crate::ir::{Api, Operation, Shape, TypeName};
use crate::manifest::{Manifest, Names};
use crate::report::Problem;

/// The overrides and recorded names of one vendor.
#[derive(Debug, Clone, Copy)]
pub struct NameOverrides<'a> {
    /// `vendor.toml`
    pub manifest: &'a Manifest,
    /// The names of earlier runs.
    pub recorded: &'a Names,
    /// The key of each type of the API in these files.
    pub keys: &'a [String],
}

/// A name that is known before any is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOverride<'a> {
    /// Words from `vendor.toml`.
    Pinned(&'a str),
    /// The identifier of an earlier run.
    Recorded(&'a str),
}

fn pinned_or_recorded<'a>(
    pinned: Option<&'a String>,
    recorded: Option<&'a String>,
) -> Option<NameOverride<'a>> {
    let pinned = pinned.map(|words| NameOverride::Pinned(words));
    pinned.or_else(|| recorded.map(|name| NameOverride::Recorded(name)))
}

impl<'a> NameOverrides<'a> {
    pub(super) fn operation(&self, operation: &Operation) -> Option<NameOverride<'a>> {
        let key = operation_key(operation);
        let pinned = self.manifest.names.operations.get(&key);
        pinned_or_recorded(pinned, self.recorded.operations.get(&key))
    }

    /// Looks up a type by its key. In `vendor.toml`, the full JSON pointer of an inline schema is a
    /// valid key too.
    pub(super) fn type_name(&self, id: usize, api: &Api) -> Option<NameOverride<'a>> {
        let (key, def) = (self.keys.get(id)?, api.types.get(id)?);
        let overrides = &self.manifest.names.types;
        let inline = matches!(def.name, TypeName::Inline(_));
        let pinned = overrides.get(key).or_else(|| overrides.get(&def.pointer).filter(|_| inline));
        pinned_or_recorded(pinned, self.recorded.types.get(key))
    }

    pub(super) fn builder(&self, key: &str) -> Option<NameOverride<'a>> {
        pinned_or_recorded(self.manifest.names.builder.get(key), self.recorded.builder.get(key))
    }

    pub(super) fn server(&self, url: &str) -> Option<NameOverride<'a>> {
        pinned_or_recorded(self.manifest.names.servers.get(url), self.recorded.servers.get(url))
    }
}

/// Returns the key of an operation: `GET /orders`.
pub(super) fn operation_key(operation: &Operation) -> String {
    format!("{} {}", operation.method.name(), operation.template)
}

/// Checks `[names]` of `vendor.toml`: every key must name something that is generated, and no two
/// may have the same name.
pub fn check(overrides: &NameOverrides<'_>, api: &Api) -> Vec<Problem> {
    let mut problems = Vec::new();
    let names = &overrides.manifest.names;
    let operations: Vec<String> = api.operations.iter().map(operation_key).collect();
    let is_type = |key: &String| {
        api.types.iter().zip(overrides.keys).any(|(def, type_key)| {
            let is_key = type_key == key || def.pointer == *key;
            is_key && !matches!(def.shape, Shape::Alias(_))
        })
    };
    let is_server = |key: &String| api.servers.iter().any(|server| server.url == *key);
    let mut check_table =
        |table: &str, pins: &BTreeMap<String, String>, case, exists: &dyn Fn(&String) -> bool| {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            let noun = if table == "builder" { "builder methods" } else { table };
            for (key, words) in pins {
                let location = overrides.manifest.location(&["names", table, key]);
                if !exists(key) {
                    let message = format!("`{key}` does not name any of the generated {noun}");
                    let help = "run `docwright inspect` for the current keys, then correct or \
                                remove the line";
                    problems.push(Problem::error(location, message).help(help));
                    continue;
                }
                let name = name(words, case).to_string();
                if let Some(first) = seen.insert(name.clone(), key) {
                    let message = format!("`{name}` is the name of two {noun}");
                    let other = overrides.manifest.location(&["names", table, first]);
                    let problem = Problem::error(location, message);
                    problems.push(problem.related(other, "first used here"));
                }
            }
        };
    check_table("operations", &names.operations, Case::Snake, &|key| operations.contains(key));
    check_table("types", &names.types, Case::Pascal, &is_type);
    let methods = builder::builder_methods(api);
    let is_method = |key: &String| methods.iter().any(|method| method.key == *key);
    check_table("builder", &names.builder, Case::Snake, &is_method);
    check_table("servers", &names.servers, Case::Pascal, &is_server);
    problems
}

/// Returns the names to record, since a change of the input could change them: neither overrides
/// nor the names of types that equal their component's key can change.
///
/// The names of operations are recorded even if they follow from an id or title, since vendors may
/// use one twice.
pub(super) fn names_to_record(
    overrides: &NameOverrides<'_>,
    api: &Api,
    operations: impl Iterator<Item = (String, String)>,
    types: impl Iterator<Item = Option<String>>,
    servers: impl Iterator<Item = (String, String)>,
) -> Names {
    let is_pinned = |name: Option<NameOverride<'_>>| matches!(name, Some(NameOverride::Pinned(_)));
    let mut names = Names::default();
    for (operation, (method, request)) in api.operations.iter().zip(operations) {
        names.requests.insert(operation_key(operation), request);
        if !is_pinned(overrides.operation(operation)) {
            names.operations.insert(operation_key(operation), method);
        }
    }
    for (id, (ty, key)) in types.zip(overrides.keys).enumerate() {
        let Some(name) = ty else { continue };
        let is_key =
            api.types.get(id).is_some_and(|def| def.name == TypeName::Component(name.clone()));
        if !is_key && !is_pinned(overrides.type_name(id, api)) {
            names.types.insert(key.clone(), name);
        }
    }
    for (url, variant) in servers {
        if !is_pinned(overrides.server(&url)) {
            names.servers.insert(url, variant);
        }
    }
    names
}

/// Returns a sentence for each name that differs from the recorded one.
pub(super) fn renamed(recorded: &Names, current: &Names) -> Vec<String> {
    let tables = [
        (&recorded.operations, &current.operations),
        (&recorded.types, &current.types),
        (&recorded.servers, &current.servers),
        (&recorded.builder, &current.builder),
    ];
    let pairs = tables.into_iter().flat_map(|(before, now)| {
        before.iter().filter_map(|(key, old)| Some((key, old, now.get(key)?)))
    });
    let changed = pairs.filter(|(_, old, new)| old != new);
    changed.map(|(key, old, new)| format!("`{key}` was named `{old}` and is now `{new}`")).collect()
}
