//! The responses of a stub.

use bytes::Bytes;

use crate::message::method::Method;
use crate::operation::Status;
use crate::wire::{Encode, to_json};

/// An operation that a mock server can stub: a request type of a generated client.
pub trait Stubbed {
    /// The type of the request body; `()` for none, [`Bytes`] for an untyped one.
    type Body;
    /// The name of the client's method.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The path template.
    const PATH: &'static str;
}

/// A type that the API declares as a response of the operation `O`.
#[diagnostic::on_unimplemented(
    message = "the operation declares no response of type `{Self}`",
    note = "use `Stub::responds_with_bytes` for an undeclared response"
)]
pub trait MockResponse<O> {
    /// The statuses that the type is declared for.
    const STATUSES: &'static [Status];

    /// Converts to the body of a response.
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

    /// Creates a body of the type `application/json`.
    ///
    /// # Panics
    /// If the value can't be encoded as JSON, such as a number that is not finite.
    #[must_use]
    pub fn json(value: impl Encode) -> Self {
        match to_json(&value) {
            Ok(json) => Self::new("application/json", json.into()),
            Err(error) => panic!("the response of the mock server can't be encoded: {error}"),
        }
    }

    /// Creates a body of the type `text/plain`.
    #[must_use]
    pub fn text(text: String) -> Self {
        Self::new("text/plain; charset=utf-8", text.into())
    }

    /// Creates a body of the type `application/octet-stream`.
    #[must_use]
    pub fn bytes(bytes: Bytes) -> Self {
        Self::new("application/octet-stream", bytes)
    }

    /// Creates an empty response without a body.
    #[must_use]
    pub fn empty((): ()) -> Self {
        Self::default()
    }
}
