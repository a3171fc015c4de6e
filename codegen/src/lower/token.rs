//! Finds the token request of each security scheme, by `tokenUrl` or `[tokens]` in `vendor.toml`.

mod details;

use crate::ir::{
    Api, Flow, Method, Operation, Requirement, Scheme, SecurityScheme, Server, TokenRequest,
    TokenSource,
};
use crate::manifest::{Manifest, Tokens};
use crate::report::{Location, Problem, Report};
use crate::source::{Node, escape};

/// Finds the token request of each scheme. An operation that issues tokens does not require one.
pub fn find_token_requests(
    api: &mut Api,
    manifest: &Manifest,
    openapi: &Node,
    report: &mut Report,
) {
    for name in manifest.tokens.keys() {
        if !api.schemes.iter().any(|scheme| scheme.name == *name) {
            let message = format!("there is no security scheme `{name}`");
            let problem = Problem::error(manifest.location(&["tokens", name]), message);
            report.push(problem.help("name a scheme of `components.securitySchemes`"));
        }
    }
    let mut search = Search { api, manifest, openapi, report };
    let requests: Vec<Option<TokenRequest>> =
        search.api.schemes.iter().map(|scheme| search.find(scheme)).collect();
    for (scheme, token) in api.schemes.iter_mut().zip(requests) {
        if let Some(TokenSource::Operation(index)) = token.as_ref().map(|token| &token.source)
            && let Some(operation) = api.operations.get_mut(*index)
        {
            remove_scheme(&mut operation.security, &scheme.name);
        }
        scheme.token = token;
    }
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
    fn find(&mut self, scheme: &SecurityScheme) -> Option<TokenRequest> {
        let rule = self.manifest.tokens.get(&scheme.name);
        let flow = match &scheme.scheme {
            Scheme::OAuth2 { flows } => flows.iter().find(|flow| flow.kind == "clientCredentials"),
            _ => None,
        };
        if rule.is_none() && flow.is_none() {
            return None;
        }
        let request = self.request(scheme, rule, flow);
        let checked = request.and_then(|request| match (rule, &request) {
            (Some(rule), Some(found)) => details::check_basic(rule, found).map(|()| request),
            _ => Ok(request),
        });
        match checked {
            Ok(request) => request,
            Err(error) => {
                self.report_error(scheme, error);
                None
            }
        }
    }

    fn request(
        &self,
        scheme: &SecurityScheme,
        rule: Option<&Tokens>,
        flow: Option<&Flow>,
    ) -> Result<Option<TokenRequest>, TokenError> {
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
            let own_name = |o: &Operation| format!("{:?} {}", o.method, o.template).to_lowercase();
            let index = self.api.operations.iter().position(|o| own_name(o) == name.to_lowercase());
            let index = index.ok_or_else(|| {
                let message = format!(
                    "there is no operation `{name}`: name one by its method and path, as in \
                     `POST /token`"
                );
                TokenError::InvalidManifest("operation", message)
            })?;
            return self.operation_request(index, rule).map(Some);
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
            Some(index) => self.operation_request(index, rule).map(Some),
            None if url.contains('{') => {
                Err(TokenError::Incomplete(format!("its `tokenUrl` `{url}` contains placeholders")))
            }
            None => Ok(Some(details::standard_request(url, rule))),
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
        let problem = match error {
            TokenError::Incomplete(reason) => {
                let pointer = format!("/components/securitySchemes/{}", escape(name));
                let node = self.openapi.pointer(&pointer).unwrap_or(self.openapi);
                let message = format!("the client cannot fetch tokens for `{name}`: {reason}");
                let help = "callers must pass a token; to fetch it, describe the request under \
                            `[tokens]` in vendor.toml";
                Problem::warning(Location::Entry(node.origin), message).help(help)
            }
            TokenError::InvalidManifest(key, message) => {
                let keys = ["tokens", name.as_str(), key];
                Problem::error(self.manifest.location(&keys), message)
            }
        };
        self.report.push(problem);
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
