//! The message of an error: what ended the call, and what is known about all its attempts.

use std::fmt::{self, Display};

use super::Error;
use super::summary::printable;
use crate::retry::Processed;

impl<E> Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_last_attempt(f)?;
        if let Some(id) = self.request_id() {
            write!(f, " (request {})", printable(id))?;
        }
        if let Some(reason) = self.record().not_retried {
            write!(f, "; not retried: {reason}")?;
        }
        self.write_outcome(f)
    }
}

impl<E> Error<E> {
    /// Writes what ended the last attempt.
    fn write_last_attempt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) if self.attempts() > 1 => {
                write!(f, "attempt {} was not sent: {}", self.attempts(), error.message())
            }
            Self::Request(error) => error.fmt(f),
            Self::Validation(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(response) => {
                let (status, summary) = (response.status(), response.summary.as_str());
                match summary {
                    "" => {
                        let bytes = response.raw().len();
                        write!(f, "the server responded {status} ({bytes} bytes)")
                    }
                    summary => write!(f, "the server responded {status}: {summary}"),
                }
            }
            Self::Decode(response) => write!(
                f,
                "the server reported success, {}, but the body ({} bytes) could not be decoded: {}",
                response.status(),
                response.raw().len(),
                response.error
            ),
            Self::UnexpectedSuccess(response) => write!(
                f,
                "the server reported success, but with the undeclared status {}, and the body \
                 ({} bytes) could not be decoded: {}",
                response.status(),
                response.raw().len(),
                response.error
            ),
            Self::RepeatedPage(response) => write!(
                f,
                "the server reported success, {}, but sent a page that it already sent, so the \
                 list would never end",
                response.status()
            ),
        }
    }

    /// Writes whether the server may have processed the call. Nothing is written for methods without
    /// effects, except for the number of attempts.
    fn write_outcome(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = self.record();
        let attempts = record.attempts;
        let has_effects = record.method.is_some_and(|method| !method.is_safe());
        let last = self.last_processed();
        let shows_success =
            matches!(self, Self::Decode(_) | Self::UnexpectedSuccess(_) | Self::RepeatedPage(_));
        if has_effects && record.processed_with(last) == Processed::Yes && !shows_success {
            f.write_str("; the server had reported success")?;
        } else if has_effects && last == Processed::Unknown {
            f.write_str("; the server may have processed it")?;
        } else if has_effects && let Some(earlier) = record.first_processed() {
            let (number, reason) = (earlier.number(), earlier.reason());
            return write!(
                f,
                "; the server may have processed attempt {number} of {attempts} ({reason})"
            );
        }
        match attempts {
            0 | 1 => Ok(()),
            _ => write!(f, "; {attempts} attempts"),
        }
    }
}
