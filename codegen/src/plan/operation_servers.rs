//! Servers that single operations or paths declare instead of the API's.

use super::naming::{Case, Name, change_case, escape, server_key, server_list_key};
use super::resources::OPERATIONS_MODULE;
use super::server_urls::{
    absolute, has_own_servers, has_same_urls, is_absolute, server_lists, url_path, with_defaults,
};
use super::{Context, DocText, OperationServer, doc};
use crate::ir::{self, Api, TokenSource, is_offered};

/// Returns the static of an operation's own server, if it has one.
pub(super) fn operation_server(context: &Context<'_>, operation: &ir::Operation) -> Option<Name> {
    let first = operation.servers.first().filter(|_| has_own_servers(context.api, operation))?;
    Some(server_constant(context.names.builder.get(&server_list_key(first))?))
}

/// Returns the static for a builder method: `vault_server` → `VAULT_SERVER`.
pub(super) fn server_constant(setter: &Name) -> Name {
    escape(change_case(setter.as_str(), Case::Shouty))
}

/// Plans every server that only some operations or token requests use.
pub(super) fn plan(context: &Context<'_>) -> Vec<OperationServer> {
    let api = context.api;
    let mut planned: Vec<OperationServer> = Vec::new();
    for list in server_lists(api) {
        let Some(first) = list.first() else { continue };
        let Some(setter) = context.names.builder.get(&server_list_key(first)) else { continue };
        let operations = api.operations.iter().zip(&context.calls);
        let operations = operations.filter(|(it, _)| has_same_urls(&it.servers, list));
        let methods: Vec<String> =
            operations.map(|(_, call)| call.link("", OPERATIONS_MODULE)).collect();
        let urls = default_urls(api, list);
        planned.push(OperationServer {
            constant: server_constant(setter),
            setter: setter.clone(),
            doc: server_doc(context, first, &methods, &urls),
            urls,
        });
    }
    for scheme in api.schemes.iter().filter(|scheme| is_offered(api, scheme)) {
        let source = scheme.token.as_ref().map(|token| &token.source);
        let Some(TokenSource::Url(url)) = source else { continue };
        let Some(setter) = context.names.builder.get(&server_key(url)) else { continue };
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
    let api_servers = absolute(api).count();
    let usable_url = |server: &ir::Server| {
        let url = with_defaults(server);
        (is_absolute(&url) || url.starts_with('/')).then_some(url)
    };
    let urls: Vec<String> = list.iter().filter_map(usable_url).collect();
    let one_each =
        urls.len() == list.len() && api_servers == api.servers.len() && urls.len() == api_servers;
    if urls.len() == list.len() && (one_each || urls.len() == 1) { urls } else { Vec::new() }
}

fn server_doc(
    context: &Context<'_>,
    server: &ir::Server,
    methods: &[String],
    urls: &[String],
) -> DocText {
    let used_by = match methods {
        [one] => format!("Sets the server URL for {one}."),
        [one, other] => {
            format!("Sets the server URL for {one} and {other}.")
        }
        [one, rest @ ..] => {
            format!("Sets the server URL for {one} and {} other operations.", rest.len())
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
        _ if absolute(api).next().is_none() => "Required.".to_owned(),
        [url] => format!(
            "Defaults to {}. Required if the base URL is not a [`Server`].",
            doc::inline_code(url)
        ),
        _ => "Defaults to the URL for the selected [`Server`]. Required if the base URL is not a [`Server`]."
            .to_owned(),
    };
    doc::wrapped(&text)
}
