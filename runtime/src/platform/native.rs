//! An operating system, with threads.

use std::future::Future;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

pub(crate) use futures_util::future::BoxFuture as BoxedFuture;
pub(crate) use futures_util::stream::BoxStream as BoxedStream;
pub(crate) use std::time::Instant;
pub(crate) use tokio::time::sleep;

/// What time it is.
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// What `work` comes to within `time`; `None` if that takes longer.
pub(crate) async fn timeout<T>(time: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(time, work).await.ok()
}

/// Whether there was no connection.
pub(crate) fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// The body of an answer, as it comes.
pub(crate) struct Incoming(reqwest::Response);

impl Incoming {
    pub(crate) fn new(answer: reqwest::Response) -> Self {
        Self(answer)
    }

    /// How long the server says that it is.
    pub(crate) fn length(&self) -> Option<u64> {
        self.0.content_length()
    }

    /// The next piece; `None` at the end.
    pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        self.0.chunk().await
    }
}
