//! A request's content: bytes, and files that are read while they are sent.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};

use crate::error::RequestError;
use crate::file::{Content, File};

/// The content of a request; the same each time it is sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Payload(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Bytes(Bytes),
    Path(PathBuf),
}

impl Payload {
    pub(crate) fn push(&mut self, bytes: impl Into<Bytes>) {
        self.0.push(Piece::Bytes(bytes.into()));
    }

    pub(crate) fn push_file(&mut self, file: &File) {
        self.0.push(match file.content() {
            Content::Bytes(bytes) => Piece::Bytes(bytes.clone()),
            Content::Path(path) => Piece::Path(path.clone()),
        });
    }

    /// All of it, if no file has to be read for it.
    pub(crate) fn bytes(&self) -> Option<Bytes> {
        if let [Piece::Bytes(bytes)] = self.0.as_slice() {
            return Some(bytes.clone());
        }
        let mut all = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Bytes(bytes) => all.extend_from_slice(bytes),
                Piece::Path(_) => return None,
            }
        }
        Some(all.into())
    }

    /// What `reqwest` sends.
    ///
    /// # Errors
    /// If a file can't be opened.
    pub(crate) async fn into_body(self) -> Result<reqwest::Body, RequestError> {
        if let Some(bytes) = self.bytes() {
            return Ok(bytes.into());
        }
        let (mut pieces, mut left) = (VecDeque::new(), 0);
        for piece in self.0 {
            match piece {
                Piece::Bytes(bytes) => {
                    left += bytes.len() as u64;
                    pieces.push_back(Open::Bytes(bytes));
                }
                Piece::Path(path) => {
                    let (file, length) = open(path).await?;
                    left += length;
                    pieces.push_back(Open::File(file, length));
                }
            }
        }
        Ok(reqwest::Body::wrap(Reading { pieces, left }))
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        Self(vec![Piece::Bytes(bytes)])
    }
}

impl From<&File> for Payload {
    fn from(file: &File) -> Self {
        let mut payload = Self::default();
        payload.push_file(file);
        payload
    }
}

async fn open(path: PathBuf) -> Result<(tokio::fs::File, u64), RequestError> {
    let unread = |error: std::io::Error| RequestError(format!("a file: {}", error.kind()));
    let file = tokio::fs::File::open(path).await.map_err(unread)?;
    let length = file.metadata().await.map_err(unread)?.len();
    Ok((file, length))
}

enum Open {
    Bytes(Bytes),
    /// A file, and how much of it is left.
    File(tokio::fs::File, u64),
}

/// Pieces under way, one behind the other.
struct Reading {
    pieces: VecDeque<Open>,
    left: u64,
}

/// How much of a file is read at once.
const CHUNK: usize = 64 * 1024;

impl http_body::Body for Reading {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<std::io::Result<Frame<Bytes>>>> {
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
            }
        };
        this.left -= bytes.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Known beforehand, so that `Content-Length` is sent.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// The next bytes of a file, at most `left`: it may have grown since it was measured.
fn read(
    file: &mut tokio::fs::File,
    left: u64,
    context: &mut Context<'_>,
) -> Poll<std::io::Result<Bytes>> {
    let mut chunk = vec![0; CHUNK.min(usize::try_from(left).unwrap_or(CHUNK))];
    let mut buffer = ReadBuf::new(&mut chunk);
    ready!(Pin::new(file).poll_read(context, &mut buffer))?;
    let read = buffer.filled().len();
    if read == 0 {
        return Poll::Ready(Err(std::io::ErrorKind::UnexpectedEof.into()));
    }
    chunk.truncate(read);
    Poll::Ready(Ok(chunk.into()))
}
