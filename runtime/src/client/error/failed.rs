//! A failed call: the error that ended it, and the record of its attempts.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;

use crate::attempt::{CallRecord, FailedAttempt};
use crate::message::error::TransportError;
use crate::retry::Processed;

/// A failed call: the error of its last attempt, to which it dereferences, and the record of all its
/// attempts.
pub struct Failed<T>(Box<Parts<T>>);

struct Parts<T> {
    error: T,
    record: CallRecord,
}

impl<T> Failed<T> {
    pub(crate) fn new(error: T, record: CallRecord) -> Self {
        Self(Box::new(Parts { error, record }))
    }

    /// Returns the number of attempts, including the last one. 0 if the call failed before its first
    /// attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.record.attempts
    }

    /// Returns the failed attempts before the last one. Of more than 32, these are the first that may
    /// have been processed, and the latest.
    #[must_use]
    pub fn earlier(&self) -> &[FailedAttempt] {
        &self.0.record.earlier
    }

    /// Returns the error of the last attempt by value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0.error
    }

    pub(super) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Failed<U> {
        Failed::new(convert(self.0.error), self.0.record)
    }

    pub(super) fn record(&self) -> &CallRecord {
        &self.0.record
    }
}

impl Failed<TransportError> {
    /// Whether connecting failed in every attempt, so that nothing of the call has reached the
    /// server.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.error.is_connect() && !self.0.record.was_sent
    }

    /// Whether the server has certainly processed none of the attempts: a request was not sent, or the
    /// server rejected it before processing it.
    #[must_use]
    pub fn is_unprocessed(&self) -> bool {
        self.0.error.is_unprocessed() && self.0.record.processed == Processed::No
    }
}

impl<T> Deref for Failed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.error
    }
}

impl<T: fmt::Debug> fmt::Debug for Failed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failed")
            .field("error", &self.0.error)
            .field("attempts", &self.0.record.attempts)
            .field("earlier", &self.0.record.earlier)
            .finish()
    }
}

impl<T: fmt::Display> fmt::Display for Failed<T> {
    /// Shows the error of the last attempt.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.error.fmt(f)
    }
}

impl<T: StdError> StdError for Failed<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.error.source()
    }
}
