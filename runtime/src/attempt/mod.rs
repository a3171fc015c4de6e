//! A call as a series of attempts. The parts that all attempts share are prepared first: the URL, the
//! caller's headers, the exact bytes of the body, the idempotency key. Each attempt then completes a
//! copy of this request (see [`steps`]) and sends it. A retryable failure leads to another attempt, as
//! the [`Retry`](crate::Retry) policy allows.

mod authorization;
mod instrumented;
mod reopen;
mod steps;
mod transport;

use std::time::Duration;

use crate::auth::{TokenError, TokenFault};
use crate::call::{Call, PreparedRequest};
use crate::client::Client;
use crate::error::{Error, RequestError, TransportError};
use crate::operation::Operation;
use crate::platform::{BoxedFuture, Incoming, Instant, sleep, timeout};
use crate::response::RawResponse;
use crate::retry::{AttemptResult, Retry, RetryState};

use authorization::Authorization;
pub(crate) use reopen::ReopenableCall;

/// Why there is no response.
pub(crate) enum Failure {
    /// The request could not be built.
    Request(RequestError),
    /// The request violates a documented constraint, and was not sent.
    #[cfg(feature = "validate")]
    Validation(crate::ValidationError),
    /// No token could be obtained.
    Token(TokenError),
    /// No complete response was received.
    Transport(TransportError),
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            #[cfg(feature = "validate")]
            Failure::Validation(error) => Self::Validation(error),
            Failure::Token(error) => Self::Token(error),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

impl From<Failure> for TokenFault {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            #[cfg(feature = "validate")]
            Failure::Validation(error) => Self::Request(RequestError(error.to_string())),
            // A token request is sent without credentials, so this does not occur.
            Failure::Token(error) => Self::Request(RequestError(error.to_string())),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

/// The response to a call, whatever its status.
pub(crate) type PendingResponse<'a> = BoxedFuture<'a, Result<ReceivedResponse, Failure>>;

/// A received response, and the unread rest of its body if the caller streams it.
pub(crate) struct ReceivedResponse {
    pub(crate) response: RawResponse,
    pub(crate) rest: Option<Incoming>,
}

/// A call in progress: what all its attempts share.
pub(crate) struct CallState<'a> {
    pub(crate) client: &'a Client,
    pub(crate) operation: &'static Operation,
    /// The request before the steps of an attempt. Its body and idempotency key are final.
    pub(crate) request: PreparedRequest,
    /// Whether no credentials are attached, even if the operation requires some.
    anonymous: bool,
    /// Whether the caller streams the body of a success.
    is_streamed: bool,
    /// When the call times out, including waits and retries. `None` means never.
    deadline: Option<Instant>,
}

impl<'a> CallState<'a> {
    /// Prepares the request of a call.
    ///
    /// # Errors
    /// If the request can't be built, or something that its attempts need is not set.
    fn new(call: Call<'a>, is_streamed: bool) -> Result<Self, Failure> {
        let (client, operation, anonymous) = (call.client, call.operation, call.anonymous);
        let deadline = Instant::now().checked_add(call.timeout.unwrap_or(client.0.timeout));
        #[cfg(feature = "validate")]
        if client.0.validate {
            call.validate().map_err(Failure::Validation)?;
        }
        let mut request = call.prepare().map_err(Failure::Request)?;
        steps::prepare(operation, &mut request).map_err(Failure::Request)?;
        let state = Self { client, operation, request, anonymous, is_streamed, deadline };
        #[cfg(feature = "signature")]
        crate::signature::check_signing(&state)?;
        Ok(state)
    }

    /// Whether the server may safely receive the request twice.
    fn is_idempotent(&self) -> bool {
        self.operation.method.is_idempotent() || !self.operation.idempotency.is_empty()
    }

    /// Whether the request can be sent only once, since its body can't be read again.
    fn is_single_use(&self) -> bool {
        self.request.body.as_ref().is_some_and(|body| !body.is_replayable())
    }

    /// Returns the time left until the call times out.
    pub(crate) fn time_left(&self) -> Duration {
        let until = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        self.deadline.map_or(Duration::MAX, until)
    }
}

/// Sends a call and reads the response.
pub(crate) async fn send_call(call: Call<'_>) -> Result<RawResponse, Failure> {
    Ok(exchange_call(call, false).await?.response)
}

/// Sends a call. No attempt starts after the call has timed out, and the call does not wait for one
/// that would. If `is_streamed`, the timeout covers only the head of the response.
pub(crate) fn exchange_call(call: Call<'_>, is_streamed: bool) -> PendingResponse<'_> {
    Box::pin(async move {
        let policy = call.retry.unwrap_or(call.client.0.retry);
        let state = CallState::new(call, is_streamed)?;
        run_attempts(&state, policy).await
    })
}

/// Makes attempts until the call succeeds, or must not be retried.
async fn run_attempts(state: &CallState<'_>, policy: Retry) -> Result<ReceivedResponse, Failure> {
    let client = state.client;
    let policy = if state.is_single_use() { Retry::NEVER } else { policy };
    let mut retry_state = RetryState::new(policy, &client.0.budget, state.is_idempotent());
    let mut authorization = Authorization::new(state)?;
    let mut numbers = 1_u32..;
    loop {
        let number = numbers.next().unwrap_or(u32::MAX);
        let outcome = instrumented::run_attempt(state, &mut authorization, number).await;
        if let Ok(ReceivedResponse { response, .. }) = &outcome
            && !state.is_single_use()
            && authorization.should_renew_token(response)
        {
            continue;
        }
        let result = match &outcome {
            Ok(ReceivedResponse { response, .. }) => AttemptResult::Response(response),
            Err(Failure::Transport(error)) => AttemptResult::Transport(error),
            #[cfg(feature = "validate")]
            Err(Failure::Validation(_)) => return outcome,
            Err(Failure::Request(_) | Failure::Token(_)) => return outcome,
        };
        match retry_state.wait(result, client.now(), state.time_left()) {
            Some(wait) => sleep(wait).await,
            None => return outcome,
        }
    }
}

/// Builds the request of a call's first attempt, without sending it.
pub(crate) async fn first_request(call: Call<'_>) -> Result<PreparedRequest, Failure> {
    let state = CallState::new(call, false)?;
    let mut authorization = Authorization::new(&state)?;
    complete_request(&state, &mut authorization, 1).await
}

/// Completes the request of one attempt, within the call's timeout.
async fn complete_request(
    state: &CallState<'_>,
    authorization: &mut Authorization<'_>,
    number: u32,
) -> Result<PreparedRequest, Failure> {
    let completed = steps::complete(state, authorization, number);
    let timed_out = || Failure::Transport(TransportError::timeout(None));
    timeout(state.time_left(), completed).await.ok_or_else(timed_out)?
}
