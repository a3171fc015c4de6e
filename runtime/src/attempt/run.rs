//! Making attempts until a call succeeds, or must not be retried.

use super::authorization::Authorization;
use super::failure::Failure;
use super::state::{CallState, ReceivedResponse};
use super::{instrumented, steps};
use crate::call::Call;
use crate::message::request::PreparedRequest;
use crate::message::response::RawResponse;
use crate::platform::{BoxedFuture, sleep};
use crate::retry::{AttemptResult, Retry, RetryState};

/// The response to a call, whatever its status.
pub(crate) type PendingResponse<'a> = BoxedFuture<'a, Result<ReceivedResponse, Failure>>;

/// Sends a call and reads the response.
pub(crate) async fn send_call(call: Call<'_>) -> Result<RawResponse, Failure> {
    Ok(exchange_call(call, false).await?.response)
}

/// Sends a call. No attempt starts after the call has timed out, and the call does not wait for one
/// that would. If `is_streamed`, the timeout covers only the head of the response.
pub(crate) fn exchange_call(call: Call<'_>, is_streamed: bool) -> PendingResponse<'_> {
    Box::pin(async move {
        let state = CallState::new(call, is_streamed)?;
        run_attempts(&state).await
    })
}

/// Makes attempts until the call succeeds, or must not be retried.
pub(super) async fn run_attempts(state: &CallState<'_>) -> Result<ReceivedResponse, Failure> {
    let client = state.client;
    let policy = if state.is_single_use() { Retry::NEVER } else { state.policy };
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
            Err(Failure::Request(_) | Failure::Validation(_) | Failure::Token(_)) => {
                return outcome;
            }
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
    steps::complete(&state, &mut authorization, 1).await
}
