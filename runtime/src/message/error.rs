//! The errors of a single message: the request could not be built, or no complete response was
//! received.

use std::error::Error as StdError;
use std::fmt;

use super::response::RawResponse;
use crate::platform;

/// The error of a request that could not be built. Never contains the invalid value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the request was not sent: {0}")]
pub struct RequestError(pub(crate) String);

/// The error of an exchange without a complete response.
pub struct TransportError(Box<Transport>);

struct Transport {
    kind: TransportErrorKind,
    source: Option<reqwest::Error>,
    partial: Option<RawResponse>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TransportErrorKind {
    Timeout,
    Connect,
    ConnectTimeout,
    Refused,
    TooLarge(u64),
    Other,
}

impl TransportError {
    /// Wraps an error of `reqwest`, without the URL: its query may contain secrets.
    pub(crate) fn new(source: reqwest::Error, partial: Option<RawResponse>) -> Self {
        let kind = match (platform::is_connect(&source), source.is_timeout()) {
            (true, true) => TransportErrorKind::ConnectTimeout,
            (false, true) => TransportErrorKind::Timeout,
            // A response, even a part of one, shows that the request was processed.
            (false, false) if partial.is_none() && platform::is_refused(&source) => {
                TransportErrorKind::Refused
            }
            (true, false) => TransportErrorKind::Connect,
            (false, false) => TransportErrorKind::Other,
        };
        Self(Box::new(Transport { kind, source: Some(source.without_url()), partial }))
    }

    /// Creates the error of a request that timed out.
    pub(crate) fn timeout(partial: Option<RawResponse>) -> Self {
        Self(Box::new(Transport { kind: TransportErrorKind::Timeout, source: None, partial }))
    }

    /// Creates the error of a response that exceeds the limit.
    pub(crate) fn too_large(limit: u64, partial: Option<RawResponse>) -> Self {
        Self(Box::new(Transport {
            kind: TransportErrorKind::TooLarge(limit),
            source: None,
            partial,
        }))
    }

    /// Whether the request timed out: by the timeout of the call or the attempt, or because the
    /// connection was found dead.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::Timeout | TransportErrorKind::ConnectTimeout)
    }

    /// Whether connecting failed, so that nothing of the request has reached the server.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout)
    }

    /// Whether the server has certainly not processed the request: connecting failed, or the server
    /// refused the request before processing it, which it can report over HTTP/2 (RFC 9113 §8.7).
    #[must_use]
    pub fn is_unprocessed(&self) -> bool {
        self.is_connect() || self.0.kind == TransportErrorKind::Refused
    }

    /// Whether the response exceeds the client's limit.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::TooLarge(_))
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
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => {
                f.write_str("could not connect to the server")
            }
            TransportErrorKind::Refused => {
                f.write_str("the server refused the request before processing it")
            }
            TransportErrorKind::TooLarge(limit) => {
                write!(f, "the response is larger than the limit of {limit} bytes")
            }
            TransportErrorKind::Other => f.write_str("the exchange with the server failed"),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}
