//! One attempt, reported to the hooks and to `tracing`.

use super::authorization::Authorization;
use super::failure::Failure;
use super::state::{CallState, ReceivedResponse};
use super::{span, steps, transport};
use crate::call::hook::Outcome;
use crate::platform::Instant;

/// Makes the attempt with this number, inside a span of its own.
pub(super) async fn run_attempt(
    state: &CallState<'_>,
    authorization: &mut Authorization,
    number: u32,
) -> Result<ReceivedResponse, Failure> {
    let attempt = send_and_report(state, authorization, number);
    span::in_span(&state.describe_attempt(number), attempt).await
}

/// An attempt that the hooks observe. It is reported as abandoned if it is dropped without an outcome.
struct ObservedAttempt<'s, 'c> {
    state: &'s CallState<'c>,
    number: u32,
    has_outcome: bool,
}

impl Drop for ObservedAttempt<'_, '_> {
    fn drop(&mut self) {
        if self.has_outcome {
            return;
        }
        for hook in &self.state.client.0.hooks {
            hook.abandoned(&self.state.describe_attempt(self.number));
        }
    }
}

/// Makes an attempt, and reports its outcome to the hooks.
async fn send_and_report(
    state: &CallState<'_>,
    authorization: &mut Authorization,
    number: u32,
) -> Result<ReceivedResponse, Failure> {
    let mut observed = ObservedAttempt { state, number, has_outcome: false };
    let request = steps::complete(state, authorization, number).await?;
    let started = Instant::now();
    let received = transport::exchange(state, request).await;
    let result = match &received {
        Ok(received) => Ok(&received.response),
        Err(Failure::Transport(error)) => Err(error),
        // The request was not sent.
        Err(_) => return received,
    };
    let outcome = Outcome::new(result, started.elapsed());
    observed.has_outcome = true;
    span::record_outcome(&outcome);
    for hook in &state.client.0.hooks {
        hook.after(&state.describe_attempt(number), &outcome);
    }
    received
}
