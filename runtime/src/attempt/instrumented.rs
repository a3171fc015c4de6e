//! One attempt, reported to the hooks and to `tracing`.

use super::authorization::Authorization;
use super::{CallState, Failure, ReceivedResponse, complete_request, transport};
use crate::hook::{Attempt, Outcome};
use crate::platform::Instant;

/// Makes the attempt with this number, inside a span of its own.
pub(super) async fn run_attempt(
    state: &CallState<'_>,
    authorization: &mut Authorization<'_>,
    number: u32,
) -> Result<ReceivedResponse, Failure> {
    #[cfg(feature = "tracing")]
    {
        use tracing::Instrument;

        let span = crate::span::attempt_span(&describe_attempt(state, number));
        send_and_report(state, authorization, number).instrument(span).await
    }
    #[cfg(not(feature = "tracing"))]
    send_and_report(state, authorization, number).await
}

/// Makes an attempt, and reports its outcome to the hooks.
async fn send_and_report(
    state: &CallState<'_>,
    authorization: &mut Authorization<'_>,
    number: u32,
) -> Result<ReceivedResponse, Failure> {
    let request = complete_request(state, authorization, number).await?;
    let started = Instant::now();
    let received = transport::exchange(state, request).await;
    let result = match &received {
        Ok(received) => Ok(&received.response),
        Err(Failure::Transport(error)) => Err(error),
        // The request was not sent.
        Err(_) => return received,
    };
    let outcome = Outcome::new(result, started.elapsed());
    #[cfg(feature = "tracing")]
    crate::span::record_outcome(&outcome);
    for hook in &state.client.0.hooks {
        hook.after(&describe_attempt(state, number), &outcome);
    }
    received
}

/// Describes an attempt for hooks and spans.
pub(super) fn describe_attempt<'o>(state: &'o CallState<'_>, number: u32) -> Attempt<'o> {
    Attempt::new(state.operation, &state.request.url, number)
}
