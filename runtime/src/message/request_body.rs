//! Request bodies while they are sent.

use std::fmt;

use bytes::Bytes;

#[cfg(not(target_arch = "wasm32"))]
use super::body_stream::BodyStream;

/// The body of a request that is sent: bytes, or files and streams that are read while it is sent.
pub struct RequestBody(Content);

enum Content {
    Bytes(Bytes),
    #[cfg(not(target_arch = "wasm32"))]
    Stream(BodyStream),
}

impl RequestBody {
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn from_stream(stream: BodyStream) -> Self {
        Self(Content::Stream(stream))
    }

    /// Returns the bytes of the body; `None` if it is read while it is sent. To read such a body, convert
    /// it into a `reqwest::Body`.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            #[cfg(not(target_arch = "wasm32"))]
            Content::Stream(_) => None,
        }
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
    }
}

impl From<RequestBody> for reqwest::Body {
    fn from(body: RequestBody) -> Self {
        match body.0 {
            Content::Bytes(bytes) => bytes.into(),
            #[cfg(not(target_arch = "wasm32"))]
            Content::Stream(stream) => Self::wrap(stream),
        }
    }
}

impl fmt::Debug for RequestBody {
    /// Shows only the size: the body may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bytes() {
            Some(bytes) => write!(f, "{} bytes", bytes.len()),
            None => f.write_str("a stream"),
        }
    }
}
