//! Selecting the credentials of a request, and adding them to it.

use std::sync::Arc;

use http::{HeaderValue, header};

use super::cache::{PendingToken, TokenCache, TokenFetcher};
use super::credential::{Credential, CredentialValue, EveryCallHeader};
use super::provider::ClientGrant;
use super::store::CredentialStore;
use super::token::Token;
use super::token_error::TokenError;
use crate::message::error::RequestError;
use crate::message::escape::Escape;
use crate::message::header_value::sensitive_value;
use crate::message::request::PreparedRequest;
use crate::operation::Operation;
use crate::operation::scheme::{CredentialLocation, EVERY_CALL, Scheme, Security};

/// The credentials that a call is sent with: those of the first alternative whose credentials are
/// all set. A credential that the request already contains, since the caller set it for this call,
/// counts as set and is not replaced.
///
/// Those for every call come last. An operation that needs none, or issues tokens, does not get
/// them.
pub(crate) struct SelectedAuth {
    credentials: Vec<Arc<Credential>>,
    headers: Vec<EveryCallHeader>,
}

/// The token that a request was sent with.
pub(crate) struct UsedToken {
    cache: Arc<TokenCache>,
    token: Arc<Token>,
}

impl UsedToken {
    /// Reports that the server rejected the token. Returns whether the call may be retried with
    /// another one.
    pub(crate) fn reject(&self) -> bool {
        self.cache.reject(&self.token)
    }
}

impl SelectedAuth {
    /// Selects no credentials.
    pub(crate) fn none() -> Self {
        Self { credentials: Vec::new(), headers: Vec::new() }
    }

    /// Selects the credentials of a request.
    ///
    /// # Errors
    /// If the operation requires credentials that are not set. The error names the schemes.
    pub(crate) fn for_request(
        available: &CredentialStore,
        operation: &Operation,
        request: &PreparedRequest,
    ) -> Result<Self, RequestError> {
        let security = operation.security;
        let is_met = |all: &[&'static Scheme]| {
            // Two schemes with the same location are one credential on the wire.
            let is_set = |location: CredentialLocation| {
                all.iter().any(|s| s.location.is_same(location) && available.find(s).is_some())
            };
            !all.is_empty()
                && all.iter().all(|s| has_credential(request, s.location) || is_set(s.location))
        };
        let mut selected = Self::none();
        let has_every_call = !operation.is_public && available.has_every_call();
        match security.iter().find(|all| is_met(all)) {
            Some(all) => {
                selected.credentials.extend(all.iter().filter_map(|it| available.find(it)));
            }
            None if security.iter().any(|all| all.is_empty()) || security.is_empty() => {}
            // The caller knows better than the document how the server authenticates calls.
            None if has_every_call => {}
            None => return Err(missing_credentials(security)),
        }
        if has_every_call {
            selected.credentials.extend(available.find(&EVERY_CALL));
            selected.headers.extend_from_slice(available.headers());
        }
        Ok(selected)
    }

    /// Returns the headers of the request whose values are credentials.
    pub(crate) fn header_names(&self) -> impl Iterator<Item = &str> {
        let schemes = self.credentials.iter().map(|credential| credential.scheme.location);
        let headers = self.headers.iter().map(|(name, _)| name.as_str());
        let schemes = schemes.filter_map(|location| location.header().map(|name| -> &str { name }));
        schemes.chain(headers)
    }

    /// Adds the credentials to a request. A token is requested if there is no valid one, or the
    /// cached one is `rejected`. Returns the token that was added, if any.
    pub(crate) async fn attach(
        &self,
        fetcher: &TokenFetcher<impl Fn(Arc<ClientGrant>) -> PendingToken>,
        request: &mut PreparedRequest,
        rejected: Option<&UsedToken>,
    ) -> Result<Option<UsedToken>, TokenError> {
        let mut used = None;
        for credential in &self.credentials {
            if has_credential(request, credential.scheme.location) {
                continue;
            }
            match &credential.value {
                CredentialValue::Header(name, value) => {
                    request.headers.insert(name, value.clone());
                }
                CredentialValue::Query(pair) => {
                    let query = match request.url.query() {
                        Some(query) if !query.is_empty() => format!("{query}&{}", pair.expose()),
                        _ => pair.expose().to_owned(),
                    };
                    request.url.set_query(Some(&query));
                }
                CredentialValue::Cookie(pair) => append_cookie(request, pair.expose()),
                CredentialValue::Token(cache) => {
                    let token = cache.token(fetcher, rejected.map(|used| &used.token)).await?;
                    request.headers.insert(header::AUTHORIZATION, token.header().clone());
                    if let Some((name, value)) = token.id_header() {
                        request.headers.entry(name).or_insert_with(|| value.clone());
                    }
                    used = Some(UsedToken { cache: Arc::clone(cache), token });
                }
            }
        }
        for (name, value) in &self.headers {
            request.headers.entry(name).or_insert_with(|| value.clone());
        }
        Ok(used)
    }
}

/// Whether the request already contains a credential in this location.
fn has_credential(request: &PreparedRequest, location: CredentialLocation) -> bool {
    let has_name = |pairs: &str, separator: char, name: &str| {
        pairs.split(separator).any(|pair| pair.trim().split('=').next() == Some(name))
    };
    match location {
        CredentialLocation::Query(name) => {
            request.url.query().is_some_and(|query| has_name(query, '&', &Escape::Url.apply(name)))
        }
        CredentialLocation::Cookie(name) => {
            let cookies = request.headers.get(header::COOKIE).map(HeaderValue::as_bytes);
            let cookies = cookies.and_then(|bytes| std::str::from_utf8(bytes).ok());
            cookies.is_some_and(|cookies| has_name(cookies, ';', name))
        }
        location => location.header().is_some_and(|name| request.headers.contains_key(name)),
    }
}

/// Appends a cookie to the `Cookie` header: all cookies go into one header (RFC 6265 §5.4).
fn append_cookie(request: &mut PreparedRequest, pair: &str) {
    let existing = request.headers.get(header::COOKIE).map(HeaderValue::as_bytes);
    let existing = existing.and_then(|bytes| std::str::from_utf8(bytes).ok());
    let all = existing.map_or_else(|| pair.to_owned(), |existing| format!("{existing}; {pair}"));
    // The pair was checked when the client was built.
    if let Some(value) = sensitive_value(&all) {
        request.headers.insert(header::COOKIE, value);
    }
}

/// Returns the error that names the schemes: ``no credentials are set for `Key`
/// (`ClientBuilder::key`), or `Id` (…) and `Secret` (…)``.
fn missing_credentials(security: Security) -> RequestError {
    let alternatives: Vec<String> = security
        .iter()
        .map(|all| {
            let scheme = |s: &&Scheme| format!("`{}` (`ClientBuilder::{}`)", s.name, s.setter);
            all.iter().map(scheme).collect::<Vec<_>>().join(" and ")
        })
        .collect();
    RequestError::credentials(format!("no credentials are set for {}", alternatives.join(", or ")))
}
