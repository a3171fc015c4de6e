//! Authentication: the security schemes that callers can set credentials for.

use super::naming::{Case, Name, name, scheme_key, scope_key, server_key, token_key};
use super::{
    BodyMedia, Context, Credential, DocText, Operation, Scheme, Token, TokenOperation, doc,
};
use crate::ir::{self, ApiKeyIn, SecurityScheme, TokenSource};

/// Returns the security requirements of an operation: alternatives of statics. Unsupported schemes
/// are omitted, since callers have to attach their credentials. An alternative may become empty:
/// the request can then be sent without credentials.
pub(super) fn security(context: &Context<'_>, operation: &ir::Operation) -> Vec<Vec<Name>> {
    let constants = |requirement: &ir::Requirement| -> Vec<Name> {
        let names = requirement.schemes.iter();
        names.filter_map(|(name, _)| context.names.schemes.get(name).cloned()).collect()
    };
    let mut alternatives: Vec<Vec<Name>> = Vec::new();
    for alternative in operation.security.iter().map(constants) {
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    if alternatives.iter().all(Vec::is_empty) { Vec::new() } else { alternatives }
}

/// Documents the scopes that an operation requires.
pub(super) fn scopes_doc(operation: &ir::Operation) -> DocText {
    let mut scopes: Vec<String> = Vec::new();
    let required = operation.security.iter().flat_map(|requirement| &requirement.schemes);
    for scope in required.flat_map(|(_, scopes)| scopes) {
        let scope = doc::inline_code(scope);
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    match scopes.as_slice() {
        [] => DocText::default(),
        [scope] => doc::wrapped(&format!("Scope: {scope}.")),
        scopes => doc::wrapped(&format!("Scopes: {}.", scopes.join(", "))),
    }
}

/// Plans every scheme that callers can set credentials for.
pub(super) fn plan(context: &Context<'_>, operations: &[Operation]) -> Vec<Scheme> {
    let plan_scheme = |scheme: &SecurityScheme| {
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
            constant: context.names.schemes.get(key)?.clone(),
            key: key.clone(),
            setter: context.names.builder.get(&scheme_key(key))?.clone(),
            doc: scheme_doc(context, scheme, &credential),
            token: scheme.token.as_ref().and_then(|t| plan_token(context, scheme, t, operations)),
            credential,
        })
    };
    context.api.schemes.iter().filter_map(plan_scheme).collect()
}

fn plan_token(
    context: &Context<'_>,
    scheme: &SecurityScheme,
    request: &ir::TokenRequest,
    operations: &[Operation],
) -> Option<Token> {
    let constant = context.names.schemes.get(&scheme.name)?;
    let token_constant = name(&format!("{constant} token"), Case::Shouty);
    let (operation, media, source) = match &request.source {
        TokenSource::Operation(index) => {
            let operation = operations.get(*index)?;
            let media = operation.body.iter().flat_map(|body| &body.media);
            let is_used =
                |media: &BodyMedia| Some(&media.content_type) == request.content_type.as_ref();
            let media = media.clone().position(is_used).unwrap_or_default();
            let source = format!("[`Client::{}`]", operation.method);
            (TokenOperation::Declared(operation.constant.clone()), media, source)
        }
        TokenSource::Url(url) => {
            let server = context.names.builder.get(&server_key(url))?;
            let operation = TokenOperation::Synthetic {
                constant: token_constant.with_suffix("_OPERATION"),
                name: format!("token of {}", scheme.name),
                path: super::server_urls::url_path(url),
                json: request.content_type.as_deref() == Some("application/json"),
                server: super::operation_servers::server_constant(server),
            };
            (operation, 0, doc::inline_code(url))
        }
    };
    let text = format!(
        "Sets the client's id and secret for {}. A token is fetched with {source} when a request first needs one, shared \
         by all requests, and renewed before it expires or when it is rejected.",
        doc::inline_code(&scheme.name)
    );
    Some(Token {
        constant: token_constant,
        operation,
        media,
        client: request.client.clone(),
        constants: request.constants.clone(),
        id_header: request.id_header.clone(),
        scope: match &request.scope {
            Some(field) => {
                Some((field.clone(), context.names.builder.get(&scope_key(&scheme.name))?.clone()))
            }
            None => None,
        },
        token: request.token.clone(),
        lifetime: request.lifetime.clone(),
        setter: context.names.builder.get(&token_key(&scheme.name))?.clone(),
        doc: doc::wrapped(&text),
    })
}

fn scheme_doc(context: &Context<'_>, scheme: &SecurityScheme, credential: &Credential) -> DocText {
    let key = doc::inline_code(&scheme.name);
    let text = match credential {
        Credential::Header(wire) => {
            format!("Sets the key for {key}: the header {}.", doc::inline_code(wire))
        }
        Credential::Query(wire) => {
            format!("Sets the key for {key}: the query parameter {}.", doc::inline_code(wire))
        }
        Credential::Cookie(wire) => {
            format!("Sets the key for {key}: the cookie {}.", doc::inline_code(wire))
        }
        Credential::Bearer => match &scheme.scheme {
            ir::Scheme::Bearer { format: Some(format) } => {
                format!(
                    "Sets the bearer token for {key}, in the format {}.",
                    doc::inline_code(format)
                )
            }
            _ => format!("Sets the bearer token for {key}."),
        },
        Credential::Basic => format!("Sets the user name and password for {key}."),
    };
    let description = doc::description(&context.links, scheme.description.as_deref());
    let text = doc::join(doc::wrapped(&text), description);
    let ir::Scheme::OAuth2 { flows } = &scheme.scheme else { return text };
    let mut scopes: Vec<String> = Vec::new();
    for (name, description) in flows.iter().flat_map(|flow| &flow.scopes) {
        let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = match description.is_empty() {
            true => format!("- {}", doc::inline_code(name)),
            false => format!("- {}: {description}", doc::inline_code(name)),
        };
        if !scopes.contains(&line) {
            scopes.push(line);
        }
    }
    if scopes.is_empty() {
        return text;
    }
    let list = format!("Scopes:\n\n{}", scopes.join("\n"));
    doc::join(text, doc::markdown(&context.links, &list))
}
