//! What can go wrong in a call: nothing was sent, nothing came back, or something else came back.

use std::error::Error as StdError;
use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::answers::Answers;
use crate::auth::TokenError;
use crate::response::RawAnswer;
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
    /// The call needs a token and there is none; it was not sent, or was answered with 401 because the
    /// token it had is rejected.
    Token(TokenError),
    /// No whole answer came back.
    Transport(TransportError),
    /// The server answered with a status that is not declared as a success.
    Status(Box<ErrorAnswer<E>>),
    /// The server answered with a declared success, but the body is not what the description says.
    Decode(Box<Undecoded>),
}

/// Why a request could not be built. Never holds the value at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the request was not sent: {0}")]
pub struct RequestError(pub(crate) String);

/// Why no whole answer came back.
pub struct TransportError(Box<Transport>);

struct Transport {
    fault: Fault,
    source: Option<reqwest::Error>,
    partial: Option<RawAnswer>,
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
    pub(crate) fn new(source: reqwest::Error, partial: Option<RawAnswer>) -> Self {
        let fault = match &source {
            it if it.is_connect() && it.is_timeout() => Fault::ConnectTimeout,
            it if it.is_timeout() => Fault::Timeout,
            it if it.is_connect() => Fault::Connect,
            _ => Fault::Other,
        };
        Self(Box::new(Transport { fault, source: Some(source.without_url()), partial }))
    }

    /// Time ran out.
    pub(crate) fn timeout(partial: Option<RawAnswer>) -> Self {
        Self(Box::new(Transport { fault: Fault::Timeout, source: None, partial }))
    }

    pub(crate) fn too_large(limit: u64, partial: Option<RawAnswer>) -> Self {
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

    /// Whether the answer is larger than the client's limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.fault, Fault::TooLarge(_))
    }

    /// What had come of the answer, if its head had.
    #[must_use]
    pub fn partial(&self) -> Option<&RawAnswer> {
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
                write!(f, "the answer is larger than the limit of {limit} bytes")
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

/// An answer with a status that is not declared as a success. An undeclared status arrives as it is.
pub struct ErrorAnswer<E> {
    pub(crate) raw: RawAnswer,
    pub(crate) typed: Option<Result<E, DecodeError>>,
}

impl<E> ErrorAnswer<E> {
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

impl<E> fmt::Debug for ErrorAnswer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorAnswer")
            .field("raw", &self.raw)
            .field("typed", &self.typed().is_some())
            .field("decode_error", &self.decode_error())
            .finish()
    }
}

/// A declared success whose body is not what the description says.
#[derive(Debug)]
pub struct Undecoded {
    pub(crate) raw: RawAnswer,
    pub(crate) error: DecodeError,
}

impl Undecoded {
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

    /// The place in the body, such as `content.items[3].expires_in`.
    #[must_use]
    pub fn path(&self) -> String {
        self.error.path()
    }
}

impl<E> Error<E> {
    /// The status, if an answer came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(RawAnswer::status)
    }

    /// The headers, if an answer came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(RawAnswer::headers)
    }

    /// The body as it came, as far as it came, if an answer did.
    #[must_use]
    pub fn raw(&self) -> Option<&Bytes> {
        self.answer().map(RawAnswer::body)
    }

    /// The body as the description types it for this status.
    #[must_use]
    pub fn typed(&self) -> Option<&E> {
        match self {
            Self::Status(answer) => answer.typed(),
            _ => None,
        }
    }

    /// The typed body itself.
    #[must_use]
    pub fn into_typed(self) -> Option<E> {
        match self {
            Self::Status(answer) => answer.into_typed(),
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
            Self::Status(answer) => Advice::of_answer(&answer.raw, SystemTime::now()),
        }
    }

    fn answer(&self) -> Option<&RawAnswer> {
        match self {
            Self::Request(_) | Self::Invalid(_) | Self::Token(_) => None,
            Self::Transport(error) => error.partial(),
            Self::Status(answer) => Some(&answer.raw),
            Self::Decode(answer) => Some(&answer.raw),
        }
    }
}

impl<E: Answers> Error<E> {
    /// An answer that is no declared success.
    pub(crate) fn refused(raw: RawAnswer) -> Self {
        let typed = E::read(raw.status(), raw.body());
        Self::Status(Box::new(ErrorAnswer { raw, typed }))
    }

    /// The vendor's error code: read from the body by itself, so that it is there for an undeclared
    /// status and a body that is otherwise not what the description says. Of a request that was not
    /// sent because a value is invalid, the code that the vendor would have answered with.
    #[must_use]
    pub fn code(&self) -> Option<E::Code> {
        match self {
            Self::Status(answer) => E::code(answer.raw()),
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

impl<E: Answers> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Invalid(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(answer) => {
                let (status, bytes) = (answer.status(), answer.raw().len());
                write!(f, "the server answered {status} ({bytes} bytes)")?;
                match E::listed_code(answer.raw()) {
                    Some(code) => write!(f, ": {code}"),
                    None => Ok(()),
                }
            }
            Self::Decode(answer) => {
                let (status, bytes) = (answer.status(), answer.raw().len());
                write!(
                    f,
                    "the answer {status} ({bytes} bytes) is not as described: {}",
                    answer.error
                )
            }
        }
    }
}

impl<E: Answers> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Token(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Status(answer) => answer.decode_error().map(|error| error as _),
            Self::Request(_) | Self::Invalid(_) | Self::Decode(_) => None,
        }
    }
}
