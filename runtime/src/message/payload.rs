//! The payload of a request: bytes, and files and streams that are read while they are sent.

pub(super) mod segment;

use bytes::Bytes;

#[cfg(not(target_arch = "wasm32"))]
use super::body_stream::BodyStream;
use super::error::RequestError;
use super::request_body::RequestBody;
use crate::wire::file::{Content, File};
use segment::Segment;

/// The payload of a request. Every attempt sends the same one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Payload(Vec<Segment>);

impl Payload {
    pub(crate) fn push(&mut self, bytes: impl Into<Bytes>) {
        self.0.push(Segment::Bytes(bytes.into()));
    }

    pub(crate) fn push_file(&mut self, file: &File) {
        self.0.push(match file.content() {
            Content::Bytes(bytes) => Segment::Bytes(bytes.clone()),
            Content::Path(path) => Segment::Path(path.clone()),
            Content::Stream(stream) => Segment::Stream(stream.clone()),
        });
    }

    /// Returns all bytes, if they are in memory.
    pub(crate) fn bytes<'p>(&'p self) -> Option<Bytes> {
        if let [Segment::Bytes(bytes)] = self.0.as_slice() {
            return Some(bytes.clone());
        }
        let bytes = |segment: &'p Segment| match segment {
            Segment::Bytes(bytes) => Some(bytes.as_ref()),
            Segment::Path(_) | Segment::Stream(_) => None,
        };
        let segments: Vec<&[u8]> = self.0.iter().map(bytes).collect::<Option<_>>()?;
        Some(segments.concat().into())
    }

    /// Joins the segments if they are in memory. Then all attempts, the digest and the signature share
    /// the bytes.
    pub(crate) fn joined(self) -> Self {
        self.bytes().map_or(self, Self::from)
    }

    /// Whether the payload can be sent again: a stream can be read only once.
    pub(crate) fn is_replayable(&self) -> bool {
        !self.0.iter().any(|segment| matches!(segment, Segment::Stream(_)))
    }

    /// Opens the payload to send it once.
    ///
    /// # Errors
    /// If a file cannot be opened, or a stream was already read.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) async fn open(self) -> Result<RequestBody, RequestError> {
        match self.bytes() {
            Some(bytes) => Ok(bytes.into()),
            None => Ok(RequestBody::from_stream(BodyStream::open(self.0).await?)),
        }
    }

    /// Opens the payload to send it once.
    ///
    /// # Errors
    /// If the payload is not in memory: a browser's `fetch` sends only bytes.
    #[cfg(target_arch = "wasm32")]
    pub(crate) async fn open(self) -> Result<RequestBody, RequestError> {
        let what = "browsers cannot send files and streams: pass bytes instead";
        self.bytes().map(Into::into).ok_or_else(|| RequestError::body(what.to_owned()))
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        Self(vec![Segment::Bytes(bytes)])
    }
}

impl From<&File> for Payload {
    fn from(file: &File) -> Self {
        let mut payload = Self::default();
        payload.push_file(file);
        payload
    }
}
