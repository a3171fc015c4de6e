//! Servers that single operations or paths have of their own.

use super::builder::server_key;
use super::names::{Case, name};
use super::{Context, DocText, Name, OperationServer, doc, servers};
use crate::ir::{self, Api, TokenSource};

/// The lists of servers that operations have of their own, each once.
pub(super) fn lists(api: &Api) -> Vec<&[ir::Server]> {
    let mut lists: Vec<&[ir::Server]> = Vec::new();
    for operation in api.operations.iter().filter(|operation| is_own(api, operation)) {
        if !lists.iter().any(|list| same(list, &operation.servers)) {
            lists.push(&operation.servers);
        }
    }
    lists
}

/// Whether an operation is called elsewhere than the others.
fn is_own(api: &Api, operation: &ir::Operation) -> bool {
    !operation.servers.is_empty() && !same(&operation.servers, &api.servers)
}

fn same(one: &[ir::Server], other: &[ir::Server]) -> bool {
    let urls = |list: &[ir::Server]| -> Vec<String> {
        let address = |server| servers::with_defaults(server).trim_end_matches('/').to_owned();
        list.iter().map(address).collect()
    };
    urls(one) == urls(other)
}

/// The key of the builder's method for a list that begins with this server.
pub(super) fn key(first: &ir::Server) -> String {
    server_key(&servers::with_defaults(first))
}

/// The constant of an operation's own server.
pub(super) fn of(context: &Context<'_>, operation: &ir::Operation) -> Option<Name> {
    let first = operation.servers.first().filter(|_| is_own(context.api, operation))?;
    Some(constant(context.builder.get(&key(first))?))
}

/// `vault_server` → `VAULT_SERVER`
pub(super) fn constant(setter: &Name) -> Name {
    name(setter.as_str().trim_start_matches("r#"), Case::Shouty)
}

/// Every server that some operations or token requests have of their own.
pub(super) fn plan(context: &Context<'_>) -> Vec<OperationServer> {
    let api = context.api;
    let mut all: Vec<OperationServer> = Vec::new();
    for list in lists(api) {
        let Some(first) = list.first() else { continue };
        let Some(setter) = context.builder.get(&key(first)) else { continue };
        let calls = api.operations.iter().zip(&context.operation_names);
        let calls = calls.filter(|(operation, _)| same(&operation.servers, list));
        let calls: Vec<&Name> = calls.map(|(_, names)| &names.method).collect();
        let urls = usual(api, list);
        all.push(OperationServer {
            constant: constant(setter),
            setter: setter.clone(),
            doc: own_doc(context, first, &calls, &urls),
            urls,
        });
    }
    for scheme in api.schemes.iter().filter(|scheme| super::builder::is_offered(api, scheme)) {
        let source = scheme.token.as_ref().map(|token| &token.source);
        let Some(TokenSource::Address(address)) = source else { continue };
        let Some(setter) = context.builder.get(&server_key(address)) else { continue };
        if all.iter().any(|own| own.setter == *setter) {
            continue;
        }
        let about = format!("Where tokens for {} are fetched.", doc::code(&scheme.name));
        let urls = vec![origin(api, address)];
        all.push(OperationServer {
            constant: constant(setter),
            setter: setter.clone(),
            doc: doc::join(doc::own(&about), unless(api, &urls)),
            urls,
        });
    }
    all
}

/// The path of an address, to be called on the server of [`origin`].
pub(super) fn path(address: &str) -> String {
    match address.split_once("://") {
        Some((_, behind)) => {
            behind.find('/').and_then(|at| behind.get(at..)).unwrap_or("/").to_owned()
        }
        None => format!("/{}", address.trim_start_matches('/')),
    }
}

/// The server of an address: `/` where it is one of the API's own, whichever the caller chooses.
fn origin(api: &Api, address: &str) -> String {
    let root = |url: &str| url.strip_suffix(&path(url)).unwrap_or(url).to_owned();
    match address.contains("://") {
        true if !api.servers.iter().any(|server| root(&server.url) == root(address)) => {
            root(address)
        }
        _ => "/".to_owned(),
    }
}

/// The URLs that hold unless the caller says otherwise: one for each of the API's servers, or one for
/// all of them, or none where nothing says which is for which.
fn usual(api: &Api, list: &[ir::Server]) -> Vec<String> {
    let all = servers::absolute(api).count();
    let known = |server: &ir::Server| {
        let url = servers::with_defaults(server);
        (servers::is_absolute(&url) || url.starts_with('/')).then_some(url)
    };
    let urls: Vec<String> = list.iter().filter_map(known).collect();
    let each = urls.len() == list.len() && all == api.servers.len() && urls.len() == all;
    if urls.len() == list.len() && (each || urls.len() == 1) { urls } else { Vec::new() }
}

/// Words for the host that tells it from the API's: `https://vault.api.acme.example` beside
/// `https://api.acme.example` is the `vault`.
pub(super) fn words(api: &Api, list: &[ir::Server]) -> String {
    let Some(first) = list.first() else { return "own".to_owned() };
    let own = servers::with_defaults(first);
    let roots = api.servers.iter().map(servers::with_defaults);
    let listed: Vec<String> = list.iter().map(servers::with_defaults).collect();
    let own_labels = labels(&own);
    let alike = roots.filter(|root| !listed.contains(root)).map(|root| {
        own_labels.iter().rev().zip(labels(&root).iter().rev()).take_while(|(a, b)| a == b).count()
    });
    let alike = alike.max().unwrap_or_default();
    let kept = own_labels.get(..own_labels.len().saturating_sub(alike)).unwrap_or_default();
    let words = match kept {
        [] => path(&own).replace('/', " "),
        _ if alike == 0 => servers::host_words(&own),
        kept => kept.join(" "),
    };
    if words.trim().is_empty() { "own".to_owned() } else { words }
}

fn labels(url: &str) -> Vec<&str> {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    host.split('.').filter(|label| !label.is_empty()).collect()
}

fn own_doc(
    context: &Context<'_>,
    server: &ir::Server,
    calls: &[&Name],
    urls: &[String],
) -> DocText {
    let called = match calls {
        [one] => format!("Where [`Client::{one}`] is called."),
        [one, other] => format!("Where [`Client::{one}`] and [`Client::{other}`] are called."),
        [one, rest @ ..] => {
            format!("Where [`Client::{one}`] and {} other operations are called.", rest.len())
        }
        [] => String::new(),
    };
    let own = doc::description(&context.links, server.description.as_deref());
    doc::join(doc::own(&called), doc::join(own, unless(context.api, urls)))
}

/// What holds where the caller does not say.
fn unless(api: &Api, urls: &[String]) -> DocText {
    let words = match urls {
        [path] if path.starts_with('/') => {
            format!("Unless it is given, {} on the host of the others.", doc::code(path))
        }
        [] => "It has to be given.".to_owned(),
        _ if servers::absolute(api).next().is_none() => "It has to be given.".to_owned(),
        [url] => format!(
            "It has to be given if the base URL is none of [`Server`]; else it is {} unless it is given.",
            doc::code(url)
        ),
        _ => "It has to be given if the base URL is none of [`Server`]; else it is the one that belongs to it."
            .to_owned(),
    };
    doc::own(&words)
}
