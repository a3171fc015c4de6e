//! Security schemes and requirements.

use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow,
    OAuth2Flows, PasswordOAuth2Flow, SecurityRequirement, SecurityScheme as OpenApiScheme,
};

use super::cursor::NodeCursor;
use super::{Lower, doc};
use crate::ir::{ApiKeyIn, Flow, Requirement, Scheme, SecurityScheme};
use crate::manifest::Auth;
use crate::report::Problem;

impl<'a> Lower<'a> {
    /// Lowers the security schemes of `components`.
    pub fn schemes(&mut self) -> Vec<SecurityScheme> {
        let Some(components) = &self.document.openapi.components else { return Vec::new() };
        let cursor = self.root().child("components").child("securitySchemes");
        let mut schemes = Vec::with_capacity(components.security_schemes.len());
        for (name, scheme) in &components.security_schemes {
            let cursor = cursor.child(name);
            if let Some((scheme, _)) = self.document.resolve(scheme, &cursor) {
                schemes.push(self.scheme(name, scheme, &cursor));
            }
        }
        schemes
    }

    /// Lowers a security scheme. Its extensions are of no use to a client.
    fn scheme(
        &mut self,
        key: &str,
        scheme: &OpenApiScheme,
        cursor: &NodeCursor<'a>,
    ) -> SecurityScheme {
        let (description, scheme) = match scheme {
            OpenApiScheme::APIKey { location, name, description, extensions: _ } => {
                let location = match location {
                    APIKeyLocation::Query => ApiKeyIn::Query,
                    APIKeyLocation::Header => ApiKeyIn::Header,
                    APIKeyLocation::Cookie => ApiKeyIn::Cookie,
                };
                (description, Scheme::ApiKey { location, wire: name.clone() })
            }
            OpenApiScheme::HTTP { scheme, bearer_format, description, extensions: _ } => {
                let scheme = match scheme.to_ascii_lowercase().as_str() {
                    "bearer" => Scheme::Bearer { format: bearer_format.clone() },
                    "basic" => Scheme::Basic,
                    // The conversion to OpenAPI 3.0 writes `type: mutualTLS` in this way.
                    "mutualtls" => Scheme::MutualTls,
                    _ => self.unsupported_scheme(key, format!("http {scheme}"), cursor),
                };
                (description, scheme)
            }
            OpenApiScheme::OAuth2 { flows, description, extensions: _ } => {
                (description, Scheme::OAuth2 { flows: oauth_flows(flows) })
            }
            OpenApiScheme::OpenIDConnect { open_id_connect_url: _, description, extensions: _ } => {
                (description, Scheme::OpenIdConnect)
            }
        };
        SecurityScheme {
            name: key.to_owned(),
            description: doc::clean_text(description.as_deref()),
            scheme,
            prefix: None,
            token: None, // set by `token::find_token_requests`, which needs all operations
        }
    }

    fn unsupported_scheme(&mut self, name: &str, kind: String, cursor: &NodeCursor<'a>) -> Scheme {
        let is_replaced = |auth: &Auth| auth.kind.is_some();
        if self.manifest.auth.get(name).is_some_and(is_replaced) {
            return Scheme::Other(kind);
        }
        let problem = Problem::warning(
            cursor.location(),
            format!("security schemes of type `{kind}` are not supported"),
        );
        let help = "set its `type` in `[auth]` of vendor.toml, or use the builder's `header`";
        self.report.push(problem.help(help));
        Scheme::Other(kind)
    }

    /// Lowers the alternatives of a `security` list. The audit defines schemes that are missing.
    pub fn requirements(
        &mut self,
        alternatives: &'a [SecurityRequirement],
        cursor: &NodeCursor<'a>,
    ) -> Vec<Requirement> {
        let mut requirements = Vec::with_capacity(alternatives.len());
        for (index, schemes) in alternatives.iter().enumerate() {
            let schemes = schemes.iter().map(|(name, scopes)| (name.clone(), scopes.clone()));
            let compatible = self.split_requirement(schemes.collect());
            if compatible.len() > 1 {
                let message = "these schemes are sent in the same header, so only one of them can \
                               be used at a time; they are read as alternatives";
                let problem = Problem::warning(cursor.item(index).location(), message);
                self.report.push(problem.help("list them as alternatives under `security`"));
            }
            requirements.extend(compatible);
        }
        requirements
    }
}

/// A scheme's name with its scopes.
type NamedScopes = (String, Vec<String>);

impl Lower<'_> {
    /// Splits a requirement into alternatives if two of its schemes are sent in the same location.
    /// API keys come last, since the other schemes also define the format of the value.
    fn split_requirement(&self, schemes: Vec<NamedScopes>) -> Vec<Requirement> {
        let mut locations: Vec<(Option<String>, Vec<NamedScopes>)> = Vec::new();
        for scheme in schemes {
            let (location, is_api_key) = self.credential_location(&scheme.0);
            let same_location = |(other, _): &&mut (Option<String>, Vec<NamedScopes>)| {
                location.is_some() && *other == location
            };
            match locations.iter_mut().find(same_location) {
                Some((_, all)) if is_api_key => all.push(scheme),
                Some((_, all)) => all.insert(0, scheme),
                None => locations.push((location, vec![scheme])),
            }
        }
        let mut alternatives = vec![Vec::new()];
        for (_, schemes) in locations {
            let extend = |before: &Vec<NamedScopes>| -> Vec<Vec<NamedScopes>> {
                let with = |scheme: &NamedScopes| before.iter().chain([scheme]).cloned().collect();
                schemes.iter().map(with).collect()
            };
            alternatives = alternatives.iter().flat_map(extend).collect();
        }
        alternatives.into_iter().map(|schemes| Requirement { schemes }).collect()
    }

    /// Returns where a scheme's credentials are sent, and whether the scheme is an API key.
    fn credential_location(&self, name: &str) -> (Option<String>, bool) {
        let schemes = self.document.openapi.components.as_ref().map(|c| &c.security_schemes);
        let cursor = self.root().child("components").child("securitySchemes").child(name);
        let scheme = schemes.and_then(|schemes| schemes.get(name));
        let resolved = scheme.and_then(|scheme| self.document.resolve(scheme, &cursor));
        match resolved.map(|(scheme, _)| scheme) {
            Some(OpenApiScheme::APIKey { location, name, .. }) => {
                let location = match location {
                    APIKeyLocation::Header => name.to_ascii_lowercase(),
                    APIKeyLocation::Query => format!("?{name}"),
                    APIKeyLocation::Cookie => format!("cookie {name}"),
                };
                (Some(location), true)
            }
            Some(OpenApiScheme::HTTP { scheme, .. })
                if !["basic", "bearer"].contains(&scheme.to_ascii_lowercase().as_str()) =>
            {
                (None, false)
            }
            Some(_) => (Some("authorization".to_owned()), false),
            None => (None, false),
        }
    }
}

/// Lowers the OAuth 2.0 flows. `authorizationUrl` is ignored because flows in a browser are not
/// generated, and `refreshUrl` because tokens are refreshed at `tokenUrl` unless `vendor.toml` says
/// otherwise.
fn oauth_flows(flows: &OAuth2Flows) -> Vec<Flow> {
    let OAuth2Flows { implicit, password, client_credentials, authorization_code, extensions: _ } =
        flows;
    let mut found = Vec::new();
    let mut flow =
        |kind: &str, token_url: Option<&String>, scopes: &indexmap::IndexMap<String, String>| {
            let scopes = scopes.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
            found.push(Flow { kind: kind.to_owned(), token_url: token_url.cloned(), scopes });
        };
    if let Some(ImplicitOAuth2Flow {
        authorization_url: _,
        refresh_url: _,
        scopes,
        extensions: _,
    }) = implicit
    {
        flow("implicit", None, scopes);
    }
    if let Some(PasswordOAuth2Flow { refresh_url: _, token_url, scopes, extensions: _ }) = password
    {
        flow("password", Some(token_url), scopes);
    }
    if let Some(ClientCredentialsOAuth2Flow { refresh_url: _, token_url, scopes, extensions: _ }) =
        client_credentials
    {
        flow("clientCredentials", Some(token_url), scopes);
    }
    if let Some(AuthorizationCodeOAuth2Flow {
        authorization_url: _,
        token_url,
        refresh_url: _,
        scopes,
        extensions: _,
    }) = authorization_code
    {
        flow("authorizationCode", Some(token_url), scopes);
    }
    found
}
