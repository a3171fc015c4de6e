//! A cached token: renewed shortly before it expires, and fetched once for all waiting calls.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use http::HeaderValue;

use super::token_error::TokenError;
use crate::operation::scheme::Scheme;
use crate::operation::token_request::TokenRequest;
use crate::platform::{BoxedFuture, Instant};
use crate::wire::secret::Secret;

/// How long before its expiry a token is renewed; at most a tenth of its lifetime.
const RENEWAL_MARGIN: Duration = Duration::from_secs(60);

/// A token and its expiry.
pub(crate) struct Token {
    header: HeaderValue,
    /// When a new token is fetched, and when this one expires.
    expiry: Option<(Instant, Instant)>,
}

impl Token {
    /// Creates a token. `header` is the value of `Authorization`; the lifetime begins at
    /// `requested_at`.
    pub(crate) fn new(
        header: HeaderValue,
        requested_at: Instant,
        lifetime: Option<Duration>,
    ) -> Self {
        let expiry = lifetime.and_then(|lifetime| {
            let margin = RENEWAL_MARGIN.min(lifetime / 10);
            Some((
                requested_at.checked_add(lifetime - margin)?,
                requested_at.checked_add(lifetime)?,
            ))
        });
        Self { header, expiry }
    }

    /// Returns the value of `Authorization`.
    pub(super) fn header(&self) -> &HeaderValue {
        &self.header
    }

    fn is_fresh(&self) -> bool {
        self.expiry.is_none_or(|(renew, _)| Instant::now() < renew)
    }

    fn is_valid(&self) -> bool {
        self.expiry.is_none_or(|(_, end)| Instant::now() < end)
    }
}

/// The token request in progress, made by the layer that sends calls.
pub(crate) type TokenFuture = BoxedFuture<'static, Result<Token, TokenError>>;

type FetchResult = Result<Arc<Token>, TokenError>;
type SharedFetch = Shared<BoxedFuture<'static, FetchResult>>;

/// The cached token of one security scheme of one client.
pub(crate) struct TokenCache {
    pub(crate) scheme: &'static Scheme,
    pub(crate) request: &'static TokenRequest,
    pub(crate) id: String,
    pub(crate) secret: Secret,
    /// The fields of the token request that the caller sets, such as the requested scopes.
    pub(crate) fields: Vec<(&'static str, String)>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    /// The token request in progress. Every waiting call polls it, so that a call that is cancelled
    /// does not stop it for the others; it is cancelled with the last of them.
    fetch: Option<WeakShared<BoxedFuture<'static, FetchResult>>>,
}

impl TokenCache {
    pub(super) fn new(
        scheme: &'static Scheme,
        request: &'static TokenRequest,
        id: String,
        secret: Secret,
        fields: Vec<(&'static str, String)>,
    ) -> Self {
        Self { scheme, request, id, secret, fields, state: Mutex::default() }
    }

    /// Returns the cached token, or fetches a new one if there is no token, it is about to expire, or
    /// it is the one that the server `rejected`. If the fetch fails, a token that is still valid is
    /// used.
    pub(super) async fn token(
        self: &Arc<Self>,
        fetch: &impl Fn(Arc<Self>) -> TokenFuture,
        rejected: Option<&Arc<Token>>,
    ) -> FetchResult {
        let (cached, fetch) = {
            let mut state = self.lock();
            let rejected = |token: &Arc<Token>| rejected.is_some_and(|it| Arc::ptr_eq(it, token));
            if state.token.as_ref().is_some_and(rejected) {
                state.token = None;
            }
            match &state.token {
                Some(token) if token.is_fresh() => return Ok(Arc::clone(token)),
                cached => (cached.clone(), self.fetch(fetch, &mut state)),
            }
        };
        match (fetch.await, cached) {
            (Err(_), Some(token)) if token.is_valid() => Ok(token),
            (fetched, _) => fetched,
        }
    }

    /// Joins the token request in progress, or starts a new one.
    fn fetch(
        self: &Arc<Self>,
        fetch: &impl Fn(Arc<Self>) -> TokenFuture,
        state: &mut State,
    ) -> SharedFetch {
        let running = state.fetch.as_ref().and_then(WeakShared::upgrade);
        // A finished one is not reused: it has stored its token, or failed.
        if let Some(fetch) = running.filter(|fetch| fetch.peek().is_none()) {
            return fetch;
        }
        let (cache, request) = (Arc::clone(self), fetch(Arc::clone(self)));
        let fetch = async move {
            let fetched = request.await.map(Arc::new);
            if let Ok(token) = &fetched {
                cache.lock().token = Some(Arc::clone(token));
            }
            fetched
        };
        let fetch: BoxedFuture<'static, FetchResult> = Box::pin(fetch);
        let shared = fetch.shared();
        state.fetch = shared.downgrade();
        shared
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
