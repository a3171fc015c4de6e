//! Waiting with a timeout.

use std::future::Future;
use std::time::Duration;

use crate::message::error::TransportError;
use crate::platform::{Instant, timeout};

/// Returns the time that is left until a deadline; `None` is never.
pub(super) fn time_until(deadline: Option<Instant>) -> Duration {
    let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
    deadline.map_or(Duration::MAX, left)
}

/// Awaits `work` for at most `time`.
pub(crate) async fn with_timeout<T>(
    time: Duration,
    work: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, TransportError> {
    timeout(time, work).await.unwrap_or_else(|| Err(TransportError::timeout()))
}
