//! A request's content: bytes, and files that are read while they are sent.

#[cfg(not(target_arch = "wasm32"))]
mod reading;

use std::path::PathBuf;

use bytes::Bytes;

use crate::error::RequestError;
use crate::file::{Content, File, Source};

/// The content of a request; the same each time it is sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Payload(Vec<Piece>);

#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "a browser sends bytes, and reads nothing while it does")
)]
#[derive(Debug, Clone)]
enum Piece {
    Bytes(Bytes),
    Path(PathBuf),
    Stream(Source),
}

impl Payload {
    pub(crate) fn push(&mut self, bytes: impl Into<Bytes>) {
        self.0.push(Piece::Bytes(bytes.into()));
    }

    pub(crate) fn push_file(&mut self, file: &File) {
        self.0.push(match file.content() {
            Content::Bytes(bytes) => Piece::Bytes(bytes.clone()),
            Content::Path(path) => Piece::Path(path.clone()),
            Content::Stream(source) => Piece::Stream(source.clone()),
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
                Piece::Path(_) | Piece::Stream(_) => return None,
            }
        }
        Some(all.into())
    }

    /// Whether it can be sent again.
    pub(crate) fn is_repeatable(&self) -> bool {
        !self.0.iter().any(|piece| matches!(piece, Piece::Stream(_)))
    }

    /// What `reqwest` sends.
    ///
    /// # Errors
    /// If a file can't be opened, or a stream was read already.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) async fn into_body(self) -> Result<reqwest::Body, RequestError> {
        match self.bytes() {
            Some(bytes) => Ok(bytes.into()),
            None => Ok(reqwest::Body::wrap(reading::Reading::open(self.0).await?)),
        }
    }

    /// What `reqwest` sends.
    ///
    /// # Errors
    /// If it is not at hand: a browser's `fetch` sends bytes.
    #[cfg(target_arch = "wasm32")]
    pub(crate) async fn into_body(self) -> Result<reqwest::Body, RequestError> {
        let what = "files and streams can't be read while they are sent here";
        self.bytes().map(Into::into).ok_or_else(|| RequestError(what.to_owned()))
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
