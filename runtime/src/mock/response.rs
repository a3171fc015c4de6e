//! What a stub responses with.

use bytes::Bytes;

use crate::operation::Status;
use crate::wire::{Encode, to_json};

/// A type that the description declares as a response of the operation `O`.
#[diagnostic::on_unimplemented(
    message = "the description declares no response of type `{Self}` for this operation",
    note = "`Stub::responds_with_bytes` responses with whatever a server could"
)]
pub trait MockResponse<O> {
    /// The statuses it is declared for.
    const STATUSES: &'static [Status];

    /// The response's body.
    fn content(self) -> Content;
}

/// The body of a response, with its media type.
#[derive(Debug, Clone, Default)]
pub struct Content {
    pub(super) media_type: Option<String>,
    pub(super) bytes: Bytes,
}

impl Content {
    pub(super) fn new(media_type: &str, bytes: Bytes) -> Self {
        Self { media_type: Some(media_type.to_owned()), bytes }
    }

    /// `application/json`
    ///
    /// # Panics
    /// If the value has no JSON, such as a number that is not finite.
    #[must_use]
    pub fn json(value: impl Encode) -> Self {
        match to_json(&value) {
            Ok(json) => Self::new("application/json", json.into()),
            Err(error) => panic!("a response of the mock: {error}"),
        }
    }

    /// `text/plain`
    #[must_use]
    pub fn text(text: String) -> Self {
        Self::new("text/plain; charset=utf-8", text.into())
    }

    /// `application/octet-stream`
    #[must_use]
    pub fn bytes(bytes: Bytes) -> Self {
        Self::new("application/octet-stream", bytes)
    }

    /// No body.
    #[must_use]
    pub fn empty((): ()) -> Self {
        Self::default()
    }
}
