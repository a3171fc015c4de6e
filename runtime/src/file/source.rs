//! Bytes that come from somewhere else while a request is sent.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream::{BoxStream, Stream, StreamExt};

/// A stream of bytes that can be read once, and how many there will be.
#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "a browser sends bytes, and reads nothing while it does")
)]
#[derive(Clone)]
pub(crate) struct Source {
    stream: Arc<Mutex<Option<Pieces>>>,
    length: Option<u64>,
}

/// Bytes as they come.
pub(crate) type Pieces = BoxStream<'static, io::Result<Bytes>>;

#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "a browser sends bytes, and reads nothing while it does")
)]
impl Source {
    pub(super) fn new(
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self { stream: Arc::new(Mutex::new(Some(stream.boxed()))), length }
    }

    /// The stream, for the one who asks first.
    pub(crate) fn take(&self) -> Option<Pieces> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }
}

impl PartialEq for Source {
    /// Two streams are only the same if they are one.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.stream, &other.stream)
    }
}

impl Eq for Source {}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(f, "a stream of {length} bytes"),
            None => f.write_str("a stream"),
        }
    }
}
