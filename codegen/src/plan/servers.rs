//! The servers of the document's root, as an enum, and the values of their variables, as enums.

use super::naming::{Case, Name, Scope};
use super::server_urls::absolute;
use super::{Context, DocText, Server, ServerValues, ServerVariable, UrlPiece, doc};
use crate::ir;

/// Other names in the module of the servers.
const RESERVED: &[&str] = &["Client", "ClientBuilder", "ErrorCode", "Server", "String"];

/// Plans every server with an absolute URL, and the enums of their variables' values.
pub fn plan(context: &Context<'_>) -> (Vec<Server>, Vec<ServerValues>) {
    let mut servers = Vec::new();
    let mut values = Vec::new();
    let mut enums = Scope::reserving(Case::Pascal, RESERVED);
    for (server, name) in absolute(context.api).zip(&context.names.servers) {
        let mut fields = Scope::new(Case::Snake);
        let names: Vec<(&ir::ServerVariable, Name)> =
            server.variables.iter().map(|v| (v, fields.claim(&v.name))).collect();
        let variables = names.iter().map(|(variable, name)| ServerVariable {
            name: name.clone(),
            doc: variable_doc(context, variable),
            values: values_enum(variable, &mut enums, &mut values),
        });
        servers.push(Server {
            name: name.clone(),
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
