//! Why a call has no response.

use super::record::CallRecord;
use crate::auth::{TokenError, TokenFault};
use crate::message::error::{RequestError, TransportError};
use crate::validate::failure::ValidationError;

/// Why an attempt has no response.
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

/// A call without a response: the failure of its last attempt, and its record.
pub(crate) struct FailedCall(Box<(Failure, CallRecord)>);

impl FailedCall {
    pub(crate) fn new(failure: Failure, record: CallRecord) -> Self {
        Self(Box::new((failure, record)))
    }

    pub(crate) fn into_parts(self) -> (Failure, CallRecord) {
        *self.0
    }
}

impl From<FailedCall> for TokenFault {
    fn from(failed: FailedCall) -> Self {
        match failed.into_parts().0 {
            Failure::Request(error) => Self::Request(error),
            Failure::Validation(error) => Self::Request(RequestError::body(error.to_string())),
            // A token request is sent without credentials, so this does not occur.
            Failure::Token(error) => Self::Request(RequestError::credentials(error.to_string())),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}
