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

/// Whether connecting failed.
pub(crate) fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// Whether the server refused the request before processing it. Over HTTP/2 it says so with
/// `REFUSED_STREAM`, or with `GOAWAY` on a stream after the last one that it processed (RFC 9113
/// §8.7); `h2` reports the latter only for these streams.
pub(crate) fn is_refused(error: &reqwest::Error) -> bool {
    let causes = successors(error.source(), |&cause| cause.source());
    let mut http2 = causes.filter_map(|cause| cause.downcast_ref::<h2::Error>());
    http2.any(|error| {
        let is_refusal = match error.reason() {
            Some(h2::Reason::REFUSED_STREAM) => error.is_reset(),
            Some(h2::Reason::NO_ERROR) => error.is_go_away(),
            _ => false,
        };
        is_refusal && error.is_remote()
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

/// How long the server may send nothing on an HTTP/2 connection with open requests before it is
/// pinged, and how long it may take to respond to the ping. A dead connection is thus closed before
/// a call times out by default, and the next call or attempt uses another one.
const PING_INTERVAL: Duration = Duration::from_secs(15);
const PING_TIMEOUT: Duration = Duration::from_secs(10);

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
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .connect_timeout(connect_timeout)
        .build()
}
