//! Why a call has no response.

use crate::auth::{TokenError, TokenFault};
use crate::message::error::{RequestError, TransportError};
use crate::validate::failure::ValidationError;

/// Why there is no response.
pub(crate) enum Failure {
    /// The request could not be built.
    Request(RequestError),
    /// The request violates a documented constraint, and was not sent.
    Validation(ValidationError),
    /// No token could be obtained.
    Token(TokenError),
    /// No complete response was received.
    Transport(TransportError),
}

impl From<Failure> for TokenFault {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Validation(error) => Self::Request(RequestError(error.to_string())),
            // A token request is sent without credentials, so this does not occur.
            Failure::Token(error) => Self::Request(RequestError(error.to_string())),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}
