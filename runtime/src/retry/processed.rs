//! The result of an attempt, and whether the server has processed its request.

use std::fmt;

use http::StatusCode;

use crate::message::error::TransportError;
use crate::message::response::RawResponse;

/// Whether the server has processed a request, or a call with all its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Processed {
    /// Not processed: it did not reach the server, or the server rejected it.
    No,
    /// It may or may not have been processed. Find out before sending it again, unless that is safe.
    Unknown,
    /// The server reported success.
    Yes,
}

impl Processed {
    /// Whether the server has processed a request that it sent this status for (RFC 9110 §15). A status
    /// that the RFC does not define is like the first of its class.
    pub(crate) fn for_status(status: StatusCode) -> Self {
        match status.as_u16() {
            200..=299 => Self::Yes,
            // The client shall send the same request elsewhere, or has the resource already.
            300 | 304 | 307 | 308 => Self::No,
            408 => Self::Unknown,
            400..=499 => Self::No,
            // The method or the version of HTTP is not supported, or a network wants a login first
            // (RFC 6585 §6).
            501 | 505 | 511 => Self::No,
            // After 301 to 303, the client may read the result elsewhere. A server or gateway that
            // failed may have done so at any time.
            _ => Self::Unknown,
        }
    }

    /// Whether the server has processed a request without a complete response.
    pub(crate) fn for_transport_error(error: &TransportError) -> Self {
        match error.partial() {
            Some(response) => Self::for_status(response.status()),
            None if error.is_unprocessed() => Self::No,
            None => Self::Unknown,
        }
    }
}

/// The result of an attempt.
pub(crate) enum AttemptResult {
    Response(RawResponse),
    Transport(TransportError),
}

impl AttemptResult {
    /// Returns the status, if a response was received.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Response(response) => Some(response.status()),
            Self::Transport(error) => error.partial().map(RawResponse::status),
        }
    }

    /// Whether the server has processed the request of the attempt.
    pub(crate) fn processed(&self) -> Processed {
        match self {
            Self::Response(response) => Processed::for_status(response.status()),
            Self::Transport(error) => Processed::for_transport_error(error),
        }
    }

    /// Whether the request of the attempt may have reached the server.
    pub(crate) fn was_sent(&self) -> bool {
        match self {
            Self::Response(_) => true,
            Self::Transport(error) => error.was_sent(),
        }
    }
}

impl fmt::Display for AttemptResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(response) => response.status().fmt(f),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcome_of_a_status() {
        for (status, expected) in [
            (200, Processed::Yes),
            (301, Processed::Unknown),
            (303, Processed::Unknown),
            (304, Processed::No),
            (307, Processed::No),
            (308, Processed::No),
            (400, Processed::No),
            (401, Processed::No),
            (408, Processed::Unknown),
            (409, Processed::No),
            (425, Processed::No),
            (429, Processed::No),
            (500, Processed::Unknown),
            (501, Processed::No),
            (504, Processed::Unknown),
            (505, Processed::No),
            (507, Processed::Unknown),
            (511, Processed::No),
            (520, Processed::Unknown),
            (599, Processed::Unknown),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(Processed::for_status(status), expected, "{status}");
        }
    }
}
