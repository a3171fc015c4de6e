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

/// The body of a response, as it comes.
pub(crate) struct Incoming(reqwest::Response);

impl Incoming {
    pub(crate) fn new(response: reqwest::Response) -> Self {
        Self(response)
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

/// The HTTP client underneath, with what `configure` changes. A proxy would carry what stays on this
/// machine away from it.
pub(crate) fn http(
    is_loopback: bool,
    connect_timeout: Duration,
    configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> reqwest::Result<reqwest::Client> {
    // Nothing is unpacked that was not asked for, whatever features of `reqwest` others turn on.
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
