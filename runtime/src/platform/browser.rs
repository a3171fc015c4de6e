//! A browser, with one thread.

use std::future::Future;
use std::pin::pin;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::future::{Either, select};
use futures_util::stream::StreamExt;
use gloo_timers::future::TimeoutFuture;
use web_time::web::SystemTimeExt;

pub(crate) use futures_util::future::LocalBoxFuture as BoxedFuture;
pub(crate) use futures_util::stream::LocalBoxStream as BoxedStream;
pub(crate) use web_time::Instant;

/// What time it is.
pub(crate) fn now() -> SystemTime {
    web_time::SystemTime::now().to_std()
}

/// Waits. The browser's timers count milliseconds up to 24 days, which is as long as anything waits.
pub(crate) async fn sleep(time: Duration) {
    const LONGEST: u32 = i32::MAX as u32;
    let milliseconds = u32::try_from(time.as_micros().div_ceil(1000)).unwrap_or(LONGEST);
    TimeoutFuture::new(milliseconds.min(LONGEST)).await;
}

/// What `work` comes to within `time`; `None` if that takes longer.
pub(crate) async fn timeout<T>(time: Duration, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), pin!(sleep(time))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(((), _)) => None,
    }
}

/// Whether there was no connection: `fetch` does not tell.
pub(crate) fn is_connect(_: &reqwest::Error) -> bool {
    false
}

/// The body of a response, as it comes.
pub(crate) struct Incoming {
    pieces: BoxedStream<'static, reqwest::Result<Bytes>>,
    length: Option<u64>,
}

impl Incoming {
    pub(crate) fn new(response: reqwest::Response) -> Self {
        let length = response.content_length();
        Self { pieces: response.bytes_stream().boxed_local(), length }
    }

    /// How long the server says that it is.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece; `None` at the end.
    pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        self.pieces.next().await.transpose()
    }
}

/// The HTTP client underneath, with what `configure` changes. How to connect, whether to follow a
/// redirect and how to unpack is up to the browser.
pub(crate) fn http(
    _is_loopback: bool,
    _connect_timeout: Duration,
    configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> reqwest::Result<reqwest::Client> {
    configure(reqwest::Client::builder()).build()
}
