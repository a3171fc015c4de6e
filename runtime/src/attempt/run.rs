//! Making attempts until a call succeeds, or must not be retried.

use std::time::Duration;

use super::authorization::Authorization;
use super::failure::{FailedCall, Failure};
use super::record::CallRecord;
use super::state::{CallState, ReceivedResponse};
use super::{instrumented, steps};
use crate::call::Call;
use crate::message::request::PreparedRequest;
use crate::platform::{BoxedFuture, sleep};
use crate::retry::{AttemptResult, Next, RetryState};

/// The response to a call, whatever its status, and the record of the call.
pub(crate) type PendingResponse<'a> =
    BoxedFuture<'a, Result<(ReceivedResponse, CallRecord), FailedCall>>;

/// Sends a call. No attempt starts after the call has timed out, and the call does not wait for one
/// that would. If `is_streamed`, the timeout covers only the head of the response.
pub(crate) fn exchange_call(call: Call<'_>, is_streamed: bool) -> PendingResponse<'_> {
    Box::pin(async move {
        let record = CallRecord::new(Some(call.operation.method), call.key_header().cloned());
        match CallState::new(call, is_streamed) {
            Ok(state) => run_attempts(&state, record).await,
            Err(failure) => Err(FailedCall::new(failure, record)),
        }
    })
}

/// Makes attempts until the call succeeds, or must not be retried. `record` contains the attempts
/// that the call has made before.
pub(super) async fn run_attempts(
    state: &CallState<'_>,
    mut record: CallRecord,
) -> Result<(ReceivedResponse, CallRecord), FailedCall> {
    let client = state.client;
    let mut retry_state = RetryState::new(state.policy, &client.0.budget, state.repeatability());
    let mut authorization = match Authorization::new(state) {
        Ok(authorization) => authorization,
        Err(failure) => return Err(FailedCall::new(failure, record)),
    };
    loop {
        let number = record.begin_attempt();
        let outcome = instrumented::run_attempt(state, &mut authorization, number).await;
        let (result, rest) = match outcome {
            Ok(ReceivedResponse { response, rest }) => (AttemptResult::Response(response), rest),
            Err(Failure::Transport(error)) => (AttemptResult::Transport(error), None),
            Err(failure) => return Err(FailedCall::new(failure, record)),
        };
        let next = match &result {
            AttemptResult::Response(response)
                if !state.is_single_use() && authorization.should_renew_token(response) =>
            {
                Next::Retry(Duration::ZERO)
            }
            result => retry_state.next(result, record.processed, client.now(), state.time_left()),
        };
        match (next, result) {
            (Next::Retry(wait), result) => {
                record.push_failure(result);
                // Even a sleep of no time ends only at the next tick of the clock.
                if !wait.is_zero() {
                    sleep(wait).await;
                }
            }
            (Next::End(reason), AttemptResult::Response(response)) => {
                record.not_retried = reason;
                if client.0.shows_messages && !response.status().is_success() {
                    let mut secrets = state.secrets();
                    authorization.add_credentials(&mut secrets);
                    record.secrets = Some(secrets);
                }
                let response = response.with_idempotency_key(record.key.clone());
                return Ok((ReceivedResponse { response, rest }, record));
            }
            (Next::End(reason), AttemptResult::Transport(error)) => {
                record.not_retried = reason;
                return Err(FailedCall::new(Failure::Transport(error), record));
            }
        }
    }
}

/// Builds the request of a call's first attempt, without sending it.
pub(crate) async fn first_request(call: Call<'_>) -> Result<PreparedRequest, Failure> {
    let state = CallState::new(call, false)?;
    let mut authorization = Authorization::new(&state)?;
    steps::complete(&state, &mut authorization, 1).await
}
