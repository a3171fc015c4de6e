//! The platform layer for browsers, with a single thread.

use std::future::Future;
use std::pin::pin;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::future::{Either, select};
use futures_util::stream::StreamExt;
use gloo_timers::future::TimeoutFuture;
use web_time::web::SystemTimeExt;

use super::{HttpSettings, HttpSetupError};

pub(crate) use futures_util::future::LocalBoxFuture as BoxedFuture;
pub(crate) use futures_util::stream::LocalBoxStream as BoxedStream;
pub(crate) use web_time::Instant;

/// Returns the current time.
pub(crate) fn now() -> SystemTime {
    web_time::SystemTime::now().to_std()
}

/// Waits. The browser's timers are limited to 24 days in milliseconds; longer waits are cut off.
pub(crate) async fn sleep(time: Duration) {
    const MAX_WAIT: u32 = i32::MAX as u32;
    let milliseconds = u32::try_from(time.as_micros().div_ceil(1000)).unwrap_or(MAX_WAIT);
    TimeoutFuture::new(milliseconds.min(MAX_WAIT)).await;
}

/// Awaits `work` for at most `time`; `None` if it takes longer.
pub(crate) async fn timeout<T>(time: Duration, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), pin!(sleep(time))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(((), _)) => None,
    }
}

/// Runs a task in the background.
pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Whether connecting failed. Always `false`: `fetch` does not report it.
pub(crate) fn is_connect(_: &reqwest::Error) -> bool {
    false
}

/// Whether the server rejected the request before processing it. Always `false`: `fetch` does not
/// report it.
pub(crate) fn is_rejected(_: &reqwest::Error) -> bool {
    false
}

/// The body of a response, as it arrives.
pub(crate) struct Incoming {
    chunks: BoxedStream<'static, reqwest::Result<Bytes>>,
    length: Option<u64>,
}

impl Incoming {
    pub(crate) fn new(response: reqwest::Response) -> Self {
        let length = response.content_length();
        Self { chunks: response.bytes_stream().boxed_local(), length }
    }

    /// Returns the size of the body, if the server sends it.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns the next chunk; `None` at the end.
    pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        self.chunks.next().await.transpose()
    }
}

/// The HTTP client. The browser itself controls connections, redirects and decompression.
pub(crate) struct HttpClients(reqwest::Client);

impl HttpClients {
    pub(crate) fn new(settings: HttpSettings, _is_loopback: bool) -> Result<Self, HttpSetupError> {
        let client = (settings.configure)(reqwest::Client::builder()).build();
        client.map(Self).map_err(HttpSetupError::Http)
    }

    pub(crate) fn get(&self, _is_loopback: bool) -> reqwest::Result<&reqwest::Client> {
        Ok(&self.0)
    }
}
