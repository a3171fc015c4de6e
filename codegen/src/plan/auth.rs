//! How operations authenticate: the schemes that callers can give credentials for.

use super::builder::{scheme_key, scope_key, server_key, token_key};
use super::names::{Case, Name, Scope};
use super::{
    BodyMedia, Context, Credential, DocText, Operation, Scheme, Token, TokenOperation, doc,
};
use crate::ir::{self, ApiKeyIn, SecurityScheme, TokenSource};
use std::collections::BTreeMap;

/// The constants of the schemes that are offered, by key.
pub(super) fn constants(api: &ir::Api) -> BTreeMap<String, Name> {
    let mut scope = Scope::new(Case::Shouty);
    let offered = api.schemes.iter().filter(|scheme| super::builder::is_offered(api, scheme));
    let mut keys: Vec<&String> = offered.map(|scheme| &scheme.name).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| (key.clone(), scope.claim(key))).collect()
}

/// What an operation needs, as constants. A scheme that there is no code for is left to the caller;
/// an alternative that is empty then says that the call can be made.
pub(super) fn security(context: &Context<'_>, operation: &ir::Operation) -> Vec<Vec<Name>> {
    let known = |requirement: &ir::Requirement| -> Vec<Name> {
        let names = requirement.schemes.iter();
        names.filter_map(|(name, _)| context.schemes.get(name).cloned()).collect()
    };
    let mut alternatives: Vec<Vec<Name>> = Vec::new();
    for alternative in operation.security.iter().map(known) {
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    if alternatives.iter().all(Vec::is_empty) { Vec::new() } else { alternatives }
}

/// The scopes that an operation asks for, in a sentence.
pub(super) fn scopes(operation: &ir::Operation) -> DocText {
    let mut scopes: Vec<String> = Vec::new();
    let asked = operation.security.iter().flat_map(|requirement| &requirement.schemes);
    for scope in asked.flat_map(|(_, scopes)| scopes) {
        let scope = doc::code(scope);
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    match scopes.as_slice() {
        [] => DocText::default(),
        [scope] => doc::own(&format!("Scope: {scope}.")),
        scopes => doc::own(&format!("Scopes: {}.", scopes.join(", "))),
    }
}

/// Every scheme that is offered.
pub(super) fn plan(context: &Context<'_>, operations: &[Operation]) -> Vec<Scheme> {
    let one = |scheme: &SecurityScheme| {
        let key = &scheme.name;
        let credential = match &scheme.scheme {
            ir::Scheme::ApiKey { location, wire } => match location {
                ApiKeyIn::Header => Credential::Header(wire.clone()),
                ApiKeyIn::Query => Credential::Query(wire.clone()),
                ApiKeyIn::Cookie => Credential::Cookie(wire.clone()),
            },
            ir::Scheme::Bearer { .. } | ir::Scheme::OAuth2 { .. } | ir::Scheme::OpenIdConnect => {
                Credential::Bearer
            }
            ir::Scheme::Basic => Credential::Basic,
            ir::Scheme::Other(_) => return None,
        };
        Some(Scheme {
            constant: context.schemes.get(key)?.clone(),
            key: key.clone(),
            setter: context.builder.get(&scheme_key(key))?.clone(),
            doc: scheme_doc(context, scheme, &credential),
            token: scheme.token.as_ref().and_then(|t| token(context, scheme, t, operations)),
            credential,
        })
    };
    context.api.schemes.iter().filter_map(one).collect()
}

fn token(
    context: &Context<'_>,
    scheme: &SecurityScheme,
    request: &ir::TokenRequest,
    operations: &[Operation],
) -> Option<Token> {
    let constant = context.schemes.get(&scheme.name)?;
    let (operation, media, how) = match &request.source {
        TokenSource::Operation(index) => {
            let operation = operations.get(*index)?;
            let media = operation.body.iter().flat_map(|body| &body.media);
            let wanted =
                |media: &BodyMedia| Some(&media.content_type) == request.content_type.as_ref();
            let media = media.clone().position(wanted).unwrap_or_default();
            let how = format!("[`Client::{}`]", operation.method);
            (TokenOperation::Described(operation.constant.clone()), media, how)
        }
        TokenSource::Address(address) => {
            let server = context.builder.get(&server_key(address))?;
            let own = TokenOperation::Own {
                name: format!("token of {}", scheme.name),
                path: super::operation_servers::path(address),
                json: request.content_type.as_deref() == Some("application/json"),
                server: super::operation_servers::constant(server),
            };
            (own, 0, doc::code(address))
        }
    };
    let about = format!(
        "The client's id and secret for {}. A token is fetched with {how} when a call first needs one, shared by \
         all calls, and renewed before it expires or when it is rejected.",
        doc::code(&scheme.name)
    );
    Some(Token {
        constant: super::names::name(&format!("{constant} token"), Case::Shouty),
        operation,
        media,
        client: request.client.clone(),
        constants: request.constants.clone(),
        id_header: request.id_header.clone(),
        scope: match &request.scope {
            Some(member) => {
                Some((member.clone(), context.builder.get(&scope_key(&scheme.name))?.clone()))
            }
            None => None,
        },
        token: request.token.clone(),
        lifetime: request.lifetime.clone(),
        setter: context.builder.get(&token_key(&scheme.name))?.clone(),
        doc: doc::own(&about),
    })
}

fn scheme_doc(context: &Context<'_>, scheme: &SecurityScheme, credential: &Credential) -> DocText {
    let key = doc::code(&scheme.name);
    let words = match credential {
        Credential::Header(wire) => format!("The key for {key}: the header {}.", doc::code(wire)),
        Credential::Query(wire) => {
            format!("The key for {key}: the query parameter {}.", doc::code(wire))
        }
        Credential::Cookie(wire) => format!("The key for {key}: the cookie {}.", doc::code(wire)),
        Credential::Bearer => match &scheme.scheme {
            ir::Scheme::Bearer { format: Some(format) } => {
                format!("The bearer token for {key}, of the kind {}.", doc::code(format))
            }
            _ => format!("The bearer token for {key}."),
        },
        Credential::Basic => format!("The user name and the password for {key}."),
    };
    let own = doc::description(&context.links, scheme.description.as_deref());
    let text = doc::join(doc::own(&words), own);
    let ir::Scheme::OAuth2 { flows } = &scheme.scheme else { return text };
    let mut scopes: Vec<String> = Vec::new();
    for (name, about) in flows.iter().flat_map(|flow| &flow.scopes) {
        let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = match about.is_empty() {
            true => format!("- {}", doc::code(name)),
            false => format!("- {}: {about}", doc::code(name)),
        };
        if !scopes.contains(&line) {
            scopes.push(line);
        }
    }
    if scopes.is_empty() {
        return text;
    }
    let list = format!("Scopes:\n\n{}", scopes.join("\n"));
    doc::join(text, doc::text(&context.links, &list))
}
