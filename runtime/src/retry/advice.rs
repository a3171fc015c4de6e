//! Whether a failed call may be retried.

use std::time::{Duration, SystemTime};

use crate::message::error::TransportError;
use crate::message::response::RawResponse;

/// Whether a failed call may be retried, for callers who retry it themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// Retrying the same call would not help.
    Never,
    /// No attempt of the call was processed. It may be retried, after this time if the server sent
    /// one.
    Retry(Option<Duration>),
    /// An attempt of the call may have been processed. It may be retried if it is idempotent, by its
    /// method (RFC 9110 §9.2.2) or by sending the same idempotency key
    /// ([`Error::idempotency_key`](crate::Error::idempotency_key)); after this time if the server
    /// sent one. Otherwise, find out first whether it was processed.
    RetryIfIdempotent(Option<Duration>),
    /// The server reported success, although the response could not be read: the call was processed.
    /// Retrying it could have its effect twice.
    Succeeded,
}

impl Advice {
    /// Returns the advice for a response, at this time.
    pub(crate) fn for_response(response: &RawResponse, now: SystemTime) -> Self {
        let wait = || response.requested_wait(now);
        match response.status().as_u16() {
            // RFC 6585 §4: too many requests. RFC 8470 §5.2: too early. Neither was processed.
            429 | 425 => Self::Retry(wait()),
            status if is_retryable_status(status) => Self::RetryIfIdempotent(wait()),
            _ => Self::Never,
        }
    }

    /// Returns the advice for an exchange without a complete response.
    pub(crate) fn for_transport_error(error: &TransportError) -> Self {
        match (error.is_unprocessed(), error.is_permanent()) {
            (true, _) => Self::Retry(None),
            (false, true) => Self::Never,
            (false, false) => Self::RetryIfIdempotent(None),
        }
    }

    /// Returns the advice for a call, an attempt of which may have been processed, from the advice for
    /// its last attempt. The call cannot be given up: its outcome is unknown.
    pub(crate) fn after_unknown_outcome(self) -> Self {
        match self {
            Self::Retry(wait) | Self::RetryIfIdempotent(wait) => Self::RetryIfIdempotent(wait),
            Self::Never => Self::RetryIfIdempotent(None),
            Self::Succeeded => Self::Succeeded,
        }
    }
}

/// Whether the same request may succeed later, after a response with this status. Unknown statuses of
/// servers are like 500 (RFC 9110 §15).
pub(super) const fn is_retryable_status(status: u16) -> bool {
    match status {
        // The server would respond to a later request in the same way.
        501 | 505 | 511 => false,
        408 | 425 | 429 | 500..=599 => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    #[test]
    fn advice_depends_on_the_status() {
        for (status, expected) in [
            (400, Advice::Never),
            (401, Advice::Never),
            (409, Advice::Never),
            (429, Advice::Retry(None)),
            (500, Advice::RetryIfIdempotent(None)),
            (501, Advice::Never),
            (503, Advice::RetryIfIdempotent(None)),
            (505, Advice::Never),
            (511, Advice::Never),
            (520, Advice::RetryIfIdempotent(None)),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let response = RawResponse::new(status, HeaderMap::new(), Bytes::new());
            assert_eq!(Advice::for_response(&response, SystemTime::UNIX_EPOCH), expected);
        }
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", HeaderValue::from_static("7"));
        let response = RawResponse::new(StatusCode::TOO_MANY_REQUESTS, headers, Bytes::new());
        let advice = Advice::for_response(&response, SystemTime::UNIX_EPOCH);
        assert_eq!(advice, Advice::Retry(Some(Duration::from_secs(7))));
    }
}
