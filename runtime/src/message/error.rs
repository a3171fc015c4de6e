//! The errors of a single message: the request could not be built, or no complete response was
//! received.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::response::RawResponse;
use crate::platform;

/// The error of a request that could not be built. Never contains the invalid value.
#[derive(Debug, Clone)]
pub struct RequestError {
    kind: RequestErrorKind,
    message: Cow<'static, str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// Why a request could not be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// A parameter, a header or a cookie can't be sent.
    Parameter,
    /// The body can't be encoded or read.
    Body,
    /// The URL of the server is invalid or unknown.
    Url,
    /// The credentials or the signing key that the operation requires are not set, or not suitable.
    Credentials,
    /// The idempotency key is empty, or the operation does not accept one.
    IdempotencyKey,
    /// The request could not be signed: the signer failed.
    Signature,
    /// The next page of a list can't be determined.
    Page,
    /// A blocking call can't be made here.
    Blocking,
}

/// Defines constructors of [`RequestError`], one for each kind.
macro_rules! constructors {
    ($($name:ident => $kind:ident),* $(,)?) => {
        impl RequestError {
            $(pub(crate) fn $name(message: impl Into<Cow<'static, str>>) -> Self {
                Self::new(RequestErrorKind::$kind, message)
            })*
        }
    };
}

constructors! {
    parameter => Parameter,
    body => Body,
    url => Url,
    credentials => Credentials,
    idempotency_key => IdempotencyKey,
    page => Page,
}

impl RequestError {
    pub(crate) fn new(kind: RequestErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    /// Creates the error of a signer.
    #[allow(dead_code, reason = "requests are signed only with a feature for signatures")]
    pub(crate) fn signature(
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        let source = source.map(Arc::from);
        Self { kind: RequestErrorKind::Signature, message: message.into(), source }
    }

    /// Returns why the request could not be built.
    #[must_use]
    pub fn kind(&self) -> RequestErrorKind {
        self.kind
    }

    /// Returns what is wrong, without saying that the request was not sent.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request was not sent: {}", self.message)
    }
}

impl StdError for RequestError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The error of an exchange without a complete response.
pub struct TransportError(Box<Transport>);

struct Transport {
    kind: TransportErrorKind,
    source: Option<BoxedError>,
    partial: Option<RawResponse>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TransportErrorKind {
    Timeout,
    Connect,
    ConnectTimeout,
    Rejected,
    TimeoutBeforeSending,
    TooLarge(u64),
    Redirected,
    Other,
}

type BoxedError = Box<dyn StdError + Send + Sync>;

impl TransportError {
    /// Creates the error of a request that timed out.
    #[must_use]
    pub fn timeout() -> Self {
        Self::without_source(TransportErrorKind::Timeout)
    }

    /// Creates the error of a connection that could not be made: nothing was sent.
    pub fn connect(source: impl Into<BoxedError>) -> Self {
        Self::with_source(TransportErrorKind::Connect, source)
    }

    /// Creates the error of a request that the server has certainly not processed, although it was
    /// sent.
    pub fn rejected(source: impl Into<BoxedError>) -> Self {
        Self::with_source(TransportErrorKind::Rejected, source)
    }

    /// Creates the error of an exchange that failed: the request may have been processed.
    pub fn failed(source: impl Into<BoxedError>) -> Self {
        Self::with_source(TransportErrorKind::Other, source)
    }

    /// Wraps an error of `reqwest`, without the URL: its query may contain secrets.
    pub(crate) fn from_reqwest(source: reqwest::Error) -> Self {
        let kind = match (platform::is_connect(&source), source.is_timeout()) {
            (true, true) => TransportErrorKind::ConnectTimeout,
            (false, true) => TransportErrorKind::Timeout,
            (true, false) => TransportErrorKind::Connect,
            (false, false) if platform::is_rejected(&source) => TransportErrorKind::Rejected,
            (false, false) => TransportErrorKind::Other,
        };
        Self::with_source(kind, source.without_url())
    }

    /// Creates the error of a response from another URL than the requested one.
    pub(crate) fn redirected() -> Self {
        Self::without_source(TransportErrorKind::Redirected)
    }

    /// Creates the error of a call that timed out before the request of its last attempt was sent.
    pub(crate) fn timeout_before_sending() -> Self {
        Self::without_source(TransportErrorKind::TimeoutBeforeSending)
    }

    /// Creates the error of a response that exceeds the limit.
    pub(crate) fn too_large(limit: u64) -> Self {
        Self::without_source(TransportErrorKind::TooLarge(limit))
    }

    fn with_source(kind: TransportErrorKind, source: impl Into<BoxedError>) -> Self {
        Self(Box::new(Transport { kind, source: Some(source.into()), partial: None }))
    }

    fn without_source(kind: TransportErrorKind) -> Self {
        Self(Box::new(Transport { kind, source: None, partial: None }))
    }

    /// Adds the part of the response that was received. It shows that the request was processed.
    pub(crate) fn with_partial(mut self, partial: RawResponse) -> Self {
        self.0.partial = Some(partial);
        if self.is_unprocessed() {
            self.0.kind = TransportErrorKind::Other;
        }
        self
    }

    /// Whether the request timed out: by the timeout of the call or the attempt, or because the
    /// connection was found dead.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.0.kind,
            TransportErrorKind::Timeout
                | TransportErrorKind::ConnectTimeout
                | TransportErrorKind::TimeoutBeforeSending
        )
    }

    /// Whether the request may have reached the server.
    pub(crate) fn was_sent(&self) -> bool {
        !self.is_connect() && self.0.kind != TransportErrorKind::TimeoutBeforeSending
    }

    /// Whether connecting failed, so that nothing of this request has reached the server. The error
    /// of a call knows whether an earlier attempt has: [`Error::is_connect`](crate::Error::is_connect).
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout)
    }

    /// Whether the server has certainly not processed the request: it was not sent, or the server
    /// rejected it before processing it, which it can report over HTTP/2 (RFC 9113 §8.7).
    #[must_use]
    pub fn is_unprocessed(&self) -> bool {
        !self.was_sent() || self.0.kind == TransportErrorKind::Rejected
    }

    /// Whether the response exceeds the client's limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::TooLarge(_))
    }

    /// Whether the response exceeds the client's limit, but its status reports success.
    pub(crate) fn is_oversized_success(&self) -> bool {
        self.is_too_large() && self.partial().is_some_and(|head| head.status().is_success())
    }

    /// Whether the response was received from another URL than the requested one: the HTTP client of a
    /// [`ReqwestTransport`](crate::ReqwestTransport) follows redirects.
    #[must_use]
    pub fn is_redirected(&self) -> bool {
        self.0.kind == TransportErrorKind::Redirected
    }

    /// Whether another attempt would fail in the same way.
    pub(crate) fn is_permanent(&self) -> bool {
        self.is_too_large() || self.is_redirected()
    }

    /// Returns the part of the response that was received, if its head was received.
    #[must_use]
    pub fn partial(&self) -> Option<&RawResponse> {
        self.0.partial.as_ref()
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.0.kind)
            .field("source", &self.0.source)
            .field("partial", &self.0.partial)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            TransportErrorKind::Timeout => f.write_str("the request timed out"),
            TransportErrorKind::TimeoutBeforeSending => {
                f.write_str("the call timed out before the request was sent")
            }
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => {
                f.write_str("could not connect to the server")
            }
            TransportErrorKind::Rejected => {
                f.write_str("the server rejected the request before processing it")
            }
            TransportErrorKind::TooLarge(limit) => {
                write!(f, "the response is larger than the limit of {limit} bytes")
            }
            TransportErrorKind::Redirected => f.write_str(
                "the response was received from another URL than the requested one: the HTTP client follows \
                 redirects; build it with `redirect::Policy::none()`",
            ),
            TransportErrorKind::Other => f.write_str("the exchange with the server failed"),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
