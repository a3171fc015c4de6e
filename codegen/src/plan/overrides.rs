//! Names that are there before any is made up: those that `vendor.toml` fixes, then those that were
//! given before.

use std::collections::BTreeMap;

use super::builder;
use super::identifiers::method_word;
use super::names::{Case, name};
use crate::ir::{Api, Operation, Shape, TypeName};
use crate::manifest::{Manifest, Names};
use crate::report::Problem;

/// What is overrides, and what the types of the API are called there.
#[derive(Debug, Clone, Copy)]
pub struct NameOverrides<'a> {
    /// `vendor.toml`
    pub manifest: &'a Manifest,
    /// The names given before.
    pub recorded: &'a Names,
    /// The key of each type of the API.
    pub keys: &'a [String],
}

/// A overrides name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOverride<'a> {
    /// Words that `vendor.toml` fixes.
    Pinned(&'a str),
    /// The identifier that was given before.
    Recorded(&'a str),
}

fn pick<'a>(pinned: Option<&'a String>, recorded: Option<&'a String>) -> Option<NameOverride<'a>> {
    let pinned = pinned.map(|words| NameOverride::Pinned(words));
    pinned.or_else(|| recorded.map(|name| NameOverride::Recorded(name)))
}

impl<'a> NameOverrides<'a> {
    pub(super) fn operation(&self, operation: &Operation) -> Option<NameOverride<'a>> {
        let key = operation_key(operation);
        let pinned = self.manifest.names.operations.get(&key);
        pick(pinned, self.recorded.operations.get(&key))
    }

    /// A type goes by its key, in `vendor.toml` also by the pointer with every number in it.
    pub(super) fn ty(&self, id: usize, api: &Api) -> Option<NameOverride<'a>> {
        let (key, def) = (self.keys.get(id)?, api.types.get(id)?);
        let pins = &self.manifest.names.types;
        let inline = matches!(def.name, TypeName::Inline(_));
        let pinned = pins.get(key).or_else(|| pins.get(&def.pointer).filter(|_| inline));
        pick(pinned, self.recorded.types.get(key))
    }

    pub(super) fn builder(&self, key: &str) -> Option<NameOverride<'a>> {
        pick(self.manifest.names.builder.get(key), self.recorded.builder.get(key))
    }

    pub(super) fn server(&self, url: &str) -> Option<NameOverride<'a>> {
        pick(self.manifest.names.servers.get(url), self.recorded.servers.get(url))
    }
}

/// An operation's key: `GET /orders`.
pub(super) fn operation_key(operation: &Operation) -> String {
    format!("{} {}", method_word(operation.method), operation.template)
}

/// What is wrong with the names that `vendor.toml` fixes: one that names nothing, one that two
/// things have.
pub fn check(overrides: &NameOverrides<'_>, api: &Api) -> Vec<Problem> {
    let mut problems = Vec::new();
    let names = &overrides.manifest.names;
    let operations: Vec<String> = api.operations.iter().map(operation_key).collect();
    let is_printed = |key: &String| {
        api.types.iter().zip(overrides.keys).any(|(def, own)| {
            let named = own == key || def.pointer == *key;
            named && !matches!(def.shape, Shape::Alias(_))
        })
    };
    let is_server = |key: &String| api.servers.iter().any(|server| server.url == *key);
    let mut all =
        |table: &str, pins: &BTreeMap<String, String>, case, known: &dyn Fn(&String) -> bool| {
            let mut held: BTreeMap<String, &str> = BTreeMap::new();
            for (key, words) in pins {
                let location = overrides.manifest.location(&["names", table, key]);
                if !known(key) {
                    let what = format!("`{key}` names none of the {table} that are generated");
                    let help = "see how it is called now, then mend or remove the line";
                    problems.push(Problem::error(location, what).help(help));
                    continue;
                }
                let made = name(words, case).to_string();
                if let Some(first) = held.insert(made.clone(), key) {
                    let what = format!("`{made}` is the name of two {table}");
                    let other = overrides.manifest.location(&["names", table, first]);
                    problems.push(Problem::error(location, what).related(other, "the other one"));
                }
            }
        };
    all("operations", &names.operations, Case::Snake, &|key| operations.contains(key));
    all("types", &names.types, Case::Pascal, &is_printed);
    let methods = builder::wanted(api);
    let is_method = |key: &String| methods.iter().any(|wanted| wanted.key == *key);
    all("builder", &names.builder, Case::Snake, &is_method);
    all("servers", &names.servers, Case::Pascal, &is_server);
    problems
}

/// The names that another page could change, to be recorded. A name that `vendor.toml` fixes cannot
/// change, nor that of a type which bears its component's key.
///
/// Operations are recorded whatever they are named after: titles and ids are the vendor's to repeat.
pub(super) fn record(
    overrides: &NameOverrides<'_>,
    api: &Api,
    operations: impl Iterator<Item = String>,
    types: impl Iterator<Item = Option<String>>,
    servers: impl Iterator<Item = (String, String)>,
) -> Names {
    let is_pinned = |fix: Option<NameOverride<'_>>| matches!(fix, Some(NameOverride::Pinned(_)));
    let mut names = Names::default();
    for (operation, method) in api.operations.iter().zip(operations) {
        if !is_pinned(overrides.operation(operation)) {
            names.operations.insert(operation_key(operation), method);
        }
    }
    for (id, (ty, key)) in types.zip(overrides.keys).enumerate() {
        let Some(name) = ty else { continue };
        let is_key =
            api.types.get(id).is_some_and(|def| def.name == TypeName::Component(name.clone()));
        if !is_key && !is_pinned(overrides.ty(id, api)) {
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

/// What had to be called otherwise than before.
pub(super) fn renamed(recorded: &Names, given: &Names) -> Vec<String> {
    let tables = [
        (&recorded.operations, &given.operations),
        (&recorded.types, &given.types),
        (&recorded.servers, &given.servers),
        (&recorded.builder, &given.builder),
    ];
    let pairs = tables.into_iter().flat_map(|(before, now)| {
        before.iter().filter_map(|(key, old)| Some((key, old, now.get(key)?)))
    });
    let changed = pairs.filter(|(_, old, new)| old != new);
    changed
        .map(|(key, old, new)| format!("`{key}` was `{old}` so far and is now `{new}`"))
        .collect()
}
