//! What needs a name, with the words that new names derive from.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::identifier::{Case, identifier, name};
use super::keys::{
    scheme_key, server_key, server_list_key, setting_name_key, token_key, token_parameter_key,
};
use super::overrides::{NameOverride, NameOverrides};
use crate::ir::{
    Api, Operation, OperationName, Scheme, SecurityScheme, Segment, Server, TokenSource, TypeDef,
    TypeName, is_offered,
};
use crate::plan::server_urls::{
    absolute, distinct_words, host_words, is_loopback, server_lists, with_defaults,
};

/// A request for a name.
#[derive(Debug, Clone)]
pub struct NameRequest<'a, Id> {
    /// What needs the name.
    pub id: Id,
    /// The name that is known already.
    pub known: Option<NameOverride<'a>>,
    /// Words for a new name, the preferred ones first.
    pub words: Vec<String>,
}

/// Requests a name for every generated type, by its index in the API. Types whose name follows
/// from the document most directly come first.
pub fn type_requests<'a>(overrides: &NameOverrides<'a>, api: &Api) -> Vec<NameRequest<'a, usize>> {
    let types = api.types.iter().enumerate();
    let mut ranked: Vec<_> = types.map(|(id, def)| rank(def, id)).collect();
    ranked.sort();
    let request = |(_, mut words, id): (Rank, Vec<String>, usize)| {
        words.extend(words.last().map(|words| format!("{words} object")));
        NameRequest { id, known: overrides.type_name(id, api), words }
    };
    ranked.into_iter().map(request).collect()
}

/// The order in which types without an override or recorded name are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A component whose key is a valid Rust name already.
    Exact,
    Component,
    /// One that several inline schemas share, by their number: the most frequent one comes first.
    Shared(Reverse<usize>),
    Inline,
}

fn rank(def: &TypeDef, id: usize) -> (Rank, Vec<String>, usize) {
    match &def.name {
        TypeName::Component(key) if name(key, Case::Pascal).to_string() == *key => {
            (Rank::Exact, vec![key.clone()], id)
        }
        TypeName::Component(key) => (Rank::Component, vec![key.clone()], id),
        TypeName::Shared { words, uses } => (Rank::Shared(Reverse(uses.len())), words.clone(), id),
        TypeName::Inline(path) => (Rank::Inline, vec![inline_words(path)], id),
    }
}

/// Joins the path of an inline type: `Auth`, `scope`, `item` → `Auth scope`. An item is named after
/// its array.
fn inline_words(path: &[String]) -> String {
    let words: Vec<&str> = path.iter().map(String::as_str).filter(|word| *word != "item").collect();
    words.join(" ")
}

/// Requests the names of every operation, by its index in the API.
pub fn operation_requests<'a>(
    overrides: &NameOverrides<'a>,
    api: &Api,
) -> Vec<NameRequest<'a, usize>> {
    let operations = api.operations.iter().zip(operation_words(api)).enumerate();
    let request = |(id, (operation, words)): (usize, (&Operation, String))| NameRequest {
        id,
        known: overrides.operation(operation),
        words: vec![words],
    };
    operations.map(request).collect()
}

/// Returns the words for the name of each operation. A title is only used if it is unique.
fn operation_words(api: &Api) -> Vec<String> {
    let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &api.operations {
        if let OperationName::Title(title) = &operation.name {
            *titles.entry(title).or_default() += 1;
        }
    }
    let words = |operation: &Operation| match &operation.name {
        OperationName::Id(id) => id.clone(),
        OperationName::Title(title) if titles.get(title.as_str()) == Some(&1) => title.clone(),
        OperationName::Title(_) | OperationName::MethodAndPath => method_and_path(operation),
    };
    api.operations.iter().map(words).collect()
}

/// Derives words from the method and path: `GET /persons/{id}/accounts` → `get persons by id
/// accounts`.
fn method_and_path(operation: &Operation) -> String {
    let mut words = operation.method.key().to_owned();
    for segment in &operation.path {
        words.push(' ');
        match segment {
            Segment::Literal(text) => words.push_str(&text.replace('/', " ")),
            Segment::Parameter(name) => {
                words.push_str("by ");
                words.push_str(name);
            }
        }
    }
    words
}

/// Requests a name for every method of the client's builder that sets a credential or a server, by
/// its key, in the order of the keys, so that the order of the document does not matter.
pub fn builder_requests<'a>(
    overrides: &NameOverrides<'a>,
    api: &Api,
) -> Vec<NameRequest<'a, String>> {
    let request = |(key, words): (String, Vec<String>)| {
        let known = overrides.builder(&key);
        NameRequest { id: key, known, words }
    };
    builder_methods(api).into_iter().map(request).collect()
}

/// Returns the key of every builder method that needs a name, with the words for it.
fn builder_methods(api: &Api) -> BTreeMap<String, Vec<String>> {
    let mut methods = BTreeMap::new();
    let mut add = |key: String, words: Vec<String>| {
        methods.entry(key).or_insert(words);
    };
    let only_token = api.schemes.iter().filter(|scheme| scheme.token.is_some()).count() == 1;
    for scheme in api.schemes.iter().filter(|scheme| is_offered(api, scheme)) {
        let key = &scheme.name;
        add(scheme_key(key), vec![setter_words(scheme)]);
        if let Some(token) = &scheme.token {
            let long = format!("{key} credentials");
            let words = if only_token { vec!["credentials".to_owned(), long] } else { vec![long] };
            add(token_key(key), words);
            for (name, _) in &token.parameters {
                let long = format!("{key} {name}");
                let words = if only_token { vec![(*name).to_owned(), long] } else { vec![long] };
                add(token_parameter_key(name, key), words);
            }
            if let TokenSource::Url(url) = &token.source {
                add(server_key(url), vec![format!("{key} token server")]);
            }
        }
    }
    for setting in &api.settings {
        let long = format!("{} {}", setting.location.name(), setting.wire);
        add(setting_name_key(setting), vec![setting.wire.clone(), long]);
    }
    for servers in server_lists(api) {
        if let Some(first) = servers.first() {
            let words = vec![format!("{} server", distinct_words(api, servers))];
            add(server_list_key(first), words);
        }
    }
    methods
}

/// Returns the words for the method that sets the credentials of a scheme. Every builder has `bearer`
/// and `basic`, which no other kind of credentials is named.
fn setter_words(scheme: &SecurityScheme) -> String {
    let key = &scheme.name;
    let is_key = matches!(scheme.scheme, Scheme::ApiKey { .. });
    let is_other = match identifier(key, Case::Snake).as_str() {
        "bearer" => is_key || scheme.scheme == Scheme::Basic,
        "basic" => scheme.scheme != Scheme::Basic,
        _ => false,
    };
    if is_other { format!("{key} key") } else { key.clone() }
}

/// Requests a name for every server that becomes a variant, by its position among them.
pub fn server_requests<'a>(
    overrides: &NameOverrides<'a>,
    api: &Api,
) -> Vec<NameRequest<'a, usize>> {
    let request = |(id, server): (usize, &Server)| NameRequest {
        id,
        known: overrides.server(&server.url),
        words: vec![server_words(server), host_words(&server.url)],
    };
    absolute(api).enumerate().map(request).collect()
}

/// Words of a server's description that are omitted from its name.
const STOP_WORDS: &[&str] =
    &["server", "servers", "environment", "env", "url", "api", "the", "endpoint", "host"];

/// Returns the words for a variant: its `name`, or its description if that is short, or else its host.
/// A server on the local machine is never called `Production`.
fn server_words(server: &Server) -> String {
    let name = server.name.as_deref().unwrap_or_default();
    let described = match name.chars().any(char::is_alphanumeric) {
        true => Some(name.to_owned()),
        false => server.description.as_deref().and_then(short_description),
    };
    let is_local = is_loopback(&with_defaults(server));
    let says_production = |words: &String| words.to_lowercase().contains("prod");
    described
        .filter(|words| !is_local || !says_production(words))
        .unwrap_or_else(|| if is_local { "Local".to_owned() } else { host_words(&server.url) })
}

/// Returns the words of a description without an explanation, `Sandbox (test data only)`, if they are
/// few.
fn short_description(description: &str) -> Option<String> {
    if description.contains("://") {
        return None;
    }
    let ends = ['(', ',', ';', ':', '\n'];
    let [whole, start] = [description, description.split(ends).next().unwrap_or_default()];
    [whole, start].into_iter().find_map(|text| {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty() && !STOP_WORDS.contains(&w.to_lowercase().as_str()))
            .collect();
        (1..=3).contains(&words.len()).then(|| words.join(" "))
    })
}

/// Requests a name for every scheme that callers can set credentials for, by its key, in the order
/// of the keys.
pub fn scheme_requests(api: &Api) -> Vec<NameRequest<'static, String>> {
    let offered = api.schemes.iter().filter(|scheme| is_offered(api, scheme));
    let keys: BTreeSet<&String> = offered.map(|scheme| &scheme.name).collect();
    let request =
        |key: &String| NameRequest { id: key.clone(), known: None, words: vec![key.clone()] };
    keys.into_iter().map(request).collect()
}
