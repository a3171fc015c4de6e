//! The methods of the client's builder that take credentials and servers, and their names.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Case, Name, Scope, identifier};
use super::overrides::{NameOverride, NameOverrides};
use super::{operation_servers, signing};
use crate::ir::{Api, Scheme, SecurityScheme, TokenSource};

/// Methods that every builder has.
const EVERY_BUILDER: &[&str] = &[
    "allow_http",
    "build",
    "clock",
    "configure_http",
    "connect_timeout",
    "hook",
    "new",
    "response_limit",
    "retry",
    "timeout",
    "user_agent",
];

/// A method that is wanted.
pub(super) struct Wanted {
    /// What it is for, as `[names.builder]` has it: `scheme Bearer`, `token Bearer`,
    /// `server https://vault.acme.example`.
    pub(super) key: String,
    /// The words it is named by, best first.
    words: Vec<String>,
}

pub(super) fn scheme_key(scheme: &str) -> String {
    format!("scheme {scheme}")
}

pub(super) fn token_key(scheme: &str) -> String {
    format!("token {scheme}")
}

pub(super) fn scope_key(scheme: &str) -> String {
    format!("scope {scheme}")
}

pub(super) fn server_key(url: &str) -> String {
    format!("server {url}")
}

/// Whether the caller can give credentials for a scheme, and some operation takes them.
pub(super) fn is_offered(api: &Api, scheme: &SecurityScheme) -> bool {
    let known = !matches!(scheme.scheme, Scheme::Other(_));
    let mut asked = api.operations.iter().flat_map(|operation| &operation.security);
    let asks = |name: &String| *name == scheme.name;
    known && (scheme.token.is_some() || asked.any(|r| r.schemes.iter().any(|(name, _)| asks(name))))
}

/// Every method that is wanted.
pub(super) fn wanted(api: &Api) -> Vec<Wanted> {
    let mut all = Vec::new();
    let alone = api.schemes.iter().filter(|scheme| scheme.token.is_some()).count() == 1;
    for scheme in api.schemes.iter().filter(|scheme| is_offered(api, scheme)) {
        let key = &scheme.name;
        all.push(Wanted { key: scheme_key(key), words: vec![key.clone()] });
        if let Some(token) = &scheme.token {
            let own = format!("{key} credentials");
            let words = if alone { vec!["credentials".to_owned(), own] } else { vec![own] };
            all.push(Wanted { key: token_key(key), words });
            if token.scope.is_some() {
                let own = format!("{key} scope");
                let words = if alone { vec!["scope".to_owned(), own] } else { vec![own] };
                all.push(Wanted { key: scope_key(key), words });
            }
            if let TokenSource::Address(address) = &token.source {
                let words = vec![format!("{key} token server")];
                all.push(Wanted { key: server_key(address), words });
            }
        }
    }
    for own in operation_servers::lists(api) {
        if let Some(first) = own.first() {
            let words = vec![format!("{} server", operation_servers::words(api, own))];
            all.push(Wanted { key: operation_servers::key(first), words });
        }
    }
    let mut seen = BTreeSet::new();
    all.retain(|wanted| seen.insert(wanted.key.clone()));
    all
}

/// The names by key: pins first, then names given before, then new ones by key, so that the order of
/// the source does not matter.
pub(super) fn names(overrides: &NameOverrides<'_>, api: &Api) -> BTreeMap<String, Name> {
    let mut scope = Scope::reserving(Case::Snake, EVERY_BUILDER);
    for method in signing::builder_methods(overrides.manifest) {
        scope.reserve(&method);
    }
    let mut names = BTreeMap::new();
    let mut wanted = wanted(api);
    wanted.sort_by(|a, b| a.key.cmp(&b.key));
    for Wanted { key, .. } in &wanted {
        if let Some(NameOverride::Pinned(words)) = overrides.builder(key) {
            names.insert(key.clone(), scope.claim(words));
        }
    }
    for Wanted { key, .. } in &wanted {
        if let Some(NameOverride::Recorded(given)) = overrides.builder(key)
            && let Some(name) = scope.claim_given(given)
        {
            names.insert(key.clone(), name);
        }
    }
    for Wanted { key, words } in wanted {
        if let (false, Some((first, rest))) = (names.contains_key(&key), words.split_first()) {
            let name = scope.claim_or(first, rest);
            names.insert(key, name);
        }
    }
    names
}

/// The names that another page could change: not one that follows from a scheme's key alone, nor one
/// that `vendor.toml` fixes.
pub(super) fn record(
    overrides: &NameOverrides<'_>,
    names: &BTreeMap<String, Name>,
) -> BTreeMap<String, String> {
    let mut record = BTreeMap::new();
    for (key, name) in names {
        let bare = name.as_str().trim_start_matches("r#");
        let words = key.strip_prefix("scheme ");
        let own = words.is_some_and(|words| identifier(words, Case::Snake) == bare);
        if !own && !matches!(overrides.builder(key), Some(NameOverride::Pinned(_))) {
            record.insert(key.clone(), bare.to_owned());
        }
    }
    record
}
