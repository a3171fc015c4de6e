//! Authentication: the security schemes that callers can set credentials for.

use std::collections::BTreeSet;

use super::naming::{
    self, Case, Name, Scope, scheme_key, server_key, token_key, token_parameter_key,
};
use super::resources::OPERATIONS_MODULE;
use super::{
    BodyMedia, Context, Credential, DocText, Operation, Scheme, Token, TokenOperation,
    TokenParameter, doc,
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

/// Returns the names of the client certificates that an operation requires, as inline code.
fn certificates(api: &ir::Api, operation: &ir::Operation) -> Vec<String> {
    let is_certificate = |name: &String| {
        let mut schemes = api.schemes.iter();
        schemes.any(|it| it.name == *name && it.scheme == ir::Scheme::MutualTls)
    };
    let required = operation.security.iter().flat_map(|requirement| &requirement.schemes);
    let required = required.map(|(name, _)| name).filter(|name| is_certificate(name));
    let mut names: Vec<String> = required.map(|name| doc::inline_code(name)).collect();
    names.dedup();
    names
}

/// Documents the client certificates that an operation requires.
pub(super) fn operation_certificates_doc(api: &ir::Api, operation: &ir::Operation) -> DocText {
    match certificates(api, operation).as_slice() {
        [] => DocText::default(),
        names => {
            let names = names.join(", ");
            doc::wrapped(&format!("Client certificate: {names}, see `Client::builder`."))
        }
    }
}

/// Documents how to set the client certificates that operations require.
pub(super) fn client_certificates_doc(api: &ir::Api) -> DocText {
    let required = api.operations.iter().flat_map(|operation| certificates(api, operation));
    let names: BTreeSet<String> = required.collect();
    if names.is_empty() {
        return DocText::default();
    }
    let names: Vec<String> = names.into_iter().collect();
    let text = format!(
        "The server identifies the client by its TLS certificate ({}). Set it on the builder with \
         `.configure_http(move |http| http.identity(identity.clone()))`, where `identity` is a \
         `runtime::reqwest::Identity`, such as `Identity::from_pem(pem)?` of the certificate and its \
         private key.",
        names.join(", ")
    );
    doc::wrapped(&text)
}

/// Plans every scheme that callers can set credentials for.
pub(super) fn plan(context: &Context<'_>, operations: &[Operation]) -> Vec<Scheme> {
    let mut statics = Scope::new(Case::Shouty);
    for constant in context.names.schemes.values() {
        statics.reserve(constant.as_str());
    }
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
            ir::Scheme::MutualTls | ir::Scheme::Other(_) => return None,
        };
        Some(Scheme {
            constant: context.names.schemes.get(key)?.clone(),
            key: key.clone(),
            setter: context.names.builder.get(&scheme_key(key))?.clone(),
            doc: scheme_doc(context, scheme, &credential),
            token: scheme
                .token
                .as_ref()
                .and_then(|token| plan_token(context, scheme, token, operations, &mut statics)),
            prefix: scheme.prefix.clone(),
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
    statics: &mut Scope,
) -> Option<Token> {
    let constant = context.names.schemes.get(&scheme.name)?;
    let token_constant = statics.claim(&format!("{constant} token"));
    let (operation, media, source) = match &request.source {
        TokenSource::Operation(index) => {
            let operation = operations.get(*index)?;
            let media = operation.body.iter().flat_map(|body| &body.media);
            let is_used =
                |media: &BodyMedia| Some(&media.content_type) == request.content_type.as_ref();
            let media = media.clone().position(is_used).unwrap_or_default();
            let source = operation.call.link("", OPERATIONS_MODULE);
            (TokenOperation::Declared(operation.constant.clone()), media, source)
        }
        TokenSource::Url(url) => {
            let server = context.names.builder.get(&server_key(url))?;
            let operation = TokenOperation::Synthetic {
                constant: statics.claim(&format!("{token_constant} operation")),
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
        plain_basic: request.plain_basic,
        constants: request.constants.clone(),
        id_header: request.id_header.clone(),
        parameters: request
            .parameters
            .iter()
            .filter_map(|(name, field)| plan_token_parameter(context, scheme, name, field))
            .collect(),
        token: request.token.clone(),
        lifetime: request.lifetime.clone(),
        setter: context.names.builder.get(&token_key(&scheme.name))?.clone(),
        doc: doc::wrapped(&text),
    })
}

fn plan_token_parameter(
    context: &Context<'_>,
    scheme: &SecurityScheme,
    name: &str,
    field: &str,
) -> Option<TokenParameter> {
    let key = doc::inline_code(&scheme.name);
    let text = match name {
        "scope" => format!("Sets the scopes of tokens for {key}, separated by spaces."),
        _ => format!("Sets the parameter `{name}` of token requests for {key}."),
    };
    Some(TokenParameter {
        field: field.to_owned(),
        setter: context.names.builder.get(&token_parameter_key(name, &scheme.name))?.clone(),
        argument: naming::name(name, Case::Snake),
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
    let text = match &scheme.prefix {
        Some(prefix) => format!("{text} It is sent after {}.", doc::inline_code(prefix.trim_end())),
        None => text,
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

#[cfg(test)]
mod tests {
    use crate::{CrateOptions, Input, Manifest, RuntimeDependency, Vendor, generate_crate};

    const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: Acme, version: '1'}
servers: [{url: 'https://api.acme.test'}]
paths:
  /orders:
    get:
      security: [{Bearer: []}, {BearerToken: []}]
      responses: {'204': {description: ok}}
components:
  securitySchemes:
    Bearer:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://auth.acme.test/token', scopes: {}}}
    BearerToken: {type: apiKey, in: header, name: X-Key}
";

    fn auth_file(manifest: &str) -> String {
        let vendor = Vendor {
            name: "acme".into(),
            manifest: Manifest::parse("vendor.toml", manifest).unwrap(),
            inputs: vec![Input { file: "acme.yaml".into(), bytes: DOCUMENT.into() }],
            ..Vendor::default()
        };
        let runtime = RuntimeDependency::Version("0".into());
        let options = CrateOptions { name: "acme".into(), runtime, example: false };
        let output = generate_crate(&vendor, &options)
            .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)));
        output.files.0["src/auth.rs"].clone()
    }

    #[test]
    fn a_token_request_never_has_the_name_of_a_scheme() {
        let text = auth_file("");
        let statics: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split_once("static ")?.1.split(':').next())
            .collect();
        let expected = ["BEARER_TOKEN2_OPERATION", "BEARER_TOKEN2", "BEARER", "BEARER_TOKEN"];
        assert_eq!(statics, expected, "{text}");
    }

    #[test]
    fn credentials_in_a_header_are_encoded_as_the_manifest_requires() {
        for (encoding, is_plain) in [("plain", true), ("form", false)] {
            let text = auth_file(&format!("[tokens.Bearer]\nbasic = \"{encoding}\"\n"));
            assert_eq!(text.contains(".plain_basic()"), is_plain, "{text}");
        }
    }

    #[test]
    fn an_error_names_a_builder_method_as_callers_write_it() {
        let text = auth_file("[names.builder]\n\"token Bearer\" = \"type\"\n");
        assert!(text.contains(r##"bearer("Bearer", "r#type")"##), "{text}");
    }
}
