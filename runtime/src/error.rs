//! What can go wrong in a call: nothing was sent, nothing came back, or something else came back.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::auth::TokenError;
use crate::platform;
use crate::response::RawResponse;
use crate::responses::ResponseEnum;
use crate::retry::Advice;
use crate::validate::Invalid;
use crate::wire::DecodeError;

/// Why a call has no declared success to show. `E` is the operation's enum of typed error bodies.
///
/// Neither `Debug` nor `Display` shows a body, a header's value or a query: print what you need
/// from [`raw`](Self::raw) or [`typed`](Self::typed) yourself.
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be built; nothing was sent.
    Request(RequestError),
    /// A value is not what the description asks for; nothing was sent. Only a client that was told to
    /// check says so (feature `validate`).
    Invalid(Invalid),
    /// The call needs a token and there is none; it was not sent, or was responded with 401 because the
    /// token it had is rejected.
    Token(TokenError),
    /// No whole response came back.
    Transport(TransportError),
    /// The server responded with a status that is not declared as a success.
    Status(Box<ErrorResponse<E>>),
    /// The server responded with a declared success, but the body is not what the description says.
    Decode(Box<DecodeFailure>),
}

/// Why a request could not be built. Never holds the value at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the request was not sent: {0}")]
pub struct RequestError(pub(crate) String);

/// Why no whole response came back.
pub struct TransportError(Box<Transport>);

struct Transport {
    fault: Fault,
    source: Option<reqwest::Error>,
    partial: Option<RawResponse>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Timeout,
    Connect,
    ConnectTimeout,
    TooLarge(u64),
    Other,
}

impl TransportError {
    /// What `reqwest` reports, without the URL: its query may hold anything.
    pub(crate) fn new(source: reqwest::Error, partial: Option<RawResponse>) -> Self {
        let fault = match (platform::is_connect(&source), source.is_timeout()) {
            (true, true) => Fault::ConnectTimeout,
            (false, true) => Fault::Timeout,
            (true, false) => Fault::Connect,
            (false, false) => Fault::Other,
        };
        Self(Box::new(Transport { fault, source: Some(source.without_url()), partial }))
    }

    /// Time ran out.
    pub(crate) fn timeout(partial: Option<RawResponse>) -> Self {
        Self(Box::new(Transport { fault: Fault::Timeout, source: None, partial }))
    }

    pub(crate) fn too_large(limit: u64, partial: Option<RawResponse>) -> Self {
        Self(Box::new(Transport { fault: Fault::TooLarge(limit), source: None, partial }))
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.fault, Fault::Timeout | Fault::ConnectTimeout)
    }

    /// Whether there was no connection, so that the server has seen nothing of the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.fault, Fault::Connect | Fault::ConnectTimeout)
    }

    /// Whether the response is larger than the client's limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.fault, Fault::TooLarge(_))
    }

    /// What had come of the response, if its head had.
    #[must_use]
    pub fn partial(&self) -> Option<&RawResponse> {
        self.0.partial.as_ref()
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("fault", &self.0.fault)
            .field("source", &self.0.source)
            .field("partial", &self.0.partial)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.fault {
            Fault::Timeout => f.write_str("the call took too long"),
            Fault::Connect | Fault::ConnectTimeout => f.write_str("no connection to the server"),
            Fault::TooLarge(limit) => {
                write!(f, "the response is larger than the limit of {limit} bytes")
            }
            Fault::Other => f.write_str("the exchange with the server broke off"),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

/// A response with a status that is not declared as a success. An undeclared status arrives as it is.
pub struct ErrorResponse<E> {
    pub(crate) raw: RawResponse,
    pub(crate) typed: Option<Result<E, DecodeError>>,
}

impl<E> ErrorResponse<E> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// The body as it came.
    #[must_use]
    pub fn raw(&self) -> &Bytes {
        self.raw.body()
    }

    /// The body as the description types it for this status; `None` if the status is not declared
    /// or the body is not what the description says.
    #[must_use]
    pub fn typed(&self) -> Option<&E> {
        self.typed.as_ref()?.as_ref().ok()
    }

    /// The typed body itself.
    #[must_use]
    pub fn into_typed(self) -> Option<E> {
        self.typed?.ok()
    }

    /// Why the body of a declared status is not what the description says.
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

/// A declared success whose body is not what the description says.
#[derive(Debug)]
pub struct DecodeFailure {
    pub(crate) raw: RawResponse,
    pub(crate) error: DecodeError,
}

impl DecodeFailure {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// The body as it came.
    #[must_use]
    pub fn raw(&self) -> &Bytes {
        self.raw.body()
    }

    /// What is wrong, and where.
    #[must_use]
    pub fn error(&self) -> &DecodeError {
        &self.error
    }

    /// The location in the body, such as `content.items[3].expires_in`.
    #[must_use]
    pub fn path(&self) -> String {
        self.error.path()
    }
}

impl<E> Error<E> {
    /// The status, if a response came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// The headers, if a response came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// The body as it came, as far as it came, if a response did.
    #[must_use]
    pub fn raw(&self) -> Option<&Bytes> {
        self.response().map(RawResponse::body)
    }

    /// The body as the description types it for this status.
    #[must_use]
    pub fn typed(&self) -> Option<&E> {
        match self {
            Self::Status(response) => response.typed(),
            _ => None,
        }
    }

    /// The typed body itself.
    #[must_use]
    pub fn into_typed(self) -> Option<E> {
        match self {
            Self::Status(response) => response.into_typed(),
            _ => None,
        }
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_timeout(),
            Self::Token(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Whether the call may be made again. A client whose [`Retry`](crate::Retry) says so has done it
    /// already as often as it may.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match self {
            Self::Request(_) | Self::Invalid(_) | Self::Decode(_) => Advice::Never,
            Self::Token(error) => error.advice(),
            Self::Transport(error) => Advice::of_transport(error),
            Self::Status(response) => Advice::of_response(&response.raw, platform::now()),
        }
    }

    fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Request(_) | Self::Invalid(_) | Self::Token(_) => None,
            Self::Transport(error) => error.partial(),
            Self::Status(response) => Some(&response.raw),
            Self::Decode(response) => Some(&response.raw),
        }
    }
}

impl<E: ResponseEnum> Error<E> {
    /// A response that is no declared success.
    pub(crate) fn refused(raw: RawResponse) -> Self {
        let typed = E::read(raw.status(), raw.body());
        Self::Status(Box::new(ErrorResponse { raw, typed }))
    }

    /// The vendor's error code: read from the body by itself, so that it is there for an undeclared
    /// status and a body that is otherwise not what the description says. Of a request that was not
    /// sent because a value is invalid, the code that the vendor would have responded with.
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        match self {
            Self::Status(response) => E::code(response.raw()),
            Self::Invalid(invalid) => E::code_of(invalid.code_text()?),
            _ => None,
        }
    }

    /// Whether this is the vendor's error code.
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
            Self::Invalid(it) => f.debug_tuple("Invalid").field(it).finish(),
            Self::Token(it) => f.debug_tuple("Token").field(it).finish(),
            Self::Transport(it) => f.debug_tuple("Transport").field(it).finish(),
            Self::Status(it) => f.debug_tuple("Status").field(it).finish(),
            Self::Decode(it) => f.debug_tuple("Decode").field(it).finish(),
        }
    }
}

impl<E: ResponseEnum> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Invalid(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(response) => {
                let (status, bytes) = (response.status(), response.raw().len());
                write!(f, "the server responded {status} ({bytes} bytes)")?;
                match E::listed_code(response.raw()) {
                    Some(code) => write!(f, ": {code}"),
                    None => Ok(()),
                }
            }
            Self::Decode(response) => {
                let (status, bytes) = (response.status(), response.raw().len());
                write!(
                    f,
                    "the response {status} ({bytes} bytes) is not as described: {}",
                    response.error
                )
            }
        }
    }
}

impl<E: ResponseEnum> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Token(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Status(response) => response.decode_error().map(|error| error as _),
            Self::Request(_) | Self::Invalid(_) | Self::Decode(_) => None,
        }
    }
}
