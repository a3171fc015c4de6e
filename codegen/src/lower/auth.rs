//! Security schemes and what operations ask of them.

use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, ImplicitOAuth2Flow,
    OAuth2Flows, PasswordOAuth2Flow, SecurityRequirement, SecurityScheme as RefOr,
};

use super::cursor::NodeCursor;
use super::{Lower, doc};
use crate::ir::{ApiKeyIn, Flow, Requirement, Scheme, SecurityScheme};
use crate::report::Problem;

impl<'a> Lower<'a> {
    /// The named security schemes.
    pub fn schemes(&mut self) -> Vec<SecurityScheme> {
        let Some(components) = &self.document.openapi.components else { return Vec::new() };
        let cursor = self.root().member("components").member("securitySchemes");
        let mut schemes = Vec::with_capacity(components.security_schemes.len());
        for (name, written) in &components.security_schemes {
            let cursor = cursor.member(name);
            match self.document.resolve(written, &cursor) {
                Ok((written, _)) => schemes.push(self.scheme(name, written, &cursor)),
                Err(reference) => self.dangling(&reference, &cursor),
            }
        }
        schemes
    }

    /// The extensions of schemes mean nothing to a client.
    fn scheme(&mut self, name: &str, written: &RefOr, cursor: &NodeCursor<'a>) -> SecurityScheme {
        let (description, scheme) = match written {
            RefOr::APIKey { location, name, description, extensions: _ } => {
                let location = match location {
                    APIKeyLocation::Query => ApiKeyIn::Query,
                    APIKeyLocation::Header => ApiKeyIn::Header,
                    APIKeyLocation::Cookie => ApiKeyIn::Cookie,
                };
                (description, Scheme::ApiKey { location, wire: name.clone() })
            }
            RefOr::HTTP { scheme, bearer_format, description, extensions: _ } => {
                let scheme = match scheme.to_ascii_lowercase().as_str() {
                    "bearer" => Scheme::Bearer { format: bearer_format.clone() },
                    "basic" => Scheme::Basic,
                    _ => self.other(format!("http {scheme}"), cursor),
                };
                (description, scheme)
            }
            RefOr::OAuth2 { flows: written, description, extensions: _ } => {
                (description, Scheme::OAuth2 { flows: flows(written) })
            }
            RefOr::OpenIDConnect { open_id_connect_url: _, description, extensions: _ } => {
                (description, Scheme::OpenIdConnect)
            }
        };
        SecurityScheme {
            name: name.to_owned(),
            description: doc::text(description.as_deref()),
            scheme,
            token: None, // when all operations are known
        }
    }

    fn other(&mut self, words: String, cursor: &NodeCursor<'a>) -> Scheme {
        let problem = Problem::warning(
            cursor.location(),
            format!("there is no code for the security scheme `{words}`"),
        );
        let help = "send what it needs with each request: `.header(name, value)`";
        self.report.push(problem.help(help));
        Scheme::Other(words)
    }

    /// The alternatives of a `security` list. One that names an unknown scheme cannot be met.
    pub fn requirements(
        &mut self,
        written: &'a [SecurityRequirement],
        cursor: &NodeCursor<'a>,
    ) -> Vec<Requirement> {
        let known = self.document.openapi.components.as_ref().map(|c| &c.security_schemes);
        let mut requirements = Vec::with_capacity(written.len());
        for (index, schemes) in written.iter().enumerate() {
            let unknown =
                schemes.keys().find(|name| known.is_none_or(|known| !known.contains_key(*name)));
            match unknown {
                Some(name) => {
                    let what = format!(
                        "there is no security scheme `{name}`; this alternative is left out"
                    );
                    let problem = Problem::warning(cursor.item(index).location(), what);
                    self.report.push(problem.help("declare it under `components.securitySchemes`"));
                }
                None => {
                    let schemes =
                        schemes.iter().map(|(name, scopes)| (name.clone(), scopes.clone()));
                    let apart = self.apart(schemes.collect());
                    if apart.len() > 1 {
                        let what = "these schemes write one header, which holds one of them: they \
                                    are read as alternatives";
                        let problem = Problem::warning(cursor.item(index).location(), what);
                        self.report
                            .push(problem.help("list them as alternatives under `security`"));
                    }
                    requirements.extend(apart);
                }
            }
        }
        requirements
    }
}

/// A scheme's name with its scopes.
type Needed = (String, Vec<String>);

impl Lower<'_> {
    /// What is needed together, as alternatives where two schemes would write the same location: those
    /// that say more of their value than a key's location go first.
    fn apart(&self, schemes: Vec<Needed>) -> Vec<Requirement> {
        let mut locations: Vec<(Option<String>, Vec<Needed>)> = Vec::new();
        for needed in schemes {
            let (location, is_key) = self.place_of_scheme(&needed.0);
            let same = |(other, _): &&mut (Option<String>, Vec<Needed>)| {
                location.is_some() && *other == location
            };
            match locations.iter_mut().find(same) {
                Some((_, all)) if is_key => all.push(needed),
                Some((_, all)) => all.insert(0, needed),
                None => locations.push((location, vec![needed])),
            }
        }
        let mut alternatives = vec![Vec::new()];
        for (_, choices) in locations {
            let with = |before: &Vec<Needed>| -> Vec<Vec<Needed>> {
                let with = |one: &Needed| before.iter().chain([one]).cloned().collect();
                choices.iter().map(with).collect()
            };
            alternatives = alternatives.iter().flat_map(with).collect();
        }
        alternatives.into_iter().map(|schemes| Requirement { schemes }).collect()
    }

    /// The location that a scheme writes, and whether it is a key.
    fn place_of_scheme(&self, name: &str) -> (Option<String>, bool) {
        let schemes = self.document.openapi.components.as_ref().map(|c| &c.security_schemes);
        let cursor = self.root().member("components").member("securitySchemes").member(name);
        let written = schemes.and_then(|schemes| schemes.get(name));
        let resolved = written.and_then(|written| self.document.resolve(written, &cursor).ok());
        match resolved.map(|(scheme, _)| scheme) {
            Some(RefOr::APIKey { location, name, .. }) => {
                let location = match location {
                    APIKeyLocation::Header => name.to_ascii_lowercase(),
                    APIKeyLocation::Query => format!("?{name}"),
                    APIKeyLocation::Cookie => format!("cookie {name}"),
                };
                (Some(location), true)
            }
            Some(RefOr::HTTP { scheme, .. })
                if !["basic", "bearer"].contains(&scheme.to_ascii_lowercase().as_str()) =>
            {
                (None, false)
            }
            Some(_) => (Some("authorization".to_owned()), false),
            None => (None, false),
        }
    }
}

/// The addresses a person's browser visits are not the client's business: no flow with a browser is
/// generated. Refreshing goes to `tokenUrl` unless the vendor's data says otherwise.
fn flows(flows: &OAuth2Flows) -> Vec<Flow> {
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
