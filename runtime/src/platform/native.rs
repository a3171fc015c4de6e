//! The platform layer for operating systems with threads.

use std::error::Error as _;
use std::future::Future;
use std::iter::successors;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

pub(crate) use futures_util::future::BoxFuture as BoxedFuture;
pub(crate) use futures_util::stream::BoxStream as BoxedStream;
// Of the same clock as the timers, which tests can pause.
pub(crate) use tokio::time::{Instant, sleep};

/// Returns the current time.
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// Awaits `work` for at most `time`; `None` if it takes longer.
pub(crate) async fn timeout<T>(time: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(time, work).await.ok()
}

/// Runs a task in the background, on the current runtime.
pub(crate) fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    // Without a runtime, only whoever waits for the task drives it.
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        drop(runtime.spawn(task));
    }
}

/// Whether connecting failed.
pub(crate) fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// Whether the server rejected the request before processing it. Over HTTP/2 it reports this
/// with `REFUSED_STREAM`, or with `GOAWAY` on a stream after the last one that it processed (RFC 9113
/// §8.7); `h2` reports the latter only for these streams.
pub(crate) fn is_rejected(error: &reqwest::Error) -> bool {
    let causes = successors(error.source(), |&cause| cause.source());
    let mut http2 = causes.filter_map(|cause| cause.downcast_ref::<h2::Error>());
    http2.any(|error| {
        let is_rejection = match error.reason() {
            Some(h2::Reason::REFUSED_STREAM) => error.is_reset(),
            Some(h2::Reason::NO_ERROR) => error.is_go_away(),
            _ => false,
        };
        is_rejection && error.is_remote()
    })
}

/// The body of a response, as it arrives.
pub(crate) struct Incoming(reqwest::Response);

impl Incoming {
    pub(crate) fn new(response: reqwest::Response) -> Self {
        Self(response)
    }

    /// Returns the size of the body, if the server sends it.
    pub(crate) fn length(&self) -> Option<u64> {
        self.0.content_length()
    }

    /// Returns the next chunk; `None` at the end.
    pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        self.0.chunk().await
    }
}
