//! The names to record for the next run.

use std::collections::BTreeMap;

use super::assign::AssignedNames;
use super::constants::constants_to_record;
use super::identifier::{Case, Name, identifier};
use super::overrides::{NameOverride, NameOverrides};
use crate::ir::{Api, TypeName};
use crate::manifest::{Layout, Names};
use crate::plan::server_urls::absolute;

/// How many operations an API has at least if each resource has a Cargo feature.
const MIN_OPERATIONS_FOR_FEATURES: usize = 100;

/// Returns the names to record, since a change of the input could change them: neither overrides
/// nor the names of types that equal their component's key can change, nor those of builder methods
/// that follow from a scheme's key alone.
///
/// The names of operations are recorded even if they follow from an id or title, since vendors may
/// use one twice.
pub fn names_to_record(
    overrides: &NameOverrides<'_>,
    api: &Api,
    assigned: &AssignedNames,
    errors: &BTreeMap<String, Name>,
) -> Names {
    let is_pinned = |name: Option<NameOverride<'_>>| matches!(name, Some(NameOverride::Pinned(_)));
    let mut names = Names {
        layout: Some(layout(api)),
        features: Some(has_features(overrides, api)),
        constants: constants_to_record(overrides, api).collect(),
        ..Names::default()
    };
    for (operation, assigned) in api.operations.iter().zip(&assigned.operations) {
        let key = operation.key();
        if let Some(resource) = &operation.resource
            && !overrides.manifest.names.resources.contains_key(&key)
        {
            names.resources.insert(key.clone(), resource.to_string());
        }
        names.requests.insert(key.clone(), assigned.request.as_str().to_owned());
        if !is_pinned(overrides.operation(operation)) {
            names.operations.insert(key, assigned.method.as_str().to_owned());
        }
    }
    for (id, (def, name)) in api.types.iter().zip(&assigned.types).enumerate() {
        let Some(name) = name else { continue };
        let is_key = def.name == TypeName::Component(name.as_str().to_owned());
        if !is_key && !is_pinned(overrides.type_name(id, api)) {
            let keys = overrides.type_keys(id, api).into_iter();
            names.types.extend(keys.map(|key| (key.to_owned(), name.as_str().to_owned())));
        }
    }
    for (server, name) in absolute(api).zip(&assigned.servers) {
        if !is_pinned(overrides.server(&server.url)) {
            names.servers.insert(server.url.clone(), name.as_str().to_owned());
        }
    }
    for (key, name) in &assigned.builder {
        let words = key.strip_prefix("scheme ");
        let follows_from_key = words.is_some_and(|it| identifier(it, Case::Snake) == name.as_str());
        if !follows_from_key && !is_pinned(overrides.builder(key)) {
            names.builder.insert(key.clone(), name.as_str().to_owned());
        }
    }
    for (key, name) in errors {
        if !is_pinned(overrides.errors(key)) {
            names.errors.insert(key.clone(), name.as_str().to_owned());
        }
    }
    names
}

/// Returns whether each resource has a Cargo feature, which is decided once.
pub fn has_features(overrides: &NameOverrides<'_>, api: &Api) -> bool {
    let is_new = overrides.recorded.operations.is_empty();
    let is_large = is_new && api.operations.len() >= MIN_OPERATIONS_FOR_FEATURES;
    let decided = overrides.manifest.names.features.or(overrides.recorded.features);
    layout(api) == Layout::Resources && decided.unwrap_or(is_large)
}

fn layout(api: &Api) -> Layout {
    match api.operations.iter().any(|operation| operation.resource.is_some()) {
        true => Layout::Resources,
        false => Layout::Flat,
    }
}

/// Returns a sentence for each name that differs from the recorded one.
pub fn renamed(recorded: &Names, current: &Names) -> Vec<String> {
    let tables = [
        (&recorded.operations, &current.operations),
        (&recorded.resources, &current.resources),
        (&recorded.types, &current.types),
        (&recorded.errors, &current.errors),
        (&recorded.servers, &current.servers),
        (&recorded.builder, &current.builder),
    ];
    let pairs = tables.into_iter().flat_map(|(before, now)| {
        before.iter().filter_map(|(key, old)| Some((key, old, now.get(key)?)))
    });
    let changed = pairs.filter(|(_, old, new)| old != new);
    changed.map(|(key, old, new)| format!("`{key}` was named `{old}` and is now `{new}`")).collect()
}
