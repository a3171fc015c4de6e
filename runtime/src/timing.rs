//! Waiting no longer than one has to.

use std::future::Future;
use std::time::Duration;

use crate::error::TransportError;
use crate::platform::timeout;
use crate::response::RawResponse;

/// Why there is nothing: time ran out, or the exchange failed.
pub(crate) enum Late {
    Time,
    Fault(reqwest::Error),
}

impl Late {
    /// The error, with what had come of the response.
    pub(crate) fn error(self, partial: Option<RawResponse>) -> TransportError {
        match self {
            Self::Time => TransportError::timeout(partial),
            Self::Fault(fault) => TransportError::new(fault, partial),
        }
    }
}

/// What `work` comes to within `time`.
pub(crate) async fn within<T>(
    time: Duration,
    work: impl Future<Output = reqwest::Result<T>>,
) -> Result<T, Late> {
    match timeout(time, work).await {
        Some(done) => done.map_err(Late::Fault),
        None => Err(Late::Time),
    }
}
