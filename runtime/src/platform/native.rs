//! The platform layer for operating systems with threads.

use std::future::Future;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

pub(crate) use futures_util::future::BoxFuture as BoxedFuture;
pub(crate) use futures_util::stream::BoxStream as BoxedStream;
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

/// Builds the HTTP client, configured by `configure`. Without a proxy if all servers are on the
/// local machine: a proxy could not reach them.
pub(crate) fn http_client(
    is_loopback: bool,
    connect_timeout: Duration,
    configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> reqwest::Result<reqwest::Client> {
    // Responses are decompressed only with our feature `gzip`, even if other crates enable more
    // features of `reqwest`.
    let mut http = reqwest::Client::builder().no_gzip().no_brotli().no_deflate().no_zstd();
    #[cfg(feature = "gzip")]
    {
        http = http.gzip(true);
    }
    if is_loopback {
        http = http.no_proxy();
    }
    configure(http)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(connect_timeout)
        .build()
}
