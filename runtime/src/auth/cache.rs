//! A cached token: renewed shortly before it expires, and requested once for all waiting calls.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use super::provider::{ClientGrant, TokenContext, TokenFields, TokenProvider, TokenSource};
use super::token::Token;
use super::token_error::{TokenError, TokenFault};
use crate::message::error::{RequestError, TransportError};
use crate::operation::scheme::Scheme;
use crate::platform::{self, BoxedFuture, Instant};

/// How long a 401 does not lead to another renewal after one did: its reason is not the token.
const REPLACEMENT_PAUSE: Duration = Duration::from_secs(5);

/// How much longer than its timeout a token request may take before it counts as stalled.
const STALL_MARGIN: Duration = Duration::from_secs(1);

/// A token request in progress, made by the layer that sends calls.
pub(crate) type PendingToken = BoxedFuture<'static, Result<Token, TokenError>>;

type FetchResult = Result<Arc<Token>, TokenError>;

/// What the cache needs from the client of a call.
pub(crate) struct TokenFetcher<F> {
    /// Starts a token request.
    pub(crate) fetch: F,
    /// How long a token request may take.
    pub(crate) timeout: Duration,
}

/// The cached token of one security scheme of one client.
pub(crate) struct TokenCache {
    scheme: &'static Scheme,
    /// The fields of token requests that the caller sets.
    fields: TokenFields,
    state: Mutex<State>,
}

struct State {
    source: TokenSource,
    /// Counts changes of the source and invalidations. What was requested before is not used.
    generation: u64,
    /// The number of token requests started so far.
    started: u64,
    token: Option<Arc<Token>>,
    /// The number of the request that the token is from. An older one that stalled may end later.
    token_number: u64,
    /// The token that the server rejected, or that was invalidated, until there is another one.
    rejected: Option<Arc<Token>>,
    fetch: Option<Fetch<WeakShared<BoxedFuture<'static, FetchResult>>>>,
    /// The error of the last token request, until when no other one is made.
    held: Option<(Instant, TokenError)>,
    /// Until when a valid token is not renewed, since a renewal failed.
    renewal_paused_until: Option<Instant>,
    /// Whether a token request is due, or in progress, since the server rejected the token.
    is_replacement_due: bool,
    /// Until when a 401 does not lead to another renewal.
    replacement_paused_until: Option<Instant>,
}

/// The token request in progress. A task of its own drives it, so that calls that are cancelled do not
/// stop it; the waiting calls poll it as well, in case the runtime of that task is shut down.
#[derive(Clone)]
struct Fetch<S> {
    result: S,
    generation: u64,
    /// When it counts as stalled: its sockets and timers belong to a runtime that nothing drives.
    stalls_at: Option<Instant>,
}

type SharedFetch = Fetch<Shared<BoxedFuture<'static, FetchResult>>>;

/// How a call gets its token.
enum Step {
    Ready(FetchResult),
    Wait(SharedFetch),
}

impl TokenCache {
    pub(super) fn new(scheme: &'static Scheme, source: TokenSource, fields: TokenFields) -> Self {
        let state = State {
            source,
            generation: 0,
            started: 0,
            token: None,
            token_number: 0,
            rejected: None,
            fetch: None,
            held: None,
            renewal_paused_until: None,
            is_replacement_due: false,
            replacement_paused_until: None,
        };
        Self { scheme, fields, state: Mutex::new(state) }
    }

    /// Returns the cached token if it is valid, and starts to renew it if it is about to expire.
    /// Otherwise, or if it is the one that the server `rejected`, waits for a new one.
    pub(super) async fn token(
        self: &Arc<Self>,
        fetcher: &TokenFetcher<impl Fn(Arc<ClientGrant>) -> PendingToken>,
        rejected: Option<&Arc<Token>>,
    ) -> FetchResult {
        loop {
            let fetch = match self.next_step(fetcher, rejected) {
                Step::Ready(result) => return result,
                Step::Wait(fetch) => fetch,
            };
            let time_left = fetch.stalls_at.map(|at| at.saturating_duration_since(Instant::now()));
            let result = platform::timeout(time_left.unwrap_or(Duration::MAX), fetch.result).await;
            // If it stalled, or the credentials have changed since, another request is made.
            if let Some(result) = result
                && self.lock().generation == fetch.generation
            {
                return result;
            }
        }
    }

    fn next_step(
        self: &Arc<Self>,
        fetcher: &TokenFetcher<impl Fn(Arc<ClientGrant>) -> PendingToken>,
        rejected: Option<&Arc<Token>>,
    ) -> Step {
        let (mut state, now) = (self.lock(), Instant::now());
        let is_usable = |token: &&Arc<Token>| {
            token.is_valid(now) && !rejected.is_some_and(|rejected| Arc::ptr_eq(rejected, token))
        };
        if let Some(token) = state.token.as_ref().filter(is_usable) {
            let token = Arc::clone(token);
            if !token.is_fresh(now) && state.may_renew(now) {
                drop(self.start(&mut state, fetcher));
            }
            return Step::Ready(Ok(token));
        }
        if let Some(error) = state.held_error(now) {
            return Step::Ready(Err(error));
        }
        Step::Wait(state.running(now).unwrap_or_else(|| self.start(&mut state, fetcher)))
    }

    /// Starts a token request.
    fn start(
        self: &Arc<Self>,
        state: &mut State,
        fetcher: &TokenFetcher<impl Fn(Arc<ClientGrant>) -> PendingToken>,
    ) -> SharedFetch {
        state.started = state.started.wrapping_add(1);
        let (generation, number) = (state.generation, state.started);
        let pending = match &state.source {
            TokenSource::Grant(grant) => (fetcher.fetch)(Arc::clone(grant)),
            TokenSource::Provider(provider) => {
                let work = provide(
                    Arc::clone(self),
                    Arc::clone(provider),
                    state.rejected.clone(),
                    fetcher.timeout,
                );
                Box::pin(work)
            }
        };
        let cache = Arc::clone(self);
        let work: BoxedFuture<'static, FetchResult> = Box::pin(async move {
            let result = pending.await.map(Arc::new);
            cache.store(generation, number, &result);
            result
        });
        let result = work.shared();
        platform::spawn(result.clone().map(drop));
        let stalls_at = Instant::now().checked_add(fetcher.timeout.saturating_add(STALL_MARGIN));
        let weak = result.downgrade();
        state.fetch = weak.map(|result| Fetch { result, generation, stalls_at });
        Fetch { result, generation, stalls_at }
    }

    /// Stores the result of the token request with this number, unless it is outdated: a newer request has
    /// a token, or, for an error, is in progress.
    fn store(&self, generation: u64, number: u64, result: &FetchResult) {
        let mut state = self.lock();
        let latest = if result.is_ok() { state.token_number } else { state.started };
        if state.generation != generation || number < latest {
            return;
        }
        state.is_replacement_due = false;
        match result {
            Ok(token) => {
                (state.token, state.token_number) = (Some(Arc::clone(token)), number);
                (state.rejected, state.held, state.renewal_paused_until) = (None, None, None);
            }
            Err(error) => {
                let now = Instant::now();
                state.held =
                    error.hold().and_then(|hold| Some((now.checked_add(hold)?, error.clone())));
                let pause = state.token.as_ref().map(|token| token.renewal_pause());
                state.renewal_paused_until = pause.and_then(|pause| now.checked_add(pause));
            }
        }
    }

    /// Reports that the server rejected a token with 401. Returns whether the call may be retried with
    /// another token. Other calls use the rejected one until then: the server may reject a request for
    /// other reasons.
    pub(super) fn reject(&self, token: &Arc<Token>) -> bool {
        let mut state = self.lock();
        if !state.token.as_ref().is_some_and(|current| Arc::ptr_eq(current, token)) {
            return true;
        }
        let now = Instant::now();
        if state.replacement_paused_until.is_some_and(|until| now < until) {
            return state.is_replacement_due;
        }
        state.is_replacement_due = true;
        state.replacement_paused_until = now.checked_add(REPLACEMENT_PAUSE);
        state.rejected = Some(Arc::clone(token));
        true
    }

    /// Discards the token.
    pub(super) fn invalidate(&self) {
        self.lock().discard();
    }

    /// Obtains tokens from the same source as `other` from now on, and discards the token.
    pub(super) fn replace_source(&self, other: &Self) {
        let source = other.lock().source.clone();
        let mut state = self.lock();
        state.discard();
        (state.source, state.rejected) = (source, None);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Returns the token request in progress, unless it is stalled.
    fn running(&self, now: Instant) -> Option<SharedFetch> {
        let Fetch { result, generation, stalls_at } = self.fetch.as_ref()?;
        let (generation, stalls_at) = (*generation, *stalls_at);
        let result = result.upgrade()?;
        // A finished one is not reused: it has stored its token, or failed.
        let is_running = result.peek().is_none() && stalls_at.is_none_or(|at| now < at);
        is_running.then_some(Fetch { result, generation, stalls_at })
    }

    /// Returns the error of the last token request, if it is too early for another one.
    fn held_error(&self, now: Instant) -> Option<TokenError> {
        let (until, error) = self.held.as_ref()?;
        (now < *until).then(|| error.clone())
    }

    /// Whether a valid token may be renewed.
    fn may_renew(&self, now: Instant) -> bool {
        self.renewal_paused_until.is_none_or(|until| until <= now)
            && self.held_error(now).is_none()
            && self.running(now).is_none()
    }

    /// Discards the token, and everything known about token requests.
    fn discard(&mut self) {
        self.generation = self.generation.wrapping_add(1);
        self.rejected = self.token.take().or_else(|| self.rejected.take());
        (self.fetch, self.held, self.is_replacement_due) = (None, None, false);
        (self.renewal_paused_until, self.replacement_paused_until) = (None, None);
    }
}

/// Obtains a token from the caller's provider.
async fn provide(
    cache: Arc<TokenCache>,
    provider: Arc<dyn TokenProvider>,
    rejected: Option<Arc<Token>>,
    timeout: Duration,
) -> Result<Token, TokenError> {
    let scheme = cache.scheme;
    let token_error = |fault| TokenError::new(scheme.name(), fault);
    let context = TokenContext {
        scheme: scheme.name(),
        fields: &cache.fields,
        rejected: rejected.as_ref().map(|token| token.text()),
    };
    let Some(provided) = platform::timeout(timeout, provider.token(context)).await else {
        return Err(token_error(TokenFault::Transport(TransportError::timeout())));
    };
    let token = provided.map_err(|error| token_error(TokenFault::Provider(error)))?;
    token.into_token(scheme.token.and_then(|request| request.id_header)).ok_or_else(|| {
        let reason = "the token of the provider, or its client id, contains characters that are \
                      not allowed in a header";
        token_error(TokenFault::Request(RequestError::credentials(reason)))
    })
}

#[cfg(test)]
mod tests {
    use futures_util::future::ready;
    use tokio::sync::oneshot::{Receiver, channel};

    use super::*;
    use crate::message::method::Method;
    use crate::operation::Operation;
    use crate::operation::token_request::TokenRequest;
    use crate::wire::secret::Secret;

    static FETCH: Operation = Operation::new("token", Method::Post, "/token");
    static REQUEST: TokenRequest = TokenRequest::new(&FETCH);
    static BEARER: Scheme = Scheme::bearer("Bearer", "bearer").token_from(&REQUEST);

    fn cache() -> Arc<TokenCache> {
        let grant = ClientGrant {
            scheme: "Bearer",
            request: &REQUEST,
            id: "me".to_owned(),
            secret: Secret::from("hunter2"),
            fields: TokenFields::default(),
            id_header: None,
        };
        let source = TokenSource::Grant(Arc::new(grant));
        Arc::new(TokenCache::new(&BEARER, source, TokenFields::default()))
    }

    fn token(text: &str) -> Token {
        Token::new(text, None, Instant::now(), None).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn token_of_a_stalled_request_does_not_replace_a_newer_one() {
        let (cache, (end, ended)) = (cache(), channel());
        let first: Mutex<Option<Receiver<Token>>> = Mutex::new(Some(ended));
        let fetch = |_| -> PendingToken {
            match first.lock().unwrap().take() {
                Some(ended) => Box::pin(async move { Ok(ended.await.unwrap()) }),
                None => Box::pin(ready(Ok(token("new")))),
            }
        };
        let fetcher = TokenFetcher { fetch, timeout: Duration::from_secs(1) };
        assert_eq!(cache.token(&fetcher, None).await.unwrap().text(), "new");
        assert!(end.send(token("old")).is_ok(), "the first request is in progress");
        // The task of the first request stores its result.
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(cache.token(&fetcher, None).await.unwrap().text(), "new");
    }
}
