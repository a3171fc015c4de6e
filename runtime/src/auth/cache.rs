//! A token, kept until shortly before it expires and fetched once for all who wait for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use http::HeaderValue;

use super::fetch;
use super::scheme::Scheme;
use super::token_error::TokenError;
use super::token_request::TokenRequest;
use crate::client::Client;
use crate::platform::{BoxedFuture, Instant};
use crate::secret::Secret;

/// A token is renewed this long before it expires, or after nine tenths of a shorter life.
const EARLY: Duration = Duration::from_secs(60);

/// A token and when it ends.
pub(crate) struct Token {
    header: HeaderValue,
    /// From when on a new one is fetched, and when it is of no more use.
    ends: Option<(Instant, Instant)>,
}

impl Token {
    /// `header` is the value of `Authorization`; the life of the token begins at `asked`.
    pub(super) fn new(header: HeaderValue, asked: Instant, lifetime: Option<Duration>) -> Self {
        let ends = lifetime.and_then(|lifetime| {
            let early = EARLY.min(lifetime / 10);
            Some((asked.checked_add(lifetime - early)?, asked.checked_add(lifetime)?))
        });
        Self { header, ends }
    }

    /// The value of `Authorization`.
    pub(super) fn header(&self) -> &HeaderValue {
        &self.header
    }

    fn is_fresh(&self) -> bool {
        self.ends.is_none_or(|(renew, _)| Instant::now() < renew)
    }

    fn is_valid(&self) -> bool {
        self.ends.is_none_or(|(_, end)| Instant::now() < end)
    }
}

type Fetched = Result<Arc<Token>, TokenError>;
type Flight = Shared<BoxedFuture<'static, Fetched>>;

/// The token of one scheme of one client.
pub(crate) struct TokenCache {
    pub(super) scheme: &'static Scheme,
    pub(super) request: &'static TokenRequest,
    pub(super) id: String,
    pub(super) secret: Secret,
    /// The scopes that the caller asks for.
    pub(super) scope: Option<String>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    /// The request under way. It belongs to those who wait for it: each drives it, so that one who
    /// gives up takes nothing from the others, and it ends with the last of them.
    flight: Option<WeakShared<BoxedFuture<'static, Fetched>>>,
}

impl TokenCache {
    pub(super) fn new(
        scheme: &'static Scheme,
        request: &'static TokenRequest,
        id: String,
        secret: Secret,
        scope: Option<String>,
    ) -> Self {
        Self { scheme, request, id, secret, scope, state: Mutex::default() }
    }

    /// The token: the one there is, unless it is about to expire or is the one that the server
    /// `rejected`; else a new one. If there is no new one, a token that has not expired is still good.
    pub(super) async fn token(
        self: &Arc<Self>,
        client: &Client,
        rejected: Option<&Arc<Token>>,
    ) -> Fetched {
        let (held, flight) = {
            let mut state = self.lock();
            let rejected = |token: &Arc<Token>| rejected.is_some_and(|it| Arc::ptr_eq(it, token));
            if state.token.as_ref().is_some_and(rejected) {
                state.token = None;
            }
            match &state.token {
                Some(token) if token.is_fresh() => return Ok(Arc::clone(token)),
                held => (held.clone(), self.flight(client, &mut state)),
            }
        };
        match (flight.await, held) {
            (Err(_), Some(token)) if token.is_valid() => Ok(token),
            (fetched, _) => fetched,
        }
    }

    /// The request under way, or a new one.
    fn flight(self: &Arc<Self>, client: &Client, state: &mut State) -> Flight {
        let there = state.flight.as_ref().and_then(WeakShared::upgrade);
        // One that has come to its end has put its token into the cache, or there is none.
        if let Some(flight) = there.filter(|flight| flight.peek().is_none()) {
            return flight;
        }
        let (cache, client) = (Arc::clone(self), client.clone());
        let fetch = async move {
            let fetched = fetch::fetch(&cache, &client).await.map(Arc::new);
            if let Ok(token) = &fetched {
                cache.lock().token = Some(Arc::clone(token));
            }
            fetched
        };
        let fetch: BoxedFuture<'static, Fetched> = Box::pin(fetch);
        let flight = fetch.shared();
        state.flight = flight.downgrade();
        flight
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
