//! The responses that end a call with an error.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::message::response::RawResponse;
use crate::wire::DecodeError;

/// A response with a status that is not a success; the status may be undeclared.
pub struct ErrorResponse<E> {
    pub(crate) raw: RawResponse,
    pub(crate) typed: Option<Result<E, DecodeError>>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    /// What `Display` shows of the code and the message.
    pub(crate) summary: String,
}

impl<E> ErrorResponse<E> {
    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// Returns the body as received.
    #[must_use]
    pub fn raw(&self) -> &Bytes {
        self.raw.body()
    }

    /// Returns the vendor's error code as text.
    #[must_use]
    pub fn code_str(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the vendor's message as received. It may repeat anything that the request contained:
    /// `Display` shows it without secrets.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Returns the body as the declared type for this status. `None` if the status is not declared,
    /// or the body does not match the type.
    #[must_use]
    pub fn typed(&self) -> Option<&E> {
        self.typed.as_ref()?.as_ref().ok()
    }

    /// Returns the typed body by value.
    #[must_use]
    pub fn into_typed(self) -> Option<E> {
        self.typed?.ok()
    }

    /// Removes the typed body.
    pub(super) fn erase<F>(self) -> ErrorResponse<F> {
        let Self { raw, typed, code, message, summary } = self;
        let typed = typed.and_then(Result::err).map(Err);
        ErrorResponse { raw, typed, code, message, summary }
    }

    /// Returns why the body of a declared status does not match its type.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.typed.as_ref()?.as_ref().err()
    }
}

impl<E> fmt::Debug for ErrorResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("raw", &self.raw)
            .field("typed", &self.typed().is_some())
            .field("decode_error", &self.decode_error())
            .finish()
    }
}

/// A success whose body does not match its type. The request was processed.
#[derive(Debug)]
pub struct DecodeFailure {
    pub(crate) raw: RawResponse,
    pub(crate) error: DecodeError,
}

impl DecodeFailure {
    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// Returns the body as received.
    #[must_use]
    pub fn raw(&self) -> &Bytes {
        self.raw.body()
    }

    /// Returns what does not match, and where.
    #[must_use]
    pub fn error(&self) -> &DecodeError {
        &self.error
    }

    /// Returns the location in the body, such as `content.items[3].expires_in`.
    #[must_use]
    pub fn path(&self) -> String {
        self.error.path()
    }
}
