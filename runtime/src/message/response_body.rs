//! Response bodies while they are received.

use std::fmt;

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt};

use super::error::TransportError;
use crate::platform::{BoxedStream, Incoming};

/// The body of a response, as it arrives.
///
/// It is created from its bytes, or with [`stream`](Self::stream) from chunks.
#[derive(Default)]
pub struct ResponseBody(Content);

enum Content {
    Bytes(Bytes),
    Incoming(Incoming),
    Stream { chunks: BoxedStream<'static, Result<Bytes, TransportError>>, length: Option<u64> },
}

impl Default for Content {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl ResponseBody {
    pub(crate) fn from_reqwest(response: reqwest::Response) -> Self {
        Self(Content::Incoming(Incoming::new(response)))
    }

    /// Creates a body from a stream of chunks, and their total length if known.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn stream(
        chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self(Content::Stream { chunks: chunks.boxed(), length })
    }

    /// Creates a body from a stream of chunks, and their total length if known.
    #[cfg(target_arch = "wasm32")]
    pub fn stream(
        chunks: impl Stream<Item = Result<Bytes, TransportError>> + 'static,
        length: Option<u64>,
    ) -> Self {
        Self(Content::Stream { chunks: chunks.boxed_local(), length })
    }

    /// Returns the number of bytes that remain, if known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Incoming(incoming) => incoming.length(),
            Content::Stream { length, .. } => *length,
        }
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    /// If the exchange fails.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.0 {
            Content::Bytes(bytes) if bytes.is_empty() => Ok(None),
            Content::Bytes(bytes) => Ok(Some(std::mem::take(bytes))),
            Content::Incoming(incoming) => {
                incoming.chunk().await.map_err(TransportError::from_reqwest)
            }
            Content::Stream { chunks, .. } => chunks.next().await.transpose(),
        }
    }
}

impl<B: Into<Bytes>> From<B> for ResponseBody {
    fn from(bytes: B) -> Self {
        Self(Content::Bytes(bytes.into()))
    }
}

impl fmt::Debug for ResponseBody {
    /// Shows only the size: the body may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "{length} bytes"),
            None => f.write_str("a stream"),
        }
    }
}
