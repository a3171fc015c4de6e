//! Bodies of responses that are read while they come.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{Stream, StreamExt, unfold};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::error::TransportError;
use crate::platform::{BoxedStream, Incoming};
use crate::timing::within;

/// The body of a response, as it comes: for what is too large to be held.
///
/// Each piece is waited for as long as the call may take; there is no limit to all of them, but where
/// [`limit`](Self::limit) sets one or they are held ([`bytes`](Self::bytes)). A stream that is dropped closes its connection.
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
    pieces: BoxedStream<'static, Result<Bytes, TransportError>>,
    length: Option<u64>,
    left: Option<u64>,
    limit: u64,
    /// How many bytes of a response its client holds.
    held: usize,
}

impl ByteStream {
    pub(crate) fn new(rest: Incoming, wait: Duration, held: usize) -> Self {
        let length = rest.length();
        let pieces = unfold(Some(rest), move |rest| async move {
            let mut rest = rest?;
            match within(wait, rest.chunk()).await {
                Ok(piece) => piece.map(|piece| (Ok(piece), Some(rest))),
                Err(late) => Some((Err(late.error(None)), None)),
            }
        });
        Self { pieces: Box::pin(pieces), length, left: None, limit: 0, held }
    }

    /// At most this many bytes: what is longer ends with an error.
    #[must_use]
    pub fn limit(mut self, bytes: u64) -> Self {
        (self.left, self.limit) = (Some(bytes), bytes);
        self
    }

    /// How long the server says that the body is.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// If the exchange breaks off, the piece takes too long, or the limit is passed.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.next().await.transpose()
    }

    /// Reads all of it: without a [`limit`](Self::limit), as much as its client holds of any response.
    ///
    /// # Errors
    /// If a piece does not come, or the limit is passed.
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        if self.left.is_none() {
            let held = self.held as u64;
            self = self.limit(held);
        }
        let mut all = BytesMut::new();
        while let Some(piece) = self.chunk().await? {
            all.extend_from_slice(&piece);
        }
        Ok(all.freeze())
    }

    /// Writes all of it, and says how much that was.
    ///
    /// # Errors
    /// If a piece does not come, or can't be written.
    pub async fn write_to(
        mut self,
        writer: &mut (impl AsyncWrite + Unpin + ?Sized),
    ) -> Result<u64, DownloadError> {
        let mut written = 0;
        while let Some(piece) = self.chunk().await? {
            writer.write_all(&piece).await?;
            written += piece.len() as u64;
        }
        writer.flush().await?;
        Ok(written)
    }

    /// Writes all of it to a file, and says how much that was. The file appears, or is replaced,
    /// only when everything is there; until then the bytes are in one beside it, called `….part`.
    ///
    /// # Errors
    /// If a piece does not come, or can't be written.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn save(self, path: impl AsRef<std::path::Path>) -> Result<u64, DownloadError> {
        let path = path.as_ref();
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let mut file = tokio::fs::File::create(&part).await?;
        let written = async {
            let written = self.write_to(&mut file).await?;
            file.sync_all().await?;
            Ok(written)
        };
        let saved = match written.await {
            Ok(written) => {
                tokio::fs::rename(&part, path).await.map(|()| written).map_err(Into::into)
            }
            Err(error) => Err(error),
        };
        if saved.is_err() {
            // Nothing is to be done about one that stays.
            let _ = tokio::fs::remove_file(&part).await;
        }
        saved
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let next = this.pieces.poll_next_unpin(context);
        let Poll::Ready(Some(Ok(piece))) = &next else { return next };
        let Some(left) = &mut this.left else { return next };
        match left.checked_sub(piece.len() as u64) {
            Some(less) => {
                *left = less;
                next
            }
            None => {
                this.pieces = Box::pin(futures_util::stream::empty());
                Poll::Ready(Some(Err(TransportError::too_large(this.limit, None))))
            }
        }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("length", &self.length).finish_non_exhaustive()
    }
}

/// Why a body could not be written somewhere.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DownloadError {
    /// Not all of it came.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// It could not be written.
    #[error("the response's body can't be written")]
    Write(#[from] io::Error),
}
