//! Bytes to send: a file, a part of a multipart body, or a body other than JSON.

mod one_shot;

use std::fmt;
#[cfg(not(target_arch = "wasm32"))]
use std::io;
#[cfg(not(target_arch = "wasm32"))]
use std::path::Path;
use std::path::PathBuf;

use bytes::Bytes;
#[cfg(not(target_arch = "wasm32"))]
use futures_util::stream::Stream;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use one_shot::BoxedByteStream;
pub(crate) use one_shot::OneShotStream;

/// Bytes to send unchanged, with an optional file name and media type.
///
/// ```
/// use docwright_runtime::File;
///
/// let logo = File::from(b"\x89PNG".to_vec()).name("logo.png").content_type("image/png");
/// let text = File::from("a,b\n1,2\n");
/// let large = File::open("backup.snapshot"); // read while it is sent
/// assert_eq!(format!("{logo:?}"), r#"File { name: "logo.png", content: 4 bytes }"#);
/// # let _ = (text, large);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    content: Content,
    name: Option<String>,
    content_type: Option<String>,
}

#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "browsers cannot read a file or stream while sending")
)]
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Bytes(Bytes),
    Path(PathBuf),
    Stream(OneShotStream),
}

impl File {
    /// Creates a file from a stream, which is read while it is sent. With a `length`, the request has a
    /// `Content-Length`, and fails if the stream is longer or shorter. A stream can be read only once, so
    /// the call is never retried, whatever the retry policy.
    ///
    /// ```
    /// use docwright_runtime::{Bytes, File};
    ///
    /// let rows = (1..4).map(|n| Ok(Bytes::from(format!("{n}\n"))));
    /// let csv = File::stream(futures_util::stream::iter(rows), Some(6)).name("rows.csv");
    /// assert_eq!(format!("{csv:?}"), r#"File { name: "rows.csv", content: a stream of 6 bytes }"#);
    /// ```
    #[cfg(not(target_arch = "wasm32"))]
    pub fn stream(
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        let content = Content::Stream(OneShotStream::new(stream, length));
        Self { content, name: None, content_type: None }
    }

    /// Creates a file from a local path. It is opened when the request is sent and read while it is sent, so
    /// it may be large; a retry reads it again. The file name is that of the path.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn open(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { content: Content::Path(path), name, content_type: None }
    }

    /// Sets the file name, which is sent only in a multipart body (RFC 7578 §4.2). Default: the name of the
    /// form field.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type. Default: the documented one.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    pub(crate) fn content(&self) -> &Content {
        &self.content
    }

    pub(crate) fn file_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the bytes, if they are in memory.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Path(_) | Content::Stream(_) => None,
        }
    }
}

impl From<Bytes> for File {
    fn from(bytes: Bytes) -> Self {
        Self { content: Content::Bytes(bytes), name: None, content_type: None }
    }
}

/// Implements `From` for the types that [`Bytes`] can be created from.
macro_rules! impl_from {
    ($($ty:ty),*) => {$(
        impl From<$ty> for File {
            fn from(bytes: $ty) -> Self {
                Self::from(Bytes::from(bytes))
            }
        }
    )*};
}
impl_from!(Vec<u8>, &'static [u8], String, &'static str);

#[cfg(not(target_arch = "wasm32"))]
impl From<&Path> for File {
    fn from(path: &Path) -> Self {
        Self::open(path)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl From<PathBuf> for File {
    fn from(path: PathBuf) -> Self {
        Self::open(path)
    }
}

impl fmt::Debug for File {
    /// Shows only the number of bytes, since they may be confidential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("File");
        if let Some(name) = &self.name {
            debug.field("name", name);
        }
        match &self.content {
            Content::Bytes(bytes) => {
                debug.field("content", &format_args!("{} bytes", bytes.len()));
            }
            Content::Path(path) => {
                debug.field("content", path);
            }
            Content::Stream(stream) => {
                debug.field("content", stream);
            }
        }
        debug.finish()
    }
}
