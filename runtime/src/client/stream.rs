//! Streamed response bodies.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{Stream, StreamExt, unfold};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::attempt::timing::with_timeout;
use crate::message::error::TransportError;
use crate::message::response_body::ResponseBody;
use crate::platform::BoxedStream;

/// A response body that is streamed, for bodies that are too large for memory.
///
/// The call's timeout applies to each chunk. The total size is not limited, unless
/// [`limit`](Self::limit) sets a limit or [`bytes`](Self::bytes) reads the body into memory.
/// Dropping the stream closes its connection.
///
/// ```no_run
/// use docwright_runtime::{Call, Client, Method, Operation, NoTypedError};
///
/// static EXPORT: Operation = Operation::new("export", Method::Get, "/export");
///
/// # async fn call(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
/// let export = Call::new(client, &EXPORT).stream::<NoTypedError>().await?;
/// export.into_body().limit(1 << 30).save("export.csv").await?;
/// # Ok(()) }
/// ```
pub struct ByteStream {
    chunks: BoxedStream<'static, Result<Bytes, TransportError>>,
    length: Option<u64>,
    left: Option<u64>,
    limit: u64,
    /// The client's limit for response bodies.
    response_limit: usize,
}

impl ByteStream {
    /// Creates the stream of the unread rest of a response; `None` if it has no content.
    pub(crate) fn new(
        rest: Option<ResponseBody>,
        timeout: Duration,
        response_limit: usize,
    ) -> Self {
        let length = rest.as_ref().map_or(Some(0), ResponseBody::length);
        let chunks = unfold(rest, move |rest| async move {
            let mut rest = rest?;
            match with_timeout(timeout, rest.chunk()).await {
                Ok(chunk) => chunk.map(|chunk| (Ok(chunk), Some(rest))),
                Err(error) => Some((Err(error), None)),
            }
        });
        Self { chunks: Box::pin(chunks), length, left: None, limit: 0, response_limit }
    }

    /// Sets the maximum size in bytes; a longer body ends with an error.
    #[must_use]
    pub fn limit(mut self, bytes: u64) -> Self {
        (self.left, self.limit) = (Some(bytes), bytes);
        self
    }

    /// Returns the size of the body, if the server sends it.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    /// If the exchange fails, the chunk times out, or the limit is exceeded.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.next().await.transpose()
    }

    /// Reads the whole body into memory. Without a [`limit`](Self::limit), the client's limit for
    /// response bodies applies.
    ///
    /// # Errors
    /// If the exchange fails, a chunk times out, or the limit is exceeded.
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        if self.left.is_none() {
            let limit = self.response_limit as u64;
            self = self.limit(limit);
        }
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// Writes the whole body, and returns the number of bytes written.
    ///
    /// # Errors
    /// If a chunk can't be read or written.
    pub async fn write_to(
        mut self,
        writer: &mut (impl AsyncWrite + Unpin + ?Sized),
    ) -> Result<u64, DownloadError> {
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            writer.write_all(&chunk).await?;
            written += chunk.len() as u64;
        }
        writer.flush().await?;
        Ok(written)
    }

    /// Writes the whole body to a file, and returns the number of bytes written. The bytes are
    /// first written to a file with a random name in the same directory, which is renamed once it is
    /// complete, and removed if it is not or the future is dropped.
    ///
    /// # Errors
    /// If a chunk can't be read or written.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn save(self, path: impl AsRef<std::path::Path>) -> Result<u64, DownloadError> {
        let path = path.as_ref();
        let part = PartialFile::beside(path);
        // Nobody else has created the file, or a link with its name to another file.
        let mut file =
            tokio::fs::File::options().write(true).create_new(true).open(&part.0).await?;
        let written = self.write_to(&mut file).await?;
        file.sync_all().await?;
        drop(file);
        tokio::fs::rename(&part.0, path).await?;
        Ok(written)
    }
}

/// A file that is not complete. It is removed when it is dropped, unless it was renamed before.
#[cfg(not(target_arch = "wasm32"))]
struct PartialFile(std::path::PathBuf);

#[cfg(not(target_arch = "wasm32"))]
impl PartialFile {
    /// Chooses a random name in the directory of `path`.
    fn beside(path: &std::path::Path) -> Self {
        Self(path.with_file_name(format!(".{}.part", uuid::Uuid::now_v7().simple())))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Drop for PartialFile {
    fn drop(&mut self) {
        // If this fails, the partial file stays behind.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let next = this.chunks.poll_next_unpin(context);
        let Poll::Ready(Some(Ok(chunk))) = &next else { return next };
        let Some(left) = &mut this.left else { return next };
        match left.checked_sub(chunk.len() as u64) {
            Some(remaining) => {
                *left = remaining;
                next
            }
            None => {
                this.chunks = Box::pin(futures_util::stream::empty());
                Poll::Ready(Some(Err(TransportError::too_large(this.limit))))
            }
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("length", &self.length).finish_non_exhaustive()
    }
}

/// The error of a response body that could not be saved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DownloadError {
    /// The body was not completely received.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The body could not be written.
    #[error("the response body can't be written")]
    Write(#[from] io::Error),
}
