//! The errors of a call: the request was not sent, no response was received, or not the expected
//! one.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::attempt::Failure;
use crate::auth::TokenError;
use crate::message::error::{RequestError, TransportError};
use crate::message::response::{RawResponse, request_id};
use crate::message::responses::ResponseEnum;
use crate::platform;
use crate::retry::Advice;
use crate::validate::failure::ValidationError;
use crate::wire::DecodeError;

/// The error of a call. `E` is the operation's enum of typed error bodies.
///
/// Neither `Debug` nor `Display` shows a body, a header value or a query: print what you need from
/// [`raw`](Self::raw) or [`typed`](Self::typed) yourself.
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be built; nothing was sent.
    Request(RequestError),
    /// A value violates a documented constraint; nothing was sent. Occurs only if validation is
    /// enabled on the client (feature `validate`).
    Validation(ValidationError),
    /// The token that the call needs could not be fetched. The call was not sent, or the server
    /// responded with 401 to its previous token.
    Token(TokenError),
    /// No complete response was received.
    Transport(TransportError),
    /// The server responded with a status that is not a success; the status may be undeclared.
    Status(Box<ErrorResponse<E>>),
    /// The server reported success, but the body does not match the type that is declared for the
    /// status.
    Decode(Box<DecodeFailure>),
    /// The server reported success with a `2xx` status that is not declared, and the body does not
    /// match the declared success, or several are declared. The request was carried out.
    UnexpectedSuccess(Box<DecodeFailure>),
}

/// A response with a status that is not a success; the status may be undeclared.
pub struct ErrorResponse<E> {
    pub(crate) raw: RawResponse,
    pub(crate) typed: Option<Result<E, DecodeError>>,
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

/// A success whose body does not match its type. The request was carried out.
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

impl<E> Error<E> {
    /// Returns the status, if a response was received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// Returns the headers, if a response was received.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// Returns the body as far as it was received, if a response was received.
    #[must_use]
    pub fn raw(&self) -> Option<&Bytes> {
        self.response().map(RawResponse::body)
    }

    /// Returns the body as the declared type for this status.
    #[must_use]
    pub fn typed(&self) -> Option<&E> {
        match self {
            Self::Status(response) => response.typed(),
            _ => None,
        }
    }

    /// Returns the typed body by value.
    #[must_use]
    pub fn into_typed(self) -> Option<E> {
        match self {
            Self::Status(response) => response.into_typed(),
            _ => None,
        }
    }

    /// Whether the call timed out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_timeout(),
            Self::Token(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Returns whether the call may be retried. If the client has a [`Retry`](crate::Retry) policy,
    /// it has already retried as often as the policy allows.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match self {
            Self::Request(_) | Self::Validation(_) => Advice::Never,
            Self::Token(error) => error.advice(),
            Self::Transport(error) if error.is_oversized_success() => Advice::Succeeded,
            Self::Transport(error) => Advice::for_transport_error(error),
            Self::Status(response) => Advice::for_response(&response.raw, platform::now()),
            Self::Decode(_) | Self::UnexpectedSuccess(_) => Advice::Succeeded,
        }
    }

    /// Whether the same call may succeed later: connecting failed, no complete response was
    /// received, or the server was overloaded or failing. See [`advice`](Self::advice) for whether
    /// the request may have been carried out, and is therefore safe to retry.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self.advice(), Advice::Retry(_) | Advice::RetryIfIdempotent(_))
    }

    /// Returns the ID that the server has given the request, if the response contains one. Include
    /// it when you contact the vendor's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }

    fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Request(_) | Self::Validation(_) | Self::Token(_) => None,
            Self::Transport(error) => error.partial(),
            Self::Status(response) => Some(&response.raw),
            Self::Decode(response) | Self::UnexpectedSuccess(response) => Some(&response.raw),
        }
    }
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Validation(error) => Self::Validation(error),
            Failure::Token(error) => Self::Token(error),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

impl<E: ResponseEnum> Error<E> {
    /// Creates the error of a response that is not a declared success.
    pub(crate) fn undeclared(raw: RawResponse) -> Self {
        if raw.status().is_success() {
            let error = DecodeError::invalid("has no declared type for this status");
            return Self::UnexpectedSuccess(Box::new(DecodeFailure { raw, error }));
        }
        let typed = E::read(raw.status(), raw.body());
        Self::Status(Box::new(ErrorResponse { raw, typed }))
    }

    /// Returns the vendor's error code. It is read from the raw body, so that it is available even
    /// if the status is undeclared or the rest of the body does not match its type. For a request
    /// that failed validation, it is the code that the vendor would have sent.
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        match self {
            Self::Status(response) => E::code(response.raw()),
            Self::Validation(error) => E::code_from(error.code_text()?),
            _ => None,
        }
    }

    /// Whether the vendor's error code is `code`.
    #[must_use]
    pub fn is(&self, code: E::Code) -> bool
    where
        E::Code: PartialEq,
    {
        self.code() == Some(code)
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(it) => f.debug_tuple("Request").field(it).finish(),
            Self::Validation(it) => f.debug_tuple("Validation").field(it).finish(),
            Self::Token(it) => f.debug_tuple("Token").field(it).finish(),
            Self::Transport(it) => f.debug_tuple("Transport").field(it).finish(),
            Self::Status(it) => f.debug_tuple("Status").field(it).finish(),
            Self::Decode(it) => f.debug_tuple("Decode").field(it).finish(),
            Self::UnexpectedSuccess(it) => f.debug_tuple("UnexpectedSuccess").field(it).finish(),
        }
    }
}

impl<E: ResponseEnum> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Validation(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(response) => {
                let (status, bytes) = (response.status(), response.raw().len());
                write!(f, "the server responded {status} ({bytes} bytes)")?;
                match E::known_code(response.raw()) {
                    Some(code) => write!(f, ": {code}"),
                    None => Ok(()),
                }
            }
            Self::Decode(response) => write!(
                f,
                "the server reported success, {}, but the body ({} bytes) could not be decoded: {}",
                response.status(),
                response.raw().len(),
                response.error
            ),
            Self::UnexpectedSuccess(response) => write!(
                f,
                "the server reported success, but with the undeclared status {}, and the body \
                 ({} bytes) could not be decoded: {}",
                response.status(),
                response.raw().len(),
                response.error
            ),
        }
    }
}

impl<E: ResponseEnum> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Token(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Status(response) => response.decode_error().map(|error| error as _),
            Self::Request(_)
            | Self::Validation(_)
            | Self::Decode(_)
            | Self::UnexpectedSuccess(_) => None,
        }
    }
}
