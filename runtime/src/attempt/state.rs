//! A call in progress.

use std::time::Duration;

use super::failure::Failure;
use super::timing::time_until;
use crate::call::Call;
use crate::call::client::Client;
use crate::call::hook::Attempt;
use crate::message::request::PreparedRequest;
use crate::message::response::RawResponse;
use crate::message::response_body::ResponseBody;
use crate::message::secrets::{Secrets, is_hidden};
use crate::operation::Operation;
use crate::platform::Instant;
use crate::retry::{Repeatability, Retry};
use crate::signature;
use crate::wire::Encode;

/// A received response, and the unread rest of its body if the caller streams it.
pub(crate) struct ReceivedResponse {
    pub(crate) response: RawResponse,
    pub(crate) rest: Option<ResponseBody>,
}

/// A call in progress: what all its attempts share.
pub(super) struct CallState<'a> {
    pub(super) client: &'a Client,
    pub(super) operation: &'static Operation,
    /// The request before the steps of an attempt. Its body and idempotency key are final.
    pub(super) request: PreparedRequest,
    /// Whether the server may safely receive the request twice.
    pub(super) is_idempotent: bool,
    /// The parameters that messages must not repeat.
    pub(super) secrets: Secrets,
    /// The body, which may contain secrets.
    pub(super) typed_body: Option<&'a (dyn Encode + Sync)>,
    /// Whether no credentials are attached, even if the operation requires some.
    pub(super) anonymous: bool,
    /// Whether the caller streams the body of a success.
    pub(super) is_streamed: bool,
    /// When the call times out, including waits and retries. `None` means never.
    pub(super) deadline: Option<Instant>,
    pub(super) policy: Retry,
}

impl<'a> CallState<'a> {
    /// Prepares the request of a call.
    ///
    /// # Errors
    /// If the request can't be built, or something that its attempts need is not set.
    pub(super) fn new(mut call: Call<'a>, is_streamed: bool) -> Result<Self, Failure> {
        let (client, operation, anonymous) = (call.client, call.operation, call.anonymous);
        let policy = call.retry.unwrap_or(client.0.retry);
        let (is_marked, typed_body) = (call.is_idempotent, call.typed_body());
        let secrets = std::mem::take(&mut call.secrets);
        let deadline = Instant::now().checked_add(call.timeout.unwrap_or(client.0.timeout));
        if client.0.validate {
            call.check().map_err(Failure::Validation)?;
        }
        let mut request = call.prepare().map_err(Failure::Request)?;
        signature::add_digest(&operation.signing, &mut request);
        let is_idempotent = is_marked || request.key.is_some();
        let state = Self {
            client,
            operation,
            request,
            is_idempotent,
            secrets,
            typed_body,
            anonymous,
            is_streamed,
            deadline,
            policy,
        };
        let signing = &client.0.signing;
        signing.check(&operation.signing, &state.request).map_err(Failure::Request)?;
        Ok(state)
    }

    /// Whether the request can be sent only once, since its body can't be read again.
    pub(super) fn is_single_use(&self) -> bool {
        self.request.body.as_ref().is_some_and(|body| !body.is_replayable())
    }

    /// Returns the values of the request that messages must not repeat, except for credentials.
    pub(super) fn secrets(&self) -> Secrets {
        let mut secrets = self.secrets.clone();
        if let Some(body) = self.typed_body {
            secrets.add_value(body);
        }
        secrets.add_query(&self.request.url, &[]);
        for (name, value) in &self.request.headers {
            if is_hidden(name.as_str()) {
                secrets.add_credential(value);
            }
        }
        secrets
    }

    /// Returns whether the request may be sent again.
    pub(super) fn repeatability(&self) -> Repeatability {
        Repeatability {
            method: self.operation.method,
            is_idempotent: self.is_idempotent,
            is_single_use: self.is_single_use(),
        }
    }

    /// Returns the time left until the call times out.
    pub(super) fn time_left(&self) -> Duration {
        time_until(self.deadline)
    }

    /// Describes the attempt with this number, for hooks and spans.
    pub(super) fn describe_attempt(&self, number: u32) -> Attempt<'_> {
        Attempt::new(self.operation, &self.request.url, number)
    }
}
