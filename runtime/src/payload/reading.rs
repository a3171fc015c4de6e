//! Content that is read while it is sent: bytes, files and streams, one behind the other.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::stream::StreamExt;
use http_body::{Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};

use super::Piece;
use crate::error::RequestError;
use crate::file::Pieces;

async fn open(path: PathBuf) -> Result<(tokio::fs::File, u64), RequestError> {
    let unread = |error: io::Error| RequestError(format!("a file: {}", error.kind()));
    let file = tokio::fs::File::open(path).await.map_err(unread)?;
    let length = file.metadata().await.map_err(unread)?.len();
    Ok((file, length))
}

enum Open {
    Bytes(Bytes),
    /// A file, and how much of it is left.
    File(tokio::fs::File, u64),
    /// A stream, and how much it still has to give, if that is known. The lock is never held: it makes
    /// the stream one that may be looked at from several threads, which `reqwest` asks for.
    Stream(Mutex<Pieces>, Option<u64>),
}

/// Pieces under way, one behind the other.
pub(super) struct Reading {
    pieces: VecDeque<Open>,
    left: Option<u64>,
}

impl Reading {
    /// # Errors
    /// If a file can't be opened, or a stream was read already.
    pub(super) async fn open(content: Vec<Piece>) -> Result<Self, RequestError> {
        let (mut pieces, mut left) = (VecDeque::new(), Some(0));
        for piece in content {
            let (piece, length) = match piece {
                Piece::Bytes(bytes) => {
                    let length = bytes.len() as u64;
                    (Open::Bytes(bytes), Some(length))
                }
                Piece::Path(path) => {
                    let (file, length) = open(path).await?;
                    (Open::File(file, length), Some(length))
                }
                Piece::Stream(source) => {
                    let read = || RequestError("a stream can be sent once".to_owned());
                    let stream = source.take().ok_or_else(read)?;
                    (Open::Stream(Mutex::new(stream), source.length()), source.length())
                }
            };
            pieces.push_back(piece);
            left = left.zip(length).map(|(left, length)| left + length);
        }
        Ok(Self { pieces, left })
    }
}

/// How much of a file is read at once.
const CHUNK: usize = 64 * 1024;

impl http_body::Body for Reading {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        let bytes = loop {
            match this.pieces.front_mut() {
                None => return Poll::Ready(None),
                Some(Open::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    this.pieces.pop_front();
                    break bytes;
                }
                Some(Open::File(_, 0)) => drop(this.pieces.pop_front()),
                Some(Open::File(file, left)) => match ready!(read(file, *left, context)) {
                    Ok(bytes) => {
                        *left -= bytes.len() as u64;
                        break bytes;
                    }
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                Some(Open::Stream(stream, left)) => match ready!(next(stream, context)) {
                    Some(bytes) => match bytes.and_then(|bytes| counted(bytes, left)) {
                        Ok(bytes) => break bytes,
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    },
                    None if left.is_some_and(|left| left > 0) => {
                        return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
                    }
                    None => drop(this.pieces.pop_front()),
                },
            }
        };
        this.left = this.left.map(|left| left - bytes.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Known beforehand, so that `Content-Length` is sent, unless a stream does not say.
    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

fn next(stream: &mut Mutex<Pieces>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
    stream.get_mut().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(context)
}

/// Bytes of a stream, if it has not given too many.
fn counted(bytes: Bytes, left: &mut Option<u64>) -> io::Result<Bytes> {
    if let Some(left) = left {
        let less = left.checked_sub(bytes.len() as u64);
        *left = less.ok_or(io::ErrorKind::InvalidData)?;
    }
    Ok(bytes)
}

/// The next bytes of a file, at most `left`: it may have grown since it was measured.
fn read(
    file: &mut tokio::fs::File,
    left: u64,
    context: &mut Context<'_>,
) -> Poll<io::Result<Bytes>> {
    let mut chunk = vec![0; CHUNK.min(usize::try_from(left).unwrap_or(CHUNK))];
    let mut buffer = ReadBuf::new(&mut chunk);
    ready!(Pin::new(file).poll_read(context, &mut buffer))?;
    let read = buffer.filled().len();
    if read == 0 {
        return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
    }
    chunk.truncate(read);
    Poll::Ready(Ok(chunk.into()))
}
