//! A request body that is read while it is sent: bytes, files and streams in sequence.

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

use super::error::RequestError;
use super::payload::segment::Segment;
use crate::wire::file::BoxedByteStream;

async fn open_file(path: PathBuf) -> Result<(tokio::fs::File, u64), RequestError> {
    let failed = |error: io::Error| {
        RequestError::body(format!("a file of the body cannot be opened: {}", error.kind()))
    };
    let file = tokio::fs::File::open(path).await.map_err(failed)?;
    let length = file.metadata().await.map_err(failed)?.len();
    Ok((file, length))
}

/// A segment that is being sent.
enum OpenSegment {
    Bytes(Bytes),
    /// A file, and its remaining length.
    File(tokio::fs::File, u64),
    /// A stream, and its remaining length if known. The mutex is never locked: it only makes the stream
    /// `Sync`, which `reqwest` requires.
    Stream(Mutex<BoxedByteStream>, Option<u64>),
}

/// The segments that remain to be sent, and their total length if known.
pub(crate) struct BodyStream {
    segments: VecDeque<OpenSegment>,
    remaining: Option<u64>,
}

impl BodyStream {
    /// Opens the files and takes the streams of a payload.
    ///
    /// # Errors
    /// If a file cannot be opened, or a stream was already read.
    pub(super) async fn open(payload: Vec<Segment>) -> Result<Self, RequestError> {
        let (mut segments, mut remaining) = (VecDeque::new(), Some(0));
        for segment in payload {
            let (segment, length) = match segment {
                Segment::Bytes(bytes) => {
                    let length = bytes.len() as u64;
                    (OpenSegment::Bytes(bytes), Some(length))
                }
                Segment::Path(path) => {
                    let (file, length) = open_file(path).await?;
                    (OpenSegment::File(file, length), Some(length))
                }
                Segment::Stream(source) => {
                    let already_sent =
                        || RequestError::body("a stream can be sent only once".to_owned());
                    let stream = source.take().ok_or_else(already_sent)?;
                    (OpenSegment::Stream(Mutex::new(stream), source.length()), source.length())
                }
            };
            segments.push_back(segment);
            remaining = remaining.zip(length).map(|(remaining, length)| remaining + length);
        }
        Ok(Self { segments, remaining })
    }
}

/// The number of bytes that are read from a file at once.
const CHUNK_SIZE: usize = 64 * 1024;

impl http_body::Body for BodyStream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        let bytes = loop {
            match this.segments.front_mut() {
                None => return Poll::Ready(None),
                Some(OpenSegment::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    this.segments.pop_front();
                    break bytes;
                }
                Some(OpenSegment::File(_, 0)) => drop(this.segments.pop_front()),
                Some(OpenSegment::File(file, remaining)) => {
                    match ready!(read_file(file, *remaining, context)) {
                        Ok(bytes) => {
                            *remaining -= bytes.len() as u64;
                            break bytes;
                        }
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                Some(OpenSegment::Stream(stream, remaining)) => {
                    match ready!(poll_stream(stream, context)) {
                        Some(bytes) => match bytes.and_then(|bytes| check_length(bytes, remaining))
                        {
                            Ok(bytes) => break bytes,
                            Err(error) => return Poll::Ready(Some(Err(error))),
                        },
                        None if remaining.is_some_and(|length| length > 0) => {
                            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
                        }
                        None => drop(this.segments.pop_front()),
                    }
                }
            }
        };
        this.remaining = this.remaining.map(|length| length - bytes.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.segments.is_empty()
    }

    /// Exact unless the length of a stream is unknown, so that `Content-Length` is sent.
    fn size_hint(&self) -> SizeHint {
        self.remaining.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

fn poll_stream(
    stream: &mut Mutex<BoxedByteStream>,
    context: &mut Context<'_>,
) -> Poll<Option<io::Result<Bytes>>> {
    stream.get_mut().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(context)
}

/// Subtracts a chunk from the remaining length of a stream; returns an error if the stream is too long.
fn check_length(bytes: Bytes, remaining: &mut Option<u64>) -> io::Result<Bytes> {
    if let Some(remaining) = remaining {
        let rest = remaining.checked_sub(bytes.len() as u64);
        *remaining = rest.ok_or(io::ErrorKind::InvalidData)?;
    }
    Ok(bytes)
}

/// Reads the next bytes of a file, at most `remaining`: the file may have grown since it was opened.
fn read_file(
    file: &mut tokio::fs::File,
    remaining: u64,
    context: &mut Context<'_>,
) -> Poll<io::Result<Bytes>> {
    let mut chunk = vec![0; CHUNK_SIZE.min(usize::try_from(remaining).unwrap_or(CHUNK_SIZE))];
    let mut buffer = ReadBuf::new(&mut chunk);
    ready!(Pin::new(file).poll_read(context, &mut buffer))?;
    let read = buffer.filled().len();
    if read == 0 {
        return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
    }
    chunk.truncate(read);
    Poll::Ready(Ok(chunk.into()))
}
