//! A call that can be sent again after its response: an event stream that reconnects.

use std::time::Duration;

use http::{HeaderName, StatusCode};

use super::failure::FailedCall;
use super::record::CallRecord;
use super::run::{PendingResponse, run_attempts};
use super::state::CallState;
use crate::call::Call;
use crate::call::client::Client;
use crate::message::header_value::sensitive_value;
use crate::message::request::PreparedRequest;
use crate::message::secrets::Secrets;
use crate::operation::Operation;
use crate::platform::Instant;
use crate::retry::Retry;

/// Everything needed to send the call, any number of times.
pub(crate) struct ReopenableCall {
    client: Client,
    operation: &'static Operation,
    request: PreparedRequest,
    is_idempotent: bool,
    secrets: Secrets,
    anonymous: bool,
    timeout: Duration,
    policy: Retry,
    can_reopen: bool,
}

impl ReopenableCall {
    /// Prepares the request of a call.
    ///
    /// # Errors
    /// If the request can't be built.
    pub(crate) fn new(call: Call<'_>) -> Result<Self, FailedCall> {
        let timeout = call.timeout.unwrap_or(call.client.0.timeout);
        let (method, key) = (call.operation.method, call.key_header().cloned());
        let state = match CallState::new(call, true) {
            Ok(state) => state,
            Err(failure) => {
                return Err(FailedCall::new(failure, CallRecord::new(Some(method), key)));
            }
        };
        let can_reopen = state.is_idempotent && !state.is_single_use();
        let secrets = state.secrets();
        let CallState { client, operation, request, is_idempotent, anonymous, policy, .. } = state;
        Ok(Self {
            client: client.clone(),
            operation,
            request,
            is_idempotent,
            secrets,
            anonymous,
            timeout,
            policy,
            can_reopen,
        })
    }

    /// Whether this status is a declared success.
    pub(crate) fn succeeds_with(&self, status: StatusCode) -> bool {
        self.operation.succeeds_with(status)
    }

    /// Returns the maximum number of bytes of a response that are kept in memory.
    pub(crate) fn response_limit(&self) -> usize {
        self.client.0.response_limit
    }

    /// Returns how long connecting, or waiting for the next bytes, may take.
    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Returns how long to wait before reconnecting after `failures` broken connections in a row,
    /// or `None` if the call must not be sent again.
    pub(crate) fn wait(&self, failures: u32) -> Option<Duration> {
        self.can_reopen.then(|| self.policy.wait_after(failures)).flatten()
    }

    /// Creates the record of the call before its first attempt.
    pub(crate) fn new_record(&self) -> CallRecord {
        CallRecord::new(Some(self.operation.method), self.request.key.clone())
    }

    /// Sends the call. An event stream resumes after the event with the id `last_id`. `record`
    /// contains the attempts that the call has made before.
    pub(crate) fn open(
        &self,
        last_id: Option<&str>,
        record: CallRecord,
    ) -> PendingResponse<'static> {
        let (client, mut request) = (self.client.clone(), self.request.clone());
        if let Some(id) = last_id.and_then(sensitive_value) {
            request.headers.insert(HeaderName::from_static("last-event-id"), id);
        }
        let (operation, anonymous, policy) = (self.operation, self.anonymous, self.policy);
        let (is_idempotent, secrets) = (self.is_idempotent, self.secrets.clone());
        let deadline = Instant::now().checked_add(self.timeout);
        Box::pin(async move {
            let client = &client;
            let is_streamed = true;
            let state = CallState {
                client,
                operation,
                request,
                is_idempotent,
                secrets,
                typed_body: None,
                anonymous,
                is_streamed,
                deadline,
                policy,
            };
            run_attempts(&state, record).await
        })
    }
}
