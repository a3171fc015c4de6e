//! How tokens are fetched: the operation that `tokenUrl` or `vendor.toml` names, and what it wants.

mod details;

use crate::ir::{
    Api, Flow, Method, Operation, Requirement, Scheme, SecurityScheme, Server, TokenRequest,
    TokenSource,
};
use crate::manifest::{Manifest, Tokens};
use crate::report::{Location, Problem, Report};
use crate::source::{Node, escape};

/// Finds how the token of each scheme is fetched. The operation that gives a token needs none.
pub fn find(api: &mut Api, manifest: &Manifest, openapi: &Node, report: &mut Report) {
    for name in manifest.tokens.keys() {
        if !api.schemes.iter().any(|scheme| scheme.name == *name) {
            let what = format!("there is no security scheme `{name}`");
            let problem = Problem::error(manifest.location(&["tokens", name]), what);
            report.push(problem.help("name one of `components.securitySchemes`"));
        }
    }
    let mut search = Search { api, manifest, openapi, report };
    let found: Vec<Option<TokenRequest>> =
        search.api.schemes.iter().map(|scheme| search.of(scheme)).collect();
    for (scheme, token) in api.schemes.iter_mut().zip(found) {
        if let Some(TokenSource::Operation(index)) = token.as_ref().map(|token| &token.source)
            && let Some(operation) = api.operations.get_mut(*index)
        {
            without(&mut operation.security, &scheme.name);
        }
        scheme.token = token;
    }
}

/// Takes a scheme out of what an operation needs.
fn without(security: &mut [Requirement], scheme: &str) {
    for requirement in security {
        requirement.schemes.retain(|(name, _)| name != scheme);
    }
}

/// Why a token cannot be fetched.
enum Why {
    /// The description does not say how.
    Unknown(String),
    /// `vendor.toml` says what the description does not bear out.
    Wrong(&'static str, String),
}

struct Search<'a> {
    api: &'a Api,
    manifest: &'a Manifest,
    openapi: &'a Node,
    report: &'a mut Report,
}

impl Search<'_> {
    fn of(&mut self, scheme: &SecurityScheme) -> Option<TokenRequest> {
        let rule = self.manifest.tokens.get(&scheme.name);
        let flow = match &scheme.scheme {
            Scheme::OAuth2 { flows } => flows.iter().find(|flow| flow.kind == "clientCredentials"),
            _ => None,
        };
        if rule.is_none() && flow.is_none() {
            return None;
        }
        match self.request(scheme, rule, flow) {
            Ok(request) => request,
            Err(why) => {
                self.tell(scheme, why);
                None
            }
        }
    }

    fn request(
        &self,
        scheme: &SecurityScheme,
        rule: Option<&Tokens>,
        flow: Option<&Flow>,
    ) -> Result<Option<TokenRequest>, Why> {
        let bearer = matches!(
            scheme.scheme,
            Scheme::Bearer { .. } | Scheme::OAuth2 { .. } | Scheme::OpenIdConnect
        );
        if !bearer {
            let what = format!("`{}` takes no bearer token", scheme.name);
            return Err(Why::Wrong("operation", what));
        }
        let default = Tokens::default();
        let details = rule.unwrap_or(&default);
        if let Some(named) = &details.operation {
            let is = |o: &Operation| format!("{:?} {}", o.method, o.template).to_lowercase();
            let index = self.api.operations.iter().position(|o| is(o) == named.to_lowercase());
            let index = index.ok_or_else(|| {
                Why::Wrong("operation", format!("there is no operation `{named}`"))
            })?;
            return self.described(index, details).map(Some);
        }
        let address = flow.and_then(|flow| flow.token_url.as_deref()).map(str::trim);
        let Some(address) = address.filter(|address| !address.is_empty()) else {
            return match rule {
                Some(_) => Err(Why::Wrong(
                    "token",
                    "nothing says where the token comes from: name the `operation`".to_owned(),
                )),
                None => Err(Why::Unknown("its flow has no `tokenUrl`".to_owned())),
            };
        };
        match self.api.operations.iter().position(|o| responses_at(self.api, o, address)) {
            Some(index) => self.described(index, details).map(Some),
            None if address.contains('{') => {
                Err(Why::Unknown(format!("`{address}` is to be filled in by somebody")))
            }
            None => Ok(Some(details::usual(address, details))),
        }
    }

    fn described(&self, index: usize, rule: &Tokens) -> Result<TokenRequest, Why> {
        let operation = self.api.operations.get(index);
        let operation = operation.ok_or_else(|| Why::Unknown("it is not described".to_owned()))?;
        details::of(self.api, index, operation, rule)
    }

    fn tell(&mut self, scheme: &SecurityScheme, why: Why) {
        let name = &scheme.name;
        let problem = match why {
            Why::Unknown(why) => {
                let pointer = format!("/components/securitySchemes/{}", escape(name));
                let node = self.openapi.pointer(&pointer).unwrap_or(self.openapi);
                let what = format!("no token is fetched for `{name}`: {why}");
                let help =
                    "the caller gives the token, or `[tokens]` in vendor.toml says how to fetch it";
                Problem::warning(Location::Member(node.origin), what).help(help)
            }
            Why::Wrong(key, what) => {
                let keys = ["tokens", name.as_str(), key];
                Problem::error(self.manifest.location(&keys), what)
            }
        };
        self.report.push(problem);
    }
}

/// Whether an operation is what responses at an address: `POST` on one of its servers, and the path.
fn responses_at(api: &Api, operation: &Operation, address: &str) -> bool {
    if operation.method != Method::Post {
        return false;
    }
    let servers = if operation.servers.is_empty() { &api.servers } else { &operation.servers };
    let full =
        |server: &Server| format!("{}{}", server.url.trim_end_matches('/'), operation.template);
    let behind = |url: &str| match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/").to_owned(),
        None => url.to_owned(),
    };
    match address.contains("://") {
        true => servers.iter().any(|server| full(server) == address),
        false => {
            operation.template == address
                || servers.iter().any(|server| behind(&full(server)) == address)
        }
    }
}
