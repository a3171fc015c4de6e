//! Waiting with a timeout.

use std::future::Future;
use std::time::Duration;

use crate::message::error::TransportError;
use crate::message::response::RawResponse;
use crate::platform::{Instant, timeout};

/// Why an exchange did not finish: it timed out, or it failed.
pub(crate) enum WaitError {
    Timeout,
    Http(reqwest::Error),
}

impl WaitError {
    /// Converts to a transport error, with the part of the response that was received.
    pub(crate) fn into_transport(self, partial: Option<RawResponse>) -> TransportError {
        match self {
            Self::Timeout => TransportError::timeout(partial),
            Self::Http(error) => TransportError::new(error, partial),
        }
    }
}

/// Returns the time that is left until a deadline; `None` is never.
pub(super) fn time_until(deadline: Option<Instant>) -> Duration {
    let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
    deadline.map_or(Duration::MAX, left)
}

/// Awaits `work` for at most `time`.
pub(crate) async fn with_timeout<T>(
    time: Duration,
    work: impl Future<Output = reqwest::Result<T>>,
) -> Result<T, WaitError> {
    match timeout(time, work).await {
        Some(done) => done.map_err(WaitError::Http),
        None => Err(WaitError::Timeout),
    }
}
