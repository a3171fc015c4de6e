//! Why there is no token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;

use crate::error::{RequestError, TransportError};
use crate::platform;
use crate::response::RawResponse;
use crate::retry::Advice;

/// Why a token could not be fetched, so that the call that needs it was not sent. All calls that
/// waited for the token share it.
///
/// Neither `Debug` nor `Display` shows what the server responded; [`raw`](Self::raw) has it.
#[derive(Clone)]
pub struct TokenError(Arc<Inner>);

struct Inner {
    scheme: &'static str,
    fault: Fault,
}

pub(crate) enum Fault {
    /// The token request could not be built.
    Request(RequestError),
    /// No whole response came.
    Transport(TransportError),
    /// A response that is no success.
    Status(RawResponse),
    /// A success without a token, and what it lacks.
    NoToken(RawResponse, String),
}

impl TokenError {
    pub(super) fn new(scheme: &'static str, fault: Fault) -> Self {
        Self(Arc::new(Inner { scheme, fault }))
    }

    /// The name of the security scheme that the token is for.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.0.scheme
    }

    /// The status of the response to the token request, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// The body of that respond as it came.
    #[must_use]
    pub fn raw(&self) -> Option<&Bytes> {
        self.response().map(RawResponse::body)
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match &self.0.fault {
            Fault::Transport(error) => error.is_timeout(),
            Fault::Request(_) | Fault::Status(_) | Fault::NoToken(..) => false,
        }
    }

    /// Whether the call that needed the token, and was not carried out, may be made again.
    pub(crate) fn advice(&self) -> Advice {
        let advice = match &self.0.fault {
            Fault::Request(_) | Fault::NoToken(..) => Advice::Never,
            Fault::Transport(error) => Advice::of_transport(error),
            Fault::Status(response) => Advice::of_response(response, platform::now()),
        };
        match advice {
            Advice::IfHarmless(wait) => Advice::Again(wait),
            other => other,
        }
    }

    fn response(&self) -> Option<&RawResponse> {
        match &self.0.fault {
            Fault::Request(_) => None,
            Fault::Transport(error) => error.partial(),
            Fault::Status(response) | Fault::NoToken(response, _) => Some(response),
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
        write!(f, "there is no token for `{}`: ", self.0.scheme)?;
        match &self.0.fault {
            Fault::Request(error) => error.fmt(f),
            Fault::Transport(error) => error.fmt(f),
            Fault::Status(response) => {
                let bytes = response.body().len();
                write!(f, "the server responded {} ({bytes} bytes)", response.status())
            }
            Fault::NoToken(response, why) => {
                let bytes = response.body().len();
                write!(f, "the server responded {} ({bytes} bytes), but {why}", response.status())
            }
        }
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.fault {
            Fault::Request(error) => Some(error),
            Fault::Transport(error) => error.source(),
            Fault::Status(_) | Fault::NoToken(..) => None,
        }
    }
}
