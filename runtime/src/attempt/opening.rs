//! A call that may be made again after it has been responded: a stream of events that goes on.

use std::time::Duration;

use http::HeaderName;

use super::{Failure, Ongoing, ReceivedResponse, attempts};
use crate::call::{Call, Prepared, sensitive};
use crate::client::Client;
use crate::operation::Operation;
use crate::platform::{BoxedFuture, Instant};
use crate::retry::Retry;

/// What it takes to make the call.
pub(crate) struct Opening {
    client: Client,
    operation: &'static Operation,
    request: Prepared,
    anonymous: bool,
    timeout: Duration,
    policy: Retry,
    repeatable: bool,
}

impl Opening {
    /// # Errors
    /// If the request can't be built.
    pub(crate) fn new(call: Call<'_>) -> Result<Self, Failure> {
        let timeout = call.timeout.unwrap_or(call.client.0.timeout);
        let policy = call.retry.unwrap_or(call.client.0.retry);
        let ongoing = Ongoing::new(call, true)?;
        let repeatable = ongoing.is_repeatable() && !ongoing.is_single();
        let Ongoing { client, operation, request, anonymous, .. } = ongoing;
        let client = client.clone();
        Ok(Self { client, operation, request, anonymous, timeout, policy, repeatable })
    }

    /// How many bytes of a response are held.
    pub(crate) fn limit(&self) -> usize {
        self.client.0.response_limit
    }

    /// How long one thing may take.
    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// How long to wait before the call is made again, `broken` times after it broke; `None` if it
    /// must not be.
    pub(crate) fn wait(&self, broken: u32) -> Option<Duration> {
        self.repeatable.then(|| self.policy.wait_after(broken)).flatten()
    }

    /// Makes the call; a stream of events goes on behind the one of an id.
    pub(crate) fn open(
        &self,
        last_id: Option<&str>,
    ) -> BoxedFuture<'static, Result<ReceivedResponse, Failure>> {
        let (client, mut request) = (self.client.clone(), self.request.clone());
        if let Some(id) = last_id.and_then(sensitive) {
            request.headers.insert(HeaderName::from_static("last-event-id"), id);
        }
        let (operation, anonymous, policy) = (self.operation, self.anonymous, self.policy);
        let deadline = Instant::now().checked_add(self.timeout);
        Box::pin(async move {
            let client = &client;
            let is_streamed = true;
            let ongoing = Ongoing { client, operation, request, anonymous, is_streamed, deadline };
            attempts(&ongoing, policy).await
        })
    }
}
