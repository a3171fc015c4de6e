//! Bytes to be sent: a file, a part of a multipart body, a body that is no JSON.

mod source;

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
pub(crate) use source::Pieces;
pub(crate) use source::Source;

use crate::wire::{Decode, DecodeError, Encode, Node, View};

/// Bytes to be sent as they are, with a file's name and a media type where they matter.
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
    allow(dead_code, reason = "a browser sends bytes, and reads nothing while it does")
)]
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Bytes(Bytes),
    Path(PathBuf),
    Stream(Source),
}

impl File {
    /// Bytes that are made while they are sent. Where it is known beforehand how many there are, the
    /// request says so; a stream that gives more or fewer breaks the request off. It can be read
    /// once, so that the call is attempted once, whatever the policy for repeats.
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
        let content = Content::Stream(Source::new(stream, length));
        Self { content, name: None, content_type: None }
    }

    /// A file of this machine. It is opened when the request is sent and read while it is sent, so
    /// that its size does not matter; a repeated request reads it again. Its name goes with it.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn open(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { content: Content::Path(path), name, content_type: None }
    }

    /// With this name; it is only sent in a multipart body (RFC 7578 §4.2). A file without a name
    /// of its own is called like the member it stands for.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With this media type instead of the one the API's description gives.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    pub(crate) fn content(&self) -> &Content {
        &self.content
    }

    pub(crate) fn own_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub(crate) fn own_content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The bytes, if they are at hand.
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

/// What [`Bytes`] is made of.
macro_rules! from {
    ($($ty:ty),*) => {$(
        impl From<$ty> for File {
            fn from(bytes: $ty) -> Self {
                Self::from(Bytes::from(bytes))
            }
        }
    )*};
}
from!(Vec<u8>, &'static [u8], String, &'static str);

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

impl Encode for File {
    fn view(&self) -> View<'_> {
        View::File(self)
    }
}

impl Decode for File {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        Bytes::decode(node).map(Self::from)
    }
}

impl fmt::Debug for File {
    /// Counts the bytes: they may hold anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("File");
        if let Some(name) = &self.name {
            out.field("name", name);
        }
        match &self.content {
            Content::Bytes(bytes) => {
                out.field("content", &format_args!("{} bytes", bytes.len()));
            }
            Content::Path(path) => {
                out.field("content", path);
            }
            Content::Stream(source) => {
                out.field("content", source);
            }
        }
        out.finish()
    }
}
