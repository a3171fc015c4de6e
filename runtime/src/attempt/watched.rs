//! An attempt, and who is told of it.

use super::authorization::Authorization;
use super::{Failure, Ongoing, ReceivedResponse, complete, transport};
use crate::hook::{Attempt, Outcome};
use crate::platform::Instant;

/// Makes an attempt, the call's `number`th.
pub(super) async fn one(
    ongoing: &Ongoing<'_>,
    authorization: &mut Authorization<'_>,
    number: u32,
) -> Result<ReceivedResponse, Failure> {
    #[cfg(feature = "tracing")]
    {
        use tracing::Instrument;

        let span = crate::span::of(&attempt(ongoing, number));
        told(ongoing, authorization, number).instrument(span).await
    }
    #[cfg(not(feature = "tracing"))]
    told(ongoing, authorization, number).await
}

async fn told(
    ongoing: &Ongoing<'_>,
    authorization: &mut Authorization<'_>,
    number: u32,
) -> Result<ReceivedResponse, Failure> {
    let request = complete(ongoing, authorization, number).await?;
    let begun = Instant::now();
    let outcome = transport::exchange(ongoing, request).await;
    let told = match &outcome {
        Ok(arrived) => Ok(&arrived.response),
        Err(Failure::Transport(error)) => Err(error),
        // It was not sent.
        Err(_) => return outcome,
    };
    let told = Outcome::new(told, begun.elapsed());
    #[cfg(feature = "tracing")]
    crate::span::record(&told);
    for hook in &ongoing.client.0.hooks {
        hook.after(&attempt(ongoing, number), &told);
    }
    outcome
}

/// What is said of an attempt.
pub(super) fn attempt<'o>(ongoing: &'o Ongoing<'_>, number: u32) -> Attempt<'o> {
    Attempt::new(ongoing.operation, &ongoing.request.url, number)
}
