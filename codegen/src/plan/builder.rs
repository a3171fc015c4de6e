//! The methods of the client's builder that set credentials and servers, and their names.

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

/// A builder method that needs a name.
pub(super) struct BuilderMethod {
    /// What it sets, in the form of the keys of `[names.builder]`: `scheme Bearer`, `token Bearer`,
    /// `server https://vault.acme.example`.
    pub(super) key: String,
    /// Words for its name, the preferred ones first.
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

/// Returns whether callers can set credentials for a scheme: it is supported, and an operation
/// needs it.
pub(super) fn is_offered(api: &Api, scheme: &SecurityScheme) -> bool {
    let supported = !matches!(scheme.scheme, Scheme::Other(_));
    let mut requirements = api.operations.iter().flat_map(|operation| &operation.security);
    let is_scheme = |name: &String| *name == scheme.name;
    let mut is_required =
        || requirements.any(|it| it.schemes.iter().any(|(name, _)| is_scheme(name)));
    supported && (scheme.token.is_some() || is_required())
}

/// Returns every builder method that needs a name.
pub(super) fn builder_methods(api: &Api) -> Vec<BuilderMethod> {
    let mut methods = Vec::new();
    let mut add = |key: String, words: Vec<String>| methods.push(BuilderMethod { key, words });
    let only_token = api.schemes.iter().filter(|scheme| scheme.token.is_some()).count() == 1;
    for scheme in api.schemes.iter().filter(|scheme| is_offered(api, scheme)) {
        let key = &scheme.name;
        add(scheme_key(key), vec![key.clone()]);
        if let Some(token) = &scheme.token {
            let long = format!("{key} credentials");
            let words = if only_token { vec!["credentials".to_owned(), long] } else { vec![long] };
            add(token_key(key), words);
            if token.scope.is_some() {
                let long = format!("{key} scope");
                let words = if only_token { vec!["scope".to_owned(), long] } else { vec![long] };
                add(scope_key(key), words);
            }
            if let TokenSource::Url(url) = &token.source {
                add(server_key(url), vec![format!("{key} token server")]);
            }
        }
    }
    for servers in operation_servers::server_lists(api) {
        if let Some(first) = servers.first() {
            let words = vec![format!("{} server", operation_servers::host_words(api, servers))];
            add(operation_servers::builder_key(first), words);
        }
    }
    let mut seen = BTreeSet::new();
    methods.retain(|method| seen.insert(method.key.clone()));
    methods
}

/// Names every builder method, by key: overrides first, then recorded names, then new names in the
/// order of the keys, so that the order of the document does not matter.
pub(super) fn method_names(overrides: &NameOverrides<'_>, api: &Api) -> BTreeMap<String, Name> {
    let mut scope = Scope::reserving(Case::Snake, EVERY_BUILDER);
    for method in signing::builder_methods(overrides.manifest) {
        scope.reserve(&method);
    }
    let mut names = BTreeMap::new();
    let mut methods = builder_methods(api);
    methods.sort_by(|a, b| a.key.cmp(&b.key));
    for BuilderMethod { key, .. } in &methods {
        if let Some(NameOverride::Pinned(words)) = overrides.builder(key) {
            names.insert(key.clone(), scope.claim(words));
        }
    }
    for BuilderMethod { key, .. } in &methods {
        if let Some(NameOverride::Recorded(recorded)) = overrides.builder(key)
            && let Some(name) = scope.claim_recorded(recorded)
        {
            names.insert(key.clone(), name);
        }
    }
    for BuilderMethod { key, words } in methods {
        if let (false, Some((first, rest))) = (names.contains_key(&key), words.split_first()) {
            let name = scope.claim_or(first, rest);
            names.insert(key, name);
        }
    }
    names
}

/// Returns the names to record: those that neither follow from a scheme's key alone nor are set in
/// `vendor.toml`.
pub(super) fn names_to_record(
    overrides: &NameOverrides<'_>,
    names: &BTreeMap<String, Name>,
) -> BTreeMap<String, String> {
    let mut record = BTreeMap::new();
    for (key, name) in names {
        let bare = name.as_str();
        let words = key.strip_prefix("scheme ");
        let follows_from_key = words.is_some_and(|words| identifier(words, Case::Snake) == bare);
        let pinned = matches!(overrides.builder(key), Some(NameOverride::Pinned(_)));
        if !follows_from_key && !pinned {
            record.insert(key.clone(), bare.to_owned());
        }
    }
    record
}
