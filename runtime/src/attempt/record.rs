//! The record of a call: how many attempts it has made, and what is known about their outcome.

use std::fmt;

use http::{HeaderValue, StatusCode};

use crate::message::error::TransportError;
use crate::message::method::Method;
use crate::message::response::RawResponse;
use crate::message::secrets::Secrets;
use crate::retry::{Advice, AttemptResult, NotRetried, Processed};

/// The maximum number of failed attempts that a call remembers.
const MAX_EARLIER: usize = 32;

/// An attempt of a call that failed and was followed by another one: `attempt 1: 503 Service
/// Unavailable`.
pub struct FailedAttempt {
    number: u32,
    result: AttemptResult,
}

impl FailedAttempt {
    /// Returns the number of the attempt within its call; the first one is 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the status, if a response was received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.result.status()
    }

    /// Returns the response, as far as it was received; without a body if it is an event stream.
    #[must_use]
    pub fn response(&self) -> Option<&RawResponse> {
        match &self.result {
            AttemptResult::Response(response) => Some(response),
            AttemptResult::Transport(error) => error.partial(),
        }
    }

    /// Returns why no complete response was received.
    #[must_use]
    pub fn transport_error(&self) -> Option<&TransportError> {
        match &self.result {
            AttemptResult::Response(_) => None,
            AttemptResult::Transport(error) => Some(error),
        }
    }

    /// Returns whether the server has processed the request of this attempt.
    #[must_use]
    pub fn processed(&self) -> Processed {
        self.result.processed()
    }

    /// Displays why the attempt failed.
    pub(crate) fn reason(&self) -> impl fmt::Display {
        &self.result
    }
}

impl fmt::Display for FailedAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attempt {}: {}", self.number, self.result)
    }
}

impl fmt::Debug for FailedAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FailedAttempt({self})")
    }
}

/// The record of a call.
#[derive(Debug)]
pub(crate) struct CallRecord {
    /// The HTTP method; `None` if nothing is ever sent.
    pub(crate) method: Option<Method>,
    /// The idempotency key of all attempts.
    pub(crate) key: Option<HeaderValue>,
    /// The number of attempts, including the last one.
    pub(crate) attempts: u32,
    /// The failed attempts before the last one: the first that may have been processed, and the latest.
    pub(crate) earlier: Vec<FailedAttempt>,
    /// Whether the server has processed an earlier attempt.
    pub(crate) processed: Processed,
    /// Whether an earlier attempt may have reached the server.
    pub(crate) was_sent: bool,
    /// The values that the message of an error must not repeat; `None` if it must not contain texts of
    /// the server.
    pub(crate) secrets: Option<Secrets>,
    /// Why the last attempt was not followed by another one.
    pub(crate) not_retried: Option<NotRetried>,
}

impl CallRecord {
    /// Creates the record of a call without attempts.
    pub(crate) fn new(method: Option<Method>, key: Option<HeaderValue>) -> Self {
        Self {
            method,
            key,
            attempts: 0,
            earlier: Vec::new(),
            processed: Processed::No,
            was_sent: false,
            secrets: None,
            not_retried: None,
        }
    }

    /// Begins an attempt, and returns its number.
    pub(super) fn begin_attempt(&mut self) -> u32 {
        self.attempts = self.attempts.saturating_add(1);
        self.attempts
    }

    /// Adds the result of a failed attempt that is followed by another one.
    pub(crate) fn push_failure(&mut self, result: AttemptResult) {
        self.processed = self.processed.max(result.processed());
        self.was_sent |= result.was_sent();
        if self.earlier.len() == MAX_EARLIER {
            let first = self.earlier.first();
            let is_kept = first.is_some_and(|attempt| attempt.processed() != Processed::No);
            self.earlier.remove(usize::from(is_kept));
        }
        self.earlier.push(FailedAttempt { number: self.attempts, result });
    }

    /// Records that the server reported success for the last attempt, whose response is streamed.
    pub(crate) fn record_success(&mut self) {
        (self.processed, self.was_sent) = (Processed::Yes, true);
    }

    /// Returns whether the server has processed the call, in any attempt; `last` is whether it has
    /// processed the last one.
    pub(crate) fn processed_with(&self, last: Processed) -> Processed {
        self.processed.max(last)
    }

    /// Returns the advice for the call: `advice` is that for its last attempt, and `last` is whether the
    /// server has processed this attempt.
    pub(crate) fn advice(&self, advice: Advice, last: Processed) -> Advice {
        match self.processed_with(last) {
            Processed::No => advice,
            // The outcome does not matter if the method has no effects.
            _ if advice == Advice::Never && self.method.is_none_or(Method::is_safe) => advice,
            Processed::Unknown | Processed::Yes => advice.after_unknown_outcome(),
        }
    }

    /// Returns the first attempt that may have been processed.
    pub(crate) fn first_processed(&self) -> Option<&FailedAttempt> {
        self.earlier.iter().find(|attempt| attempt.processed() != Processed::No)
    }
}
