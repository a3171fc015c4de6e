//! A stream of bytes that is read while a request is sent.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream::{BoxStream, Stream, StreamExt};

/// A stream of bytes that can be read once, and its length if known.
#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "browsers cannot read a file or stream while sending")
)]
#[derive(Clone)]
pub(crate) struct OneShotStream {
    stream: Arc<Mutex<Option<BoxedByteStream>>>,
    length: Option<u64>,
}

/// A boxed stream of chunks of bytes.
pub(crate) type BoxedByteStream = BoxStream<'static, io::Result<Bytes>>;

#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "browsers cannot read a file or stream while sending")
)]
impl OneShotStream {
    pub(super) fn new(
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self { stream: Arc::new(Mutex::new(Some(stream.boxed()))), length }
    }

    /// Returns the stream on the first call, and `None` later.
    pub(crate) fn take(&self) -> Option<BoxedByteStream> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }
}

impl PartialEq for OneShotStream {
    /// Streams are equal only if they are the same stream.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.stream, &other.stream)
    }
}

impl Eq for OneShotStream {}

impl fmt::Debug for OneShotStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(f, "a stream of {length} bytes"),
            None => f.write_str("a stream"),
        }
    }
}
