//! The errors of a call: its last request was not sent, no response was received, or not the expected
//! one.

pub(crate) mod any;
mod display;
pub(crate) mod failed;
pub(crate) mod response;
mod summary;

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::attempt::{CallRecord, FailedAttempt, FailedCall, Failure};
use crate::auth::TokenError;
use crate::message::error::{RequestError, TransportError};
use crate::message::header_value::header_text;
use crate::message::rate_limit::RateLimit;
use crate::message::response::{RawResponse, request_id};
use crate::message::responses::ResponseEnum;
use crate::platform;
use crate::retry::{Advice, Processed};
use crate::validate::failure::ValidationError;
use crate::wire::{DecodeError, from_slice};
use failed::Failed;
use response::{DecodeFailure, ErrorResponse};
use summary::summarize;

/// The error of a call. `E` is the operation's enum of typed error bodies.
///
/// The variant is how the last attempt ended. A call may have made several attempts:
/// [`processed`](Self::processed), [`advice`](Self::advice), [`was_sent`](Self::was_sent) and
/// [`is_connect`](Self::is_connect) are about all of them, and [`earlier`](Self::earlier) returns the
/// failures before the last one.
///
/// `Display` shows the status, the vendor's error code and message (shortened, without the credentials,
/// secrets, personal and card data of the call), and the request ID; `ClientBuilder::hide_error_messages`
/// turns the message off. Neither `Debug` nor `Display` shows anything else of a body, a header value or a
/// query: print what you need from [`body`](Self::body) or [`typed`](Self::typed) yourself.
///
/// [`AnyError`](crate::AnyError) is the same error for all operations.
#[non_exhaustive]
pub enum Error<E> {
    /// The request of the last attempt could not be built, and was not sent.
    Request(Failed<RequestError>),
    /// A value violates a documented constraint; nothing was sent. Occurs only if validation is
    /// enabled on the client (feature `validate`).
    Validation(Failed<ValidationError>),
    /// The token that the last attempt needs could not be fetched; this attempt was not sent.
    Token(Failed<TokenError>),
    /// No complete response was received.
    Transport(Failed<TransportError>),
    /// The server responded with a status that is not a success; the status may be undeclared.
    Status(Failed<ErrorResponse<E>>),
    /// The server reported success, but the body does not match the type that is declared for the
    /// status.
    Decode(Failed<DecodeFailure>),
    /// The server reported success with a `2xx` status that is not declared, and the body does not
    /// match the declared success, or several are declared. The request was processed.
    UnexpectedSuccess(Failed<DecodeFailure>),
    /// The server responded to the request for a page of a list with a page that it has already sent.
    RepeatedPage(Failed<RawResponse>),
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

    /// Returns the body as far as it was received, if a response was received.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.raw()
    }

    /// Returns the vendor's error code as text, whatever type it is declared with.
    #[must_use]
    pub fn code_str(&self) -> Option<&str> {
        match self {
            Self::Status(response) => response.code_str(),
            Self::Validation(error) => error.code_text(),
            _ => None,
        }
    }

    /// Returns the vendor's message as received. It may repeat anything that the request contained:
    /// `Display` shows it without secrets.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Status(response) => response.message(),
            _ => None,
        }
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
            Self::Status(response) => response.into_inner().into_typed(),
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

    /// Whether connecting failed in every attempt, so that nothing of the call has reached the
    /// server.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// Whether a request of the call may have reached the server, in any attempt. If not, nothing was
    /// sent.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.record().was_sent
            || match self {
                Self::Request(_) | Self::Validation(_) | Self::Token(_) => false,
                Self::Transport(error) => error.was_sent(),
                Self::Status(_)
                | Self::Decode(_)
                | Self::UnexpectedSuccess(_)
                | Self::RepeatedPage(_) => true,
            }
    }

    /// Returns whether the server has processed the call, in any attempt.
    #[must_use]
    pub fn processed(&self) -> Processed {
        self.record().processed_with(self.last_processed())
    }

    /// Returns the number of attempts, including the last one. 0 if the call failed before its first
    /// attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.record().attempts
    }

    /// Returns the failed attempts before the last one. Of more than 32, these are the first that may
    /// have been processed, and the latest.
    #[must_use]
    pub fn earlier(&self) -> &[FailedAttempt] {
        &self.record().earlier
    }

    /// Returns the idempotency key of the call, with which it is safe to repeat; `None` if it was made
    /// without one.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        header_text(self.record().key.as_ref()?)
    }

    /// Returns whether the call may be retried. If the client has a [`Retry`](crate::Retry) policy,
    /// it has already retried as often as the policy allows.
    #[must_use]
    pub fn advice(&self) -> Advice {
        let advice = match self {
            Self::Request(_) | Self::Validation(_) => Advice::Never,
            Self::Token(error) => error.advice(),
            Self::Transport(error) if error.is_oversized_success() => Advice::Succeeded,
            Self::Transport(error) => Advice::for_transport_error(error),
            Self::Status(response) => Advice::for_response(&response.raw, platform::now()),
            Self::Decode(_) | Self::UnexpectedSuccess(_) | Self::RepeatedPage(_) => {
                Advice::Succeeded
            }
        };
        self.record().advice(advice, self.last_processed())
    }

    /// Whether the same call may succeed later: connecting failed, no complete response was
    /// received, or the server was overloaded or failing. See [`advice`](Self::advice) for whether
    /// the call may have been processed, and is therefore safe to retry.
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

    /// Returns the rate limit that the server reports with its response, if it does.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.response()?.rate_limit()
    }

    /// Returns whether the server has processed the last attempt.
    fn last_processed(&self) -> Processed {
        match self {
            Self::Request(_) | Self::Validation(_) | Self::Token(_) => Processed::No,
            Self::Transport(error) => Processed::for_transport_error(error),
            Self::Status(response) => Processed::for_status(response.status()),
            Self::Decode(_) | Self::UnexpectedSuccess(_) | Self::RepeatedPage(_) => Processed::Yes,
        }
    }

    /// Returns the record of the call.
    fn record(&self) -> &CallRecord {
        match self {
            Self::Request(failed) => failed.record(),
            Self::Validation(failed) => failed.record(),
            Self::Token(failed) => failed.record(),
            Self::Transport(failed) => failed.record(),
            Self::Status(failed) => failed.record(),
            Self::Decode(failed) | Self::UnexpectedSuccess(failed) => failed.record(),
            Self::RepeatedPage(failed) => failed.record(),
        }
    }

    fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Request(_) | Self::Validation(_) | Self::Token(_) => None,
            Self::Transport(error) => error.partial(),
            Self::Status(response) => Some(&response.raw),
            Self::Decode(response) | Self::UnexpectedSuccess(response) => Some(&response.raw),
            Self::RepeatedPage(response) => Some(response),
        }
    }
}

impl<E> From<FailedCall> for Error<E> {
    fn from(failed: FailedCall) -> Self {
        let (failure, record) = failed.into_parts();
        match failure {
            Failure::Request(error) => Self::Request(Failed::new(error, record)),
            Failure::Validation(error) => Self::Validation(Failed::new(error, record)),
            Failure::Token(error) => Self::Token(Failed::new(error, record)),
            Failure::Transport(error) => Self::Transport(Failed::new(error, record)),
        }
    }
}

impl<E> From<Failure> for Error<E> {
    /// Creates the error of a call that is never sent.
    fn from(failure: Failure) -> Self {
        Self::from(FailedCall::new(failure, CallRecord::new(None, None)))
    }
}

impl<E> From<RequestError> for Error<E> {
    /// Creates the error of a call that is never sent.
    fn from(error: RequestError) -> Self {
        Self::from(Failure::Request(error))
    }
}

impl<E: ResponseEnum> Error<E> {
    /// Creates the error of a response that is not a declared success.
    pub(crate) fn undeclared(raw: RawResponse, mut record: CallRecord) -> Self {
        if raw.status().is_success() {
            let error = DecodeError::invalid("has no declared type for this status");
            return Self::UnexpectedSuccess(Failed::new(DecodeFailure { raw, error }, record));
        }
        let (typed, body) = (E::read(raw.status(), raw.body()), raw.body());
        let (code, message) = (E::code_text(body), E::message(body));
        let summary = match record.secrets.take() {
            Some(mut secrets) => {
                if let Ok(body) = from_slice::<Value>(body) {
                    secrets.add_value(&body);
                }
                summarize(code.as_deref(), message.as_deref(), &secrets)
            }
            None => E::known_code(body).unwrap_or_default(),
        };
        Self::Status(Failed::new(ErrorResponse { raw, typed, code, message, summary }, record))
    }

    /// Creates the error of a declared success whose body does not match its type.
    pub(crate) fn undecodable(raw: RawResponse, error: DecodeError, record: CallRecord) -> Self {
        Self::Decode(Failed::new(DecodeFailure { raw, error }, record))
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
            Self::RepeatedPage(it) => f.debug_tuple("RepeatedPage").field(it).finish(),
        }
    }
}

impl<E> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Request(error) => error.source(),
            Self::Token(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Status(response) => response.decode_error().map(|error| error as _),
            Self::Validation(_)
            | Self::Decode(_)
            | Self::UnexpectedSuccess(_)
            | Self::RepeatedPage(_) => None,
        }
    }
}
