//! The servers of the root, as an enum; the values of their variables, as enums.

use super::names::{Case, Name, Scope};
use super::overrides::NameOverride;
use super::{Context, DocText, Server, ServerValues, ServerVariable, UrlPiece, doc};
use crate::ir;

/// Words that say nothing in the description of a server.
const NOISE: &[&str] =
    &["server", "servers", "environment", "env", "url", "api", "the", "endpoint", "host"];

/// Names beside the enums of servers.
const BESIDE: &[&str] = &["Client", "ClientBuilder", "ErrorCode", "Server", "String"];

/// Every server with an absolute address, and the enums of their variables' values.
pub fn plan(context: &Context<'_>) -> (Vec<Server>, Vec<ServerValues>) {
    let mut servers = Vec::new();
    let mut values = Vec::new();
    let mut enums = Scope::reserving(Case::Pascal, BESIDE);
    for (server, name) in absolute(context.api).zip(names(context)) {
        let mut fields = Scope::new(Case::Snake);
        let names: Vec<(&ir::ServerVariable, Name)> =
            server.variables.iter().map(|v| (v, fields.claim(&v.name))).collect();
        let variables = names.iter().map(|(variable, name)| ServerVariable {
            name: name.clone(),
            doc: variable_doc(context, variable),
            values: values_of(variable, &mut enums, &mut values),
        });
        servers.push(Server {
            name,
            doc: server_doc(context, server),
            url: pieces(&server.url, &names),
            variables: variables.collect(),
        });
    }
    (servers, values)
}

/// The enum of a variable's values; variables of one name and the same values share it.
fn values_of(
    variable: &ir::ServerVariable,
    enums: &mut Scope,
    all: &mut Vec<ServerValues>,
) -> Option<Name> {
    if variable.values.is_empty() {
        return None;
    }
    let is_same = |other: &ServerValues| {
        let wires = other.values.iter().map(|(_, wire)| wire);
        other.wire == variable.name && wires.eq(&variable.values)
    };
    if let Some(same) = all.iter().find(|other| is_same(other)) {
        return Some(same.name.clone());
    }
    let mut scope = Scope::reserving(Case::Pascal, &["Self"]);
    let name = enums.claim(&format!("server {}", variable.name));
    all.push(ServerValues {
        name: name.clone(),
        wire: variable.name.clone(),
        values: variable.values.iter().map(|wire| (scope.claim(wire), wire.clone())).collect(),
        default: variable.values.iter().position(|wire| *wire == variable.default),
    });
    Some(name)
}

/// The servers that become variants.
pub fn absolute(api: &ir::Api) -> impl Iterator<Item = &ir::Server> {
    api.servers.iter().filter(|server| is_absolute(&with_defaults(server)))
}

/// The variants' names: pins first, then names given before, then new ones.
fn names(context: &Context<'_>) -> Vec<Name> {
    let mut scope = Scope::new(Case::Pascal);
    let servers: Vec<&ir::Server> = absolute(context.api).collect();
    let fix = |server: &ir::Server| context.overrides.server(&server.url);
    let mut names: Vec<Option<Name>> = servers
        .iter()
        .map(|server| match fix(server) {
            Some(NameOverride::Pinned(words)) => Some(scope.claim(words)),
            Some(NameOverride::Recorded(_)) | None => None,
        })
        .collect();
    for (server, slot) in servers.iter().zip(&mut names) {
        if let (None, Some(NameOverride::Recorded(given))) = (&slot, fix(server)) {
            *slot = scope.claim_given(given);
        }
    }
    let new = |(server, name): (&&ir::Server, Option<Name>)| {
        name.unwrap_or_else(|| scope.claim_or(&words(server), &[host_words(&server.url)]))
    };
    servers.iter().zip(names).map(new).collect()
}

/// Whether a client can reach the server without knowing where the description came from.
pub fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The URL with the usual value of each variable.
pub fn with_defaults(server: &ir::Server) -> String {
    server.variables.iter().fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    })
}

fn server_doc(context: &Context<'_>, server: &ir::Server) -> DocText {
    let own = doc::description(&context.links, server.description.as_deref());
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '{' | '}');
    let address = if server.url.chars().all(plain) {
        format!("<{}>", server.url)
    } else {
        doc::code(&server.url)
    };
    doc::join(own, DocText(vec![address]))
}

fn variable_doc(context: &Context<'_>, variable: &ir::ServerVariable) -> DocText {
    let own = doc::description(&context.links, variable.description.as_deref());
    let mut facts = Vec::new();
    if !variable.default.is_empty() {
        facts.push(format!("Usually {}.", doc::code(&variable.default)));
    }
    doc::join(own, DocText(facts))
}

/// The description where it is a short name, else the host.
fn words(server: &ir::Server) -> String {
    let description = server.description.as_deref().unwrap_or_default();
    let kept: Vec<&str> = description
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !NOISE.contains(&w.to_lowercase().as_str()))
        .collect();
    if (1..=3).contains(&kept.len()) && !description.contains("://") {
        kept.join(" ")
    } else {
        host_words(&server.url)
    }
}

/// `https://vault.api-sandbox.acme.example/v1` → `vault api-sandbox`: the host without the domain
/// that people register.
pub fn host_words(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let kept = labels.len().saturating_sub(2);
    let kept: Vec<&str> = labels.into_iter().take(kept).collect();
    if kept.is_empty() { "Production".to_owned() } else { kept.join(" ").replace(['{', '}'], " ") }
}

fn pieces(url: &str, names: &[(&ir::ServerVariable, Name)]) -> Vec<UrlPiece> {
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
