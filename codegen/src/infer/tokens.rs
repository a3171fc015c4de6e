//! Finds the token request of each security scheme, by `tokenUrl` or `[tokens]` in `vendor.toml`.

mod details;

use super::Context;
use crate::ir::{
    Api, Conclusion, Flow, Inference, Method, Operation, Rejection, Requirement, Scheme,
    SecurityScheme, Server, State, Subject, TokenRequest, TokenSource,
};
use crate::manifest::{Manifest, Tokens};
use crate::report::{Location, Problem, Report, suggest};
use crate::source::{Node, escape};

/// Finds the token request of each scheme. An operation that issues tokens does not require one.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let manifest = context.manifest;
    for name in manifest.tokens.keys() {
        if !api.schemes.iter().any(|scheme| scheme.name == *name) {
            let message = format!("there is no security scheme `{name}`");
            let problem = Problem::error(manifest.location(&["tokens", name]), message);
            let known = api.schemes.iter().map(|scheme| scheme.name.as_str());
            let otherwise = "name a scheme of `components.securitySchemes`";
            report.error_or_warn(problem.help(suggest(name, known, otherwise)));
        }
    }
    let mut search = Search { api, manifest, openapi: context.openapi, report };
    let (mut inferences, mut requests) = (Vec::new(), Vec::new());
    for (index, scheme) in search.api.schemes.iter().enumerate() {
        let Some(request) = search.find(scheme) else { continue };
        inferences.push(inference(search.api, context, index, scheme, &request));
        requests.extend(request.ok().map(|request| (index, request)));
    }
    for (index, request) in requests {
        let Some(scheme) = api.schemes.get_mut(index) else { continue };
        if let TokenSource::Operation(operation) = &request.source
            && let Some(operation) = api.operations.get_mut(*operation)
        {
            remove_scheme(&mut operation.security, &scheme.name);
        }
        scheme.token = Some(request);
    }
    inferences
}

fn inference(
    api: &Api,
    context: &Context<'_>,
    index: usize,
    scheme: &SecurityScheme,
    request: &Result<TokenRequest, String>,
) -> Inference {
    let source = request.as_ref().ok().and_then(|request| match &request.source {
        TokenSource::Operation(index) => api.operations.get(*index).map(Operation::key),
        TokenSource::Url(url) => Some(url.clone()),
    });
    let conclusion = Conclusion::TokenSource(source);
    let subject = Subject::Scheme(index);
    let is_configured = context.manifest.tokens.contains_key(&scheme.name);
    let state = match request {
        Err(reason) => State::Rejected(Rejection::Document(reason.clone())),
        Ok(_) if is_configured => {
            let keys = ["tokens", &scheme.name];
            return context.pin(
                api,
                subject,
                conclusion,
                &keys,
                "`[tokens]` describes the request",
            );
        }
        Ok(_) => State::Inferred,
    };
    let rule = match is_configured {
        true => "`[tokens]` describes a request",
        false => "the flow `clientCredentials` and its `tokenUrl`",
    };
    context.infer(api, subject, conclusion, state, rule)
}

/// Removes a scheme from the requirements of an operation.
fn remove_scheme(security: &mut [Requirement], scheme: &str) {
    for requirement in security {
        requirement.schemes.retain(|(name, _)| name != scheme);
    }
}

/// The reason why a scheme has no token request.
enum TokenError {
    /// The document does not define the request in full.
    Incomplete(String),
    /// This key of `[tokens]` in `vendor.toml` does not match the document.
    InvalidManifest(&'static str, String),
}

struct Search<'a> {
    api: &'a Api,
    manifest: &'a Manifest,
    openapi: &'a Node,
    report: &'a mut Report,
}

impl Search<'_> {
    /// Returns the token request of a scheme, or why it is unknown. `None` if neither the document
    /// nor `vendor.toml` mentions one.
    fn find(&mut self, scheme: &SecurityScheme) -> Option<Result<TokenRequest, String>> {
        let rule = self.manifest.tokens.get(&scheme.name);
        let flow = match &scheme.scheme {
            Scheme::OAuth2 { flows } => flows.iter().find(|flow| flow.kind == "clientCredentials"),
            _ => None,
        };
        if rule.is_none() && flow.is_none() {
            return None;
        }
        let request = self.request(scheme, rule, flow);
        let checked = request.and_then(|request| match rule {
            Some(rule) => details::check_basic(rule, &request).map(|()| request),
            None => Ok(request),
        });
        Some(checked.map_err(|error| {
            let reason = match &error {
                TokenError::Incomplete(reason) | TokenError::InvalidManifest(_, reason) => {
                    reason.clone()
                }
            };
            self.report_error(scheme, error);
            reason
        }))
    }

    fn request(
        &self,
        scheme: &SecurityScheme,
        rule: Option<&Tokens>,
        flow: Option<&Flow>,
    ) -> Result<TokenRequest, TokenError> {
        let is_bearer = matches!(
            scheme.scheme,
            Scheme::Bearer { .. } | Scheme::OAuth2 { .. } | Scheme::OpenIdConnect
        );
        if !is_bearer {
            let message = format!(
                "the security scheme `{}` does not use bearer tokens: remove its table",
                scheme.name
            );
            return Err(TokenError::InvalidManifest("operation", message));
        }
        let is_configured = rule.is_some();
        let default = Tokens::default();
        let rule = rule.unwrap_or(&default);
        if let Some(name) = &rule.operation {
            let index = self.api.operations.iter().position(|o| o.is_named(name));
            let index = index.ok_or_else(|| {
                let known = self.api.operation_keys();
                let otherwise = "name one by its method and path, as in `POST /token`";
                let help = suggest(name, known.iter().map(String::as_str), otherwise);
                let message = format!("there is no operation `{name}`: {help}");
                TokenError::InvalidManifest("operation", message)
            })?;
            return self.operation_request(index, rule);
        }
        let url = flow.and_then(|flow| flow.token_url.as_deref()).map(str::trim);
        let Some(url) = url.filter(|url| !url.is_empty()) else {
            return match is_configured {
                true => Err(TokenError::InvalidManifest(
                    "token",
                    "the scheme has no `tokenUrl`: set `operation`".to_owned(),
                )),
                false => Err(TokenError::Incomplete("its flow has no `tokenUrl`".to_owned())),
            };
        };
        match self.api.operations.iter().position(|o| is_operation_at(self.api, o, url)) {
            Some(index) => self.operation_request(index, rule),
            None if url.contains('{') => {
                Err(TokenError::Incomplete(format!("its `tokenUrl` `{url}` contains placeholders")))
            }
            None => Ok(details::standard_request(url, rule)),
        }
    }

    fn operation_request(&self, index: usize, rule: &Tokens) -> Result<TokenRequest, TokenError> {
        let operation = self.api.operations.get(index);
        let operation = operation
            .ok_or_else(|| TokenError::Incomplete("its operation is missing".to_owned()))?;
        details::operation_request(self.api, index, operation, rule)
    }

    fn report_error(&mut self, scheme: &SecurityScheme, error: TokenError) {
        let name = &scheme.name;
        match error {
            TokenError::Incomplete(reason) => {
                let pointer = format!("/components/securitySchemes/{}", escape(name));
                let node = self.openapi.pointer(&pointer).unwrap_or(self.openapi);
                let message = format!("the client cannot fetch tokens for `{name}`: {reason}");
                let help = "callers must pass a token; to fetch it, describe the request under \
                            `[tokens]` in vendor.toml";
                let problem = Problem::warning(Location::Entry(node.origin), message);
                self.report.push(problem.help(help));
            }
            TokenError::InvalidManifest(key, message) => {
                let keys = ["tokens", name.as_str(), key];
                self.report.error_or_warn(Problem::error(self.manifest.location(&keys), message));
            }
        }
    }
}

/// Whether an operation is `POST` to this URL, which may be absolute or just a path.
fn is_operation_at(api: &Api, operation: &Operation, url: &str) -> bool {
    if operation.method != Method::Post {
        return false;
    }
    let servers = if operation.servers.is_empty() { &api.servers } else { &operation.servers };
    let full_url =
        |server: &Server| format!("{}{}", server.url.trim_end_matches('/'), operation.template);
    let url_path = |url: &str| match url.split_once("://") {
        Some((_, rest)) => {
            rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or("/").to_owned()
        }
        None => url.to_owned(),
    };
    match url.contains("://") {
        true => servers.iter().any(|server| full_url(server) == url),
        false => {
            operation.template == url
                || servers.iter().any(|server| url_path(&full_url(server)) == url)
        }
    }
}
