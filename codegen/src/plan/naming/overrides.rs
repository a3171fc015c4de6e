//! Names that are known before any is derived: overrides in `vendor.toml`, then recorded names.

use crate::ir::{Api, Generic, Operation, TypeName, TypeUse};
use crate::manifest::{Manifest, Names};
use crate::unify::most_frequent;

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
        let key = operation.key();
        let pinned = self.manifest.names.operations.get(&key);
        pinned_or_recorded(pinned, self.recorded.operations.get(&key))
    }

    /// Returns the keys of a type: one for each schema that it stands for.
    pub(super) fn type_keys<'k>(&'k self, id: usize, api: &'k Api) -> Vec<&'k str> {
        let own = self.keys.get(id).map(String::as_str);
        api.types.get(id).map(|def| def.keys(own)).unwrap_or_default()
    }

    /// Looks up a generic type by the keys of its instances. It has the name that most of them have.
    pub(super) fn generic_name(&self, generic: &Generic, api: &Api) -> Option<NameOverride<'a>> {
        let instances = generic.instances.iter();
        let keys = instances.flat_map(|it| self.type_keys(it.id.0, api));
        let recorded = keys.filter_map(|key| self.recorded.generics.get(key));
        most_frequent(recorded).map(|name| NameOverride::Recorded(name))
    }

    /// Looks up a type by its keys. In `vendor.toml`, the full JSON pointer of an inline schema is a
    /// valid key too. A type that several schemas share has the name that most of them have.
    pub(super) fn type_name(&self, id: usize, api: &Api) -> Option<NameOverride<'a>> {
        let (key, def) = (self.keys.get(id)?, api.types.get(id)?);
        let (pinned, recorded) = (&self.manifest.names.types, &self.recorded.types);
        match &def.name {
            TypeName::Component(_) => pinned_or_recorded(pinned.get(key), recorded.get(key)),
            TypeName::Inline(_) => {
                let pin = pinned.get(key).or_else(|| pinned.get(&def.pointer));
                pinned_or_recorded(pin, recorded.get(key))
            }
            TypeName::Shared { uses, .. } => {
                let pin = |it: &TypeUse| pinned.get(&it.key).or_else(|| pinned.get(&it.pointer));
                let recorded = uses.iter().filter_map(|it| recorded.get(&it.key));
                pinned_or_recorded(uses.iter().find_map(pin), most_frequent(recorded))
            }
        }
    }

    pub(super) fn builder(&self, key: &str) -> Option<NameOverride<'a>> {
        pinned_or_recorded(self.manifest.names.builder.get(key), self.recorded.builder.get(key))
    }

    /// Looks up a shared enum of errors by its key.
    pub(super) fn errors(&self, key: &str) -> Option<NameOverride<'a>> {
        pinned_or_recorded(self.manifest.names.errors.get(key), self.recorded.errors.get(key))
    }

    /// Returns whether the errors with this key have a name already.
    pub fn has_error_name(&self, key: &str) -> bool {
        self.errors(key).is_some()
    }

    pub(super) fn server(&self, url: &str) -> Option<NameOverride<'a>> {
        pinned_or_recorded(self.manifest.names.servers.get(url), self.recorded.servers.get(url))
    }
}
