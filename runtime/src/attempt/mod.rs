//! A call as a series of attempts. What all of them share is fixed first: the address, the headers
//! that the caller gave, the body to its last byte, the idempotency key. Each attempt then completes
//! a copy of that by the steps of [`steps`], is sent, and is judged: a failure that may be repeated
//! is, by the policy of [`Retry`](crate::Retry).

mod authorization;
mod steps;
mod transport;

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

use crate::auth::{Fault, TokenError};
use crate::call::{Call, Prepared};
use crate::client::Client;
use crate::error::{Error, RequestError, TransportError};
use crate::operation::Operation;
use crate::response::RawAnswer;
use crate::retry::{Cause, Retries};

use authorization::Authorization;

/// Why there is no answer.
pub(crate) enum Failure {
    /// It could not be sent.
    Request(RequestError),
    /// It is not what the description asks for, and was not sent.
    #[cfg(feature = "validate")]
    Invalid(crate::Invalid),
    /// There is no token to send it with.
    Token(TokenError),
    /// No whole answer came back.
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

/// The answer to a call, whatever its status.
pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<RawAnswer, Failure>> + Send + 'a>>;

/// A call under way: what all its attempts share.
pub(crate) struct Ongoing<'a> {
    pub(crate) client: &'a Client,
    pub(crate) operation: &'static Operation,
    /// The request before the steps of an attempt. Its body is final, and its idempotency key.
    pub(crate) request: Prepared,
    /// Whether no credential is attached, whatever the operation asks for.
    anonymous: bool,
    /// When the call has to be over, waits and repeats included. `None` is never.
    deadline: Option<Instant>,
}

impl<'a> Ongoing<'a> {
    /// # Errors
    /// If the request can't be built, or what its attempts need was not given.
    fn new(call: Call<'a>) -> Result<Self, Failure> {
        let (client, operation, anonymous) = (call.client, call.operation, call.anonymous);
        let deadline = Instant::now().checked_add(call.timeout.unwrap_or(client.0.timeout));
        #[cfg(feature = "validate")]
        if client.0.validate {
            call.validate().map_err(Failure::Invalid)?;
        }
        let mut request = call.prepare().map_err(Failure::Request)?;
        steps::prepare(operation, &mut request);
        let ongoing = Self { client, operation, request, anonymous, deadline };
        #[cfg(feature = "signature")]
        crate::signature::check(&ongoing)?;
        Ok(ongoing)
    }

    /// Whether the request may arrive twice.
    fn is_repeatable(&self) -> bool {
        self.operation.method.is_idempotent() || !self.operation.idempotency.is_empty()
    }

    /// How long the call may still take.
    pub(crate) fn left(&self) -> Duration {
        let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        self.deadline.map_or(Duration::MAX, left)
    }
}

/// Sends a call. No attempt begins after the call's time is over, and none is waited for that would.
pub(crate) fn send(call: Call<'_>) -> Answer<'_> {
    Box::pin(async move {
        let client = call.client;
        let policy = call.retry.unwrap_or(client.0.retry);
        let ongoing = Ongoing::new(call)?;
        let mut retries = Retries::new(policy, &client.0.budget, ongoing.is_repeatable());
        let mut authorization = Authorization::new(&ongoing)?;
        loop {
            let outcome = one(&ongoing, &mut authorization).await;
            if let Ok(answer) = &outcome
                && authorization.is_worth_another(answer)
            {
                continue;
            }
            let cause = match &outcome {
                Ok(answer) => Cause::Answer(answer),
                Err(Failure::Transport(error)) => Cause::Transport(error),
                #[cfg(feature = "validate")]
                Err(Failure::Invalid(_)) => return outcome,
                Err(Failure::Request(_) | Failure::Token(_)) => return outcome,
            };
            match retries.wait(cause, client.now()) {
                Some(wait) if wait < ongoing.left() => tokio::time::sleep(wait).await,
                _ => return outcome,
            }
        }
    })
}

/// The request of a call's first attempt, which is not sent.
pub(crate) async fn request(call: Call<'_>) -> Result<Prepared, Failure> {
    let ongoing = Ongoing::new(call)?;
    let mut authorization = Authorization::new(&ongoing)?;
    complete(&ongoing, &mut authorization).await
}

/// One attempt.
async fn one(
    ongoing: &Ongoing<'_>,
    authorization: &mut Authorization<'_>,
) -> Result<RawAnswer, Failure> {
    let request = complete(ongoing, authorization).await?;
    transport::exchange(&ongoing.client.0, request, ongoing.left()).await
}

/// The request of one attempt, as long as there is time.
async fn complete(
    ongoing: &Ongoing<'_>,
    authorization: &mut Authorization<'_>,
) -> Result<Prepared, Failure> {
    let completed = steps::complete(ongoing, authorization);
    let late = |_| Failure::Transport(TransportError::timeout());
    tokio::time::timeout(ongoing.left(), completed).await.map_err(late)?
}
