//! A call as a series of attempts. What all of them share is fixed first: the address, the headers
//! that the caller gave, the body to its last byte, the idempotency key. Each attempt then completes
//! a copy of that by the steps of [`steps`], is sent, and is judged: a failure that may be repeated
//! is, by the policy of [`Retry`](crate::Retry).

mod authorization;
mod opening;
mod steps;
mod transport;
mod watched;

use std::time::Duration;

use crate::auth::{Fault, TokenError};
use crate::call::{Call, Prepared};
use crate::client::Client;
use crate::error::{Error, RequestError, TransportError};
use crate::operation::Operation;
use crate::platform::{BoxedFuture, Incoming, Instant, sleep, timeout};
use crate::response::RawResponse;
use crate::retry::{Cause, Retries, Retry};

use authorization::Authorization;
pub(crate) use opening::Opening;

/// Why there is no response.
pub(crate) enum Failure {
    /// It could not be sent.
    Request(RequestError),
    /// It is not what the description asks for, and was not sent.
    #[cfg(feature = "validate")]
    Invalid(crate::Invalid),
    /// There is no token to send it with.
    Token(TokenError),
    /// No whole response came back.
    Transport(TransportError),
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            #[cfg(feature = "validate")]
            Failure::Invalid(error) => Self::Invalid(error),
            Failure::Token(error) => Self::Token(error),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            #[cfg(feature = "validate")]
            Failure::Invalid(error) => Self::Request(RequestError(error.to_string())),
            // The request for a token needs no token itself.
            Failure::Token(error) => Self::Request(RequestError(error.to_string())),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

/// The response to a call, whatever its status.
pub(crate) type PendingResponse<'a> = BoxedFuture<'a, Result<ReceivedResponse, Failure>>;

/// What came back: the response, and the rest of its body where that is left to the caller.
pub(crate) struct ReceivedResponse {
    pub(crate) response: RawResponse,
    pub(crate) rest: Option<Incoming>,
}

/// A call under way: what all its attempts share.
pub(crate) struct Ongoing<'a> {
    pub(crate) client: &'a Client,
    pub(crate) operation: &'static Operation,
    /// The request before the steps of an attempt. Its body is final, and its idempotency key.
    pub(crate) request: Prepared,
    /// Whether no credential is attached, whatever the operation asks for.
    anonymous: bool,
    /// Whether the body of a success is left to the caller.
    is_streamed: bool,
    /// When the call has to be over, waits and repeats included. `None` is never.
    deadline: Option<Instant>,
}

impl<'a> Ongoing<'a> {
    /// # Errors
    /// If the request can't be built, or what its attempts need was not given.
    fn new(call: Call<'a>, is_streamed: bool) -> Result<Self, Failure> {
        let (client, operation, anonymous) = (call.client, call.operation, call.anonymous);
        let deadline = Instant::now().checked_add(call.timeout.unwrap_or(client.0.timeout));
        #[cfg(feature = "validate")]
        if client.0.validate {
            call.validate().map_err(Failure::Invalid)?;
        }
        let mut request = call.prepare().map_err(Failure::Request)?;
        steps::prepare(operation, &mut request).map_err(Failure::Request)?;
        let ongoing = Self { client, operation, request, anonymous, is_streamed, deadline };
        #[cfg(feature = "signature")]
        crate::signature::check(&ongoing)?;
        Ok(ongoing)
    }

    /// Whether the request may arrive twice.
    fn is_repeatable(&self) -> bool {
        self.operation.method.is_idempotent() || !self.operation.idempotency.is_empty()
    }

    /// Whether the request can be sent once and no more.
    fn is_single(&self) -> bool {
        self.request.body.as_ref().is_some_and(|body| !body.is_repeatable())
    }

    /// How long the call may still take.
    pub(crate) fn left(&self) -> Duration {
        let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        self.deadline.map_or(Duration::MAX, left)
    }
}

/// Sends a call and reads the response.
pub(crate) async fn send(call: Call<'_>) -> Result<RawResponse, Failure> {
    Ok(exchange(call, false).await?.response)
}

/// Sends a call. No attempt begins after the call's time is over, and none is waited for that would.
/// A body that is `is_streamed` may take longer: the call is over with the head of its response.
pub(crate) fn exchange(call: Call<'_>, is_streamed: bool) -> PendingResponse<'_> {
    Box::pin(async move {
        let policy = call.retry.unwrap_or(call.client.0.retry);
        let ongoing = Ongoing::new(call, is_streamed)?;
        attempts(&ongoing, policy).await
    })
}

/// Makes attempts until one settles the call.
async fn attempts(ongoing: &Ongoing<'_>, policy: Retry) -> Result<ReceivedResponse, Failure> {
    let client = ongoing.client;
    let policy = if ongoing.is_single() { Retry::NEVER } else { policy };
    let mut retries = Retries::new(policy, &client.0.budget, ongoing.is_repeatable());
    let mut authorization = Authorization::new(ongoing)?;
    let mut numbers = 1_u32..;
    loop {
        let number = numbers.next().unwrap_or(u32::MAX);
        let outcome = watched::one(ongoing, &mut authorization, number).await;
        if let Ok(ReceivedResponse { response, .. }) = &outcome
            && !ongoing.is_single()
            && authorization.is_worth_another(response)
        {
            continue;
        }
        let cause = match &outcome {
            Ok(ReceivedResponse { response, .. }) => Cause::Response(response),
            Err(Failure::Transport(error)) => Cause::Transport(error),
            #[cfg(feature = "validate")]
            Err(Failure::Invalid(_)) => return outcome,
            Err(Failure::Request(_) | Failure::Token(_)) => return outcome,
        };
        match retries.wait(cause, client.now(), ongoing.left()) {
            Some(wait) => sleep(wait).await,
            None => return outcome,
        }
    }
}

/// The request of a call's first attempt, which is not sent.
pub(crate) async fn request(call: Call<'_>) -> Result<Prepared, Failure> {
    let ongoing = Ongoing::new(call, false)?;
    let mut authorization = Authorization::new(&ongoing)?;
    complete(&ongoing, &mut authorization, 1).await
}

/// The request of one attempt, as long as there is time.
async fn complete(
    ongoing: &Ongoing<'_>,
    authorization: &mut Authorization<'_>,
    number: u32,
) -> Result<Prepared, Failure> {
    let completed = steps::complete(ongoing, authorization, number);
    let late = || Failure::Transport(TransportError::timeout(None));
    timeout(ongoing.left(), completed).await.ok_or_else(late)?
}
