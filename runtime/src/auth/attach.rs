//! Which credentials a request carries, and putting them there.

use std::sync::Arc;

use http::{HeaderValue, header};

use super::cache::Token;
use super::credential::{Carried, Credential};
use super::scheme::{CredentialLocation, Scheme, Security};
use super::token_error::TokenError;
use crate::call::Prepared;
use crate::call::sensitive;
use crate::client::Client;
use crate::error::RequestError;
use crate::escape::Escape;

/// The credentials that one call is sent with: those of the first alternative that the caller has
/// given all credentials of. What the request carries already, for one call of its own, counts as
/// given and stays.
pub(crate) struct Chosen<'c>(Vec<&'c Credential>);

impl<'c> Chosen<'c> {
    /// Nothing is attached.
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    /// Chooses for a request.
    ///
    /// # Errors
    /// If the operation cannot be called without credentials that nobody has given; the error names
    /// the schemes.
    pub(crate) fn for_request(
        client: &'c Client,
        security: Security,
        request: &Prepared,
    ) -> Result<Self, RequestError> {
        let given = client.credentials();
        let credential = |scheme: &Scheme| given.iter().find(|c| c.scheme.name == scheme.name);
        let met = |all: &[&'static Scheme]| {
            // Two schemes of one location are one credential on the wire.
            let one = |location: CredentialLocation| {
                all.iter().any(|s| s.location.is(location) && credential(s).is_some())
            };
            !all.is_empty() && all.iter().all(|s| carries(request, s.location) || one(s.location))
        };
        match security.iter().find(|all| met(all)) {
            Some(all) => Ok(Self(all.iter().filter_map(|scheme| credential(scheme)).collect())),
            None if security.iter().any(|all| all.is_empty()) || security.is_empty() => {
                Ok(Self::none())
            }
            None => Err(missing(security)),
        }
    }

    /// Puts the credentials into a request. A token is fetched if there is none that holds, or the
    /// one there was is `rejected`.
    pub(crate) async fn attach(
        &self,
        client: &Client,
        request: &mut Prepared,
        rejected: Option<&Arc<Token>>,
    ) -> Result<Option<Arc<Token>>, TokenError> {
        let mut used = None;
        for credential in &self.0 {
            if carries(request, credential.scheme.location) {
                continue;
            }
            match &credential.carried {
                Carried::Header(name, value) => {
                    request.headers.insert(name, value.clone());
                }
                Carried::Query(pair) => {
                    let query = match request.url.query() {
                        Some(query) if !query.is_empty() => format!("{query}&{}", pair.expose()),
                        _ => pair.expose().to_owned(),
                    };
                    request.url.set_query(Some(&query));
                }
                Carried::Cookie(pair) => cookie(request, pair.expose()),
                Carried::Token(cache, id) => {
                    let token = cache.token(client, rejected).await?;
                    request.headers.insert(header::AUTHORIZATION, token.header().clone());
                    if let Some((name, value)) = id {
                        request.headers.entry(name).or_insert_with(|| value.clone());
                    }
                    used = Some(token);
                }
            }
        }
        Ok(used)
    }
}

/// Whether the request carries something in this location already.
fn carries(request: &Prepared, location: CredentialLocation) -> bool {
    let named = |pairs: &str, separator: char, name: &str| {
        pairs.split(separator).any(|pair| pair.trim().split('=').next() == Some(name))
    };
    match location {
        CredentialLocation::Query(name) => {
            request.url.query().is_some_and(|query| named(query, '&', &Escape::Url.apply(name)))
        }
        CredentialLocation::Cookie(name) => {
            let cookies = request.headers.get(header::COOKIE).map(HeaderValue::as_bytes);
            let cookies = cookies.and_then(|bytes| std::str::from_utf8(bytes).ok());
            cookies.is_some_and(|cookies| named(cookies, ';', name))
        }
        location => location.header().is_some_and(|name| request.headers.contains_key(name)),
    }
}

/// All cookies go into one header (RFC 6265 §5.4).
fn cookie(request: &mut Prepared, pair: &str) {
    let there = request.headers.get(header::COOKIE).map(HeaderValue::as_bytes);
    let there = there.and_then(|bytes| std::str::from_utf8(bytes).ok());
    let all = there.map_or_else(|| pair.to_owned(), |there| format!("{there}; {pair}"));
    // Both parts were checked when they were given.
    if let Some(value) = sensitive(&all) {
        request.headers.insert(header::COOKIE, value);
    }
}

/// `it needs credentials: `Key` (builder method `key`), or `Id` (…) and `Secret` (…)`
fn missing(security: Security) -> RequestError {
    let alternatives: Vec<String> = security
        .iter()
        .map(|all| {
            let one = |s: &&Scheme| format!("`{}` (`ClientBuilder::{}`)", s.name, s.setter);
            all.iter().map(one).collect::<Vec<_>>().join(" and ")
        })
        .collect();
    RequestError(format!("no credentials are given for {}", alternatives.join(", or ")))
}
