//! The servers of the document's root, as an enum, and the values of their variables, as enums.

use super::names::{Case, Name, Scope};
use super::overrides::NameOverride;
use super::{Context, DocText, Server, ServerValues, ServerVariable, UrlPiece, doc};
use crate::ir;

/// Words of a server's description that are omitted from its name.
const STOP_WORDS: &[&str] =
    &["server", "servers", "environment", "env", "url", "api", "the", "endpoint", "host"];

/// Other names in the module of the servers.
const RESERVED: &[&str] = &["Client", "ClientBuilder", "ErrorCode", "Server", "String"];

/// Plans every server with an absolute URL, and the enums of their variables' values.
pub fn plan(context: &Context<'_>) -> (Vec<Server>, Vec<ServerValues>) {
    let mut servers = Vec::new();
    let mut values = Vec::new();
    let mut enums = Scope::reserving(Case::Pascal, RESERVED);
    for (server, name) in absolute(context.api).zip(variant_names(context)) {
        let mut fields = Scope::new(Case::Snake);
        let names: Vec<(&ir::ServerVariable, Name)> =
            server.variables.iter().map(|v| (v, fields.claim(&v.name))).collect();
        let variables = names.iter().map(|(variable, name)| ServerVariable {
            name: name.clone(),
            doc: variable_doc(context, variable),
            values: values_enum(variable, &mut enums, &mut values),
        });
        servers.push(Server {
            name,
            doc: server_doc(context, server),
            url: url_pieces(&server.url, &names),
            variables: variables.collect(),
        });
    }
    (servers, values)
}

/// Returns the enum of a variable's values. Variables with the same name and values share it.
fn values_enum(
    variable: &ir::ServerVariable,
    enums: &mut Scope,
    planned: &mut Vec<ServerValues>,
) -> Option<Name> {
    if variable.values.is_empty() {
        return None;
    }
    let is_same = |other: &&ServerValues| {
        let wires = other.values.iter().map(|(_, wire)| wire);
        other.wire == variable.name && wires.eq(&variable.values)
    };
    if let Some(same) = planned.iter().find(is_same) {
        return Some(same.name.clone());
    }
    let mut scope = Scope::reserving(Case::Pascal, &["Self"]);
    let name = enums.claim(&format!("server {}", variable.name));
    planned.push(ServerValues {
        name: name.clone(),
        wire: variable.name.clone(),
        values: variable.values.iter().map(|wire| (scope.claim(wire), wire.clone())).collect(),
        default: variable.values.iter().position(|wire| *wire == variable.default),
    });
    Some(name)
}

/// Returns the servers that become variants.
pub fn absolute(api: &ir::Api) -> impl Iterator<Item = &ir::Server> {
    api.servers.iter().filter(|server| is_absolute(&with_defaults(server)))
}

/// Names the variants: overrides first, then recorded names, then new ones.
fn variant_names(context: &Context<'_>) -> Vec<Name> {
    let mut scope = Scope::new(Case::Pascal);
    let servers: Vec<&ir::Server> = absolute(context.api).collect();
    let known_name = |server: &ir::Server| context.overrides.server(&server.url);
    let mut names: Vec<Option<Name>> = servers
        .iter()
        .map(|server| match known_name(server) {
            Some(NameOverride::Pinned(words)) => Some(scope.claim(words)),
            Some(NameOverride::Recorded(_)) | None => None,
        })
        .collect();
    for (server, slot) in servers.iter().zip(&mut names) {
        if let (None, Some(NameOverride::Recorded(name))) = (&slot, known_name(server)) {
            *slot = scope.claim_recorded(name);
        }
    }
    let or_new = |(server, name): (&&ir::Server, Option<Name>)| {
        name.unwrap_or_else(|| scope.claim_or(&server_words(server), &[host_words(&server.url)]))
    };
    servers.iter().zip(names).map(or_new).collect()
}

/// Returns whether the URL does not depend on where the document was downloaded from.
pub fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Returns the URL with the default value of each variable.
pub fn with_defaults(server: &ir::Server) -> String {
    server.variables.iter().fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    })
}

fn server_doc(context: &Context<'_>, server: &ir::Server) -> DocText {
    let description = doc::description(&context.links, server.description.as_deref());
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '{' | '}');
    let url = if server.url.chars().all(is_plain) {
        format!("<{}>", server.url)
    } else {
        doc::inline_code(&server.url)
    };
    doc::join(description, DocText(vec![url]))
}

fn variable_doc(context: &Context<'_>, variable: &ir::ServerVariable) -> DocText {
    let description = doc::description(&context.links, variable.description.as_deref());
    let mut lines = Vec::new();
    if !variable.default.is_empty() {
        lines.push(format!("Default: {}.", doc::inline_code(&variable.default)));
    }
    doc::join(description, DocText(lines))
}

/// Returns the words for a variant: its description if that is short, or else its host.
fn server_words(server: &ir::Server) -> String {
    let description = server.description.as_deref().unwrap_or_default();
    let words: Vec<&str> = description
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !STOP_WORDS.contains(&w.to_lowercase().as_str()))
        .collect();
    if (1..=3).contains(&words.len()) && !description.contains("://") {
        words.join(" ")
    } else {
        host_words(&server.url)
    }
}

/// Returns the host of a URL without its registered domain, as words:
/// `https://vault.api-sandbox.acme.example/v1` → `vault api-sandbox`.
pub fn host_words(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let count = labels.len().saturating_sub(2);
    let words: Vec<&str> = labels.into_iter().take(count).collect();
    if words.is_empty() {
        "Production".to_owned()
    } else {
        words.join(" ").replace(['{', '}'], " ")
    }
}

/// Splits a URL at its variables.
fn url_pieces(url: &str, names: &[(&ir::ServerVariable, Name)]) -> Vec<UrlPiece> {
    let mut out = Vec::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((variable, behind)) = after.split_once('}') else { break };
        let Some((_, name)) = names.iter().find(|(v, _)| v.name == variable) else { break };
        if !before.is_empty() {
            out.push(UrlPiece::Literal(before.to_owned()));
        }
        out.push(UrlPiece::Variable(name.clone()));
        rest = behind;
    }
    if !rest.is_empty() {
        out.push(UrlPiece::Literal(rest.to_owned()));
    }
    out
}
