//! Whether it is worth calling again.

use std::time::{Duration, SystemTime};

use super::after;
use crate::error::TransportError;
use crate::response::RawResponse;

/// Whether a call that failed may be made again, for callers who repeat it themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// The same request would fare no better.
    Never,
    /// It was not carried out: it may be made again, after this time where the server names one.
    Again(Option<Duration>),
    /// It may have been carried out, or not: it may be made again only if it does no harm twice, as
    /// with an idempotent method (RFC 9110 §9.2.2) or the same idempotency key; after this time where
    /// the server names one. Otherwise, look first what became of it.
    IfHarmless(Option<Duration>),
}

impl Advice {
    /// What to make of a response, at this time.
    pub(crate) fn of_response(response: &RawResponse, now: SystemTime) -> Self {
        let wait = || after::wait(response, now);
        match response.status().as_u16() {
            // RFC 6585 §4: refused for their number. RFC 8470 §5.2: refused for their haste.
            429 | 425 => Self::Again(wait()),
            408 | 500 | 502..=504 => Self::IfHarmless(wait()),
            _ => Self::Never,
        }
    }

    /// What to make of a response that did not come.
    pub(crate) fn of_transport(error: &TransportError) -> Self {
        match (error.is_connect(), error.is_too_large()) {
            (true, _) => Self::Again(None),
            (false, true) => Self::Never,
            (false, false) => Self::IfHarmless(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    #[test]
    fn advice_by_status() {
        for (status, expected) in [
            (400, Advice::Never),
            (401, Advice::Never),
            (409, Advice::Never),
            (429, Advice::Again(None)),
            (500, Advice::IfHarmless(None)),
            (501, Advice::Never),
            (503, Advice::IfHarmless(None)),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let response = RawResponse::new(status, HeaderMap::new(), Bytes::new());
            assert_eq!(Advice::of_response(&response, SystemTime::UNIX_EPOCH), expected);
        }
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", HeaderValue::from_static("7"));
        let response = RawResponse::new(StatusCode::TOO_MANY_REQUESTS, headers, Bytes::new());
        let advice = Advice::of_response(&response, SystemTime::UNIX_EPOCH);
        assert_eq!(advice, Advice::Again(Some(Duration::from_secs(7))));
    }
}
