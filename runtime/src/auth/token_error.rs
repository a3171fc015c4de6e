//! The error of a failed token request.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;

use crate::message::error::{RequestError, TransportError};
use crate::message::response::RawResponse;
use crate::platform;
use crate::retry::Advice;

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
            TokenFault::Request(_) | TokenFault::Status(_) | TokenFault::NoToken(..) => false,
        }
    }

    /// Whether the call that needed the token may be retried. That call itself was never sent.
    pub(crate) fn advice(&self) -> Advice {
        let advice = match &self.0.fault {
            TokenFault::Request(_) | TokenFault::NoToken(..) => Advice::Never,
            TokenFault::Transport(error) => Advice::for_transport_error(error),
            TokenFault::Status(response) => Advice::for_response(response, platform::now()),
        };
        match advice {
            Advice::RetryIfIdempotent(wait) => Advice::Retry(wait),
            other => other,
        }
    }

    fn response(&self) -> Option<&RawResponse> {
        match &self.0.fault {
            TokenFault::Request(_) => None,
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
            TokenFault::Status(_) | TokenFault::NoToken(..) => None,
        }
    }
}
