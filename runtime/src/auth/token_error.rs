//! The error of a failed token request.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use crate::message::error::{RequestError, TransportError};
use crate::message::response::RawResponse;
use crate::platform;
use crate::retry::Advice;

/// How long no token is requested after a request with the same credentials was rejected.
const REJECTION_HOLD: Duration = Duration::from_secs(5);

/// The longest time that a token endpoint can stop further token requests for.
const MAX_HOLD: Duration = Duration::from_secs(3600);

/// The error of a token that could not be fetched: the call that needs it was not sent. All calls
/// that waited for the token share the error.
///
/// Neither `Debug` nor `Display` shows the body of the response; [`raw`](Self::raw) returns it.
#[derive(Clone)]
pub struct TokenError(Arc<Inner>);

struct Inner {
    scheme: &'static str,
    fault: TokenFault,
}

/// Why a token could not be fetched.
pub(crate) enum TokenFault {
    /// The token request could not be built.
    Request(RequestError),
    /// No complete response was received.
    Transport(TransportError),
    /// The response is not a success.
    Status(RawResponse),
    /// The response is a success without a usable token; the string says why.
    NoToken(RawResponse, String),
    /// The caller's provider has no token.
    Provider(Box<dyn StdError + Send + Sync>),
}

impl TokenError {
    pub(crate) fn new(scheme: &'static str, fault: TokenFault) -> Self {
        Self(Arc::new(Inner { scheme, fault }))
    }

    /// Returns the name of the security scheme that the token is for.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.0.scheme
    }

    /// Returns the status of the response to the token request, if one was received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// Returns the body of that response as received.
    #[must_use]
    pub fn raw(&self) -> Option<&Bytes> {
        self.response().map(RawResponse::body)
    }

    /// Whether the token request timed out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match &self.0.fault {
            TokenFault::Transport(error) => error.is_timeout(),
            TokenFault::Request(_)
            | TokenFault::Status(_)
            | TokenFault::NoToken(..)
            | TokenFault::Provider(_) => false,
        }
    }

    /// Whether the call that needed the token may be retried. That call itself was never sent.
    pub(crate) fn advice(&self) -> Advice {
        let advice = match &self.0.fault {
            TokenFault::Request(_) | TokenFault::NoToken(..) => Advice::Never,
            TokenFault::Transport(error) => Advice::for_transport_error(error),
            TokenFault::Status(response) => Advice::for_response(response, platform::now()),
            TokenFault::Provider(_) => Advice::Retry(None),
        };
        match advice {
            Advice::RetryIfIdempotent(wait) => Advice::Retry(wait),
            other => other,
        }
    }

    /// Returns how long no other token is requested, since it would be rejected as well: as long as
    /// the server requests, or for some seconds.
    pub(super) fn hold(&self) -> Option<Duration> {
        let (response, is_rejected) = match &self.0.fault {
            TokenFault::Status(response) => {
                (response, matches!(response.status().as_u16(), 400 | 401 | 403))
            }
            TokenFault::NoToken(response, _) => (response, true),
            TokenFault::Request(_) | TokenFault::Transport(_) | TokenFault::Provider(_) => {
                return None;
            }
        };
        let requested = response.requested_wait(platform::now());
        requested.or(is_rejected.then_some(REJECTION_HOLD)).map(|hold| hold.min(MAX_HOLD))
    }

    fn response(&self) -> Option<&RawResponse> {
        match &self.0.fault {
            TokenFault::Request(_) | TokenFault::Provider(_) => None,
            TokenFault::Transport(error) => error.partial(),
            TokenFault::Status(response) | TokenFault::NoToken(response, _) => Some(response),
        }
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenError")
            .field("scheme", &self.0.scheme)
            .field("response", &self.response())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no token for the security scheme `{}`: ", self.0.scheme)?;
        match &self.0.fault {
            TokenFault::Request(error) => error.fmt(f),
            TokenFault::Transport(error) => error.fmt(f),
            TokenFault::Provider(_) => f.write_str("the token provider failed"),
            TokenFault::Status(response) => {
                let bytes = response.body().len();
                write!(f, "the server responded {} ({bytes} bytes)", response.status())
            }
            TokenFault::NoToken(response, reason) => {
                let bytes = response.body().len();
                write!(
                    f,
                    "the server responded {} ({bytes} bytes), but {reason}",
                    response.status()
                )
            }
        }
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.fault {
            TokenFault::Request(error) => Some(error),
            TokenFault::Transport(error) => error.source(),
            TokenFault::Provider(error) => Some(error.as_ref()),
            TokenFault::Status(_) | TokenFault::NoToken(..) => None,
        }
    }
}
