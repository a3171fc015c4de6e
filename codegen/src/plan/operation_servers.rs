//! Servers that single operations or paths declare instead of the API's.

use super::builder::server_key;
use super::names::{Case, name};
use super::{Context, DocText, Name, OperationServer, doc, servers};
use crate::ir::{self, Api, TokenSource};

/// Returns the distinct lists of servers that operations declare.
pub(super) fn server_lists(api: &Api) -> Vec<&[ir::Server]> {
    let mut lists: Vec<&[ir::Server]> = Vec::new();
    for operation in api.operations.iter().filter(|operation| has_own_servers(api, operation)) {
        if !lists.iter().any(|list| has_same_urls(list, &operation.servers)) {
            lists.push(&operation.servers);
        }
    }
    lists
}

/// Returns whether an operation declares other servers than the API.
fn has_own_servers(api: &Api, operation: &ir::Operation) -> bool {
    !operation.servers.is_empty() && !has_same_urls(&operation.servers, &api.servers)
}

fn has_same_urls(one: &[ir::Server], other: &[ir::Server]) -> bool {
    let urls = |list: &[ir::Server]| -> Vec<String> {
        let url = |server| servers::with_defaults(server).trim_end_matches('/').to_owned();
        list.iter().map(url).collect()
    };
    urls(one) == urls(other)
}

/// Returns the key of the builder's method for a list of servers that starts with `first`.
pub(super) fn builder_key(first: &ir::Server) -> String {
    server_key(&servers::with_defaults(first))
}

/// Returns the static of an operation's own server, if it has one.
pub(super) fn operation_server(context: &Context<'_>, operation: &ir::Operation) -> Option<Name> {
    let first = operation.servers.first().filter(|_| has_own_servers(context.api, operation))?;
    Some(server_constant(context.builder.get(&builder_key(first))?))
}

/// Returns the static for a builder method: `vault_server` → `VAULT_SERVER`.
pub(super) fn server_constant(setter: &Name) -> Name {
    name(setter.as_str().trim_start_matches("r#"), Case::Shouty)
}

/// Plans every server that only some operations or token requests use.
pub(super) fn plan(context: &Context<'_>) -> Vec<OperationServer> {
    let api = context.api;
    let mut planned: Vec<OperationServer> = Vec::new();
    for list in server_lists(api) {
        let Some(first) = list.first() else { continue };
        let Some(setter) = context.builder.get(&builder_key(first)) else { continue };
        let operations = api.operations.iter().zip(&context.operation_names);
        let operations = operations.filter(|(it, _)| has_same_urls(&it.servers, list));
        let methods: Vec<&Name> = operations.map(|(_, names)| &names.method).collect();
        let urls = default_urls(api, list);
        planned.push(OperationServer {
            constant: server_constant(setter),
            setter: setter.clone(),
            doc: server_doc(context, first, &methods, &urls),
            urls,
        });
    }
    for scheme in api.schemes.iter().filter(|scheme| super::builder::is_offered(api, scheme)) {
        let source = scheme.token.as_ref().map(|token| &token.source);
        let Some(TokenSource::Url(url)) = source else { continue };
        let Some(setter) = context.builder.get(&server_key(url)) else { continue };
        if planned.iter().any(|server| server.setter == *setter) {
            continue;
        }
        let text = format!(
            "Sets the server URL for token requests of {}.",
            doc::inline_code(&scheme.name)
        );
        let urls = vec![origin(api, url)];
        planned.push(OperationServer {
            constant: server_constant(setter),
            setter: setter.clone(),
            doc: doc::join(doc::wrapped(&text), default_doc(api, &urls)),
            urls,
        });
    }
    planned
}

/// Returns the path of a URL, relative to the server that [`origin`] returns.
pub(super) fn url_path(url: &str) -> String {
    match url.split_once("://") {
        Some((_, rest)) => {
            rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/").to_owned()
        }
        None => format!("/{}", url.trim_start_matches('/')),
    }
}

/// Returns the server of a URL: `/` if it is one of the API's servers, whichever the caller
/// selects.
fn origin(api: &Api, url: &str) -> String {
    let root = |url: &str| url.strip_suffix(&url_path(url)).unwrap_or(url).to_owned();
    match url.contains("://") {
        true if !api.servers.iter().any(|server| root(&server.url) == root(url)) => root(url),
        _ => "/".to_owned(),
    }
}

/// Returns the default URLs: one for each of the API's servers, or one for all of them, or none if
/// the document does not say which belongs to which.
fn default_urls(api: &Api, list: &[ir::Server]) -> Vec<String> {
    let api_servers = servers::absolute(api).count();
    let usable_url = |server: &ir::Server| {
        let url = servers::with_defaults(server);
        (servers::is_absolute(&url) || url.starts_with('/')).then_some(url)
    };
    let urls: Vec<String> = list.iter().filter_map(usable_url).collect();
    let one_each =
        urls.len() == list.len() && api_servers == api.servers.len() && urls.len() == api_servers;
    if urls.len() == list.len() && (one_each || urls.len() == 1) { urls } else { Vec::new() }
}

/// Returns words for what distinguishes a server's host from the API's hosts: `vault` for
/// `https://vault.api.acme.example` if the API is at `https://api.acme.example`.
pub(super) fn host_words(api: &Api, list: &[ir::Server]) -> String {
    let Some(first) = list.first() else { return "own".to_owned() };
    let url = servers::with_defaults(first);
    let api_urls = api.servers.iter().map(servers::with_defaults);
    let list_urls: Vec<String> = list.iter().map(servers::with_defaults).collect();
    let url_labels = labels(&url);
    let shared = api_urls.filter(|api_url| !list_urls.contains(api_url)).map(|api_url| {
        let pairs = url_labels.iter().rev().zip(labels(&api_url).into_iter().rev());
        pairs.take_while(|(a, b)| **a == *b).count()
    });
    let shared = shared.max().unwrap_or_default();
    let distinct = url_labels.get(..url_labels.len().saturating_sub(shared)).unwrap_or_default();
    let words = match distinct {
        [] => url_path(&url).replace('/', " "),
        _ if shared == 0 => servers::host_words(&url),
        distinct => distinct.join(" "),
    };
    if words.trim().is_empty() { "own".to_owned() } else { words }
}

fn labels(url: &str) -> Vec<&str> {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    host.split('.').filter(|label| !label.is_empty()).collect()
}

fn server_doc(
    context: &Context<'_>,
    server: &ir::Server,
    methods: &[&Name],
    urls: &[String],
) -> DocText {
    let used_by = match methods {
        [one] => format!("Sets the server URL for [`Client::{one}`]."),
        [one, other] => {
            format!("Sets the server URL for [`Client::{one}`] and [`Client::{other}`].")
        }
        [one, rest @ ..] => {
            format!(
                "Sets the server URL for [`Client::{one}`] and {} other operations.",
                rest.len()
            )
        }
        [] => String::new(),
    };
    let description = doc::description(&context.links, server.description.as_deref());
    doc::join(doc::wrapped(&used_by), doc::join(description, default_doc(context.api, urls)))
}

/// Documents the default URL, and when the URL is required.
fn default_doc(api: &Api, urls: &[String]) -> DocText {
    let text = match urls {
        [path] if path.starts_with('/') => {
            format!("Defaults to {} on the host of the base URL.", doc::inline_code(path))
        }
        [] => "Required.".to_owned(),
        _ if servers::absolute(api).next().is_none() => "Required.".to_owned(),
        [url] => format!(
            "Defaults to {}. Required if the base URL is not a [`Server`].",
            doc::inline_code(url)
        ),
        _ => "Defaults to the URL for the selected [`Server`]. Required if the base URL is not a [`Server`]."
            .to_owned(),
    };
    doc::wrapped(&text)
}
