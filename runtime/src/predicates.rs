//! What callers ask of an outcome before they look at it closely.

use http::HeaderMap;

use crate::error::Error;
use crate::response::{RawResponse, Response};
use crate::retry::Advice;

/// Headers that name a request as the server's log does, the most usual one first.
const REQUEST_IDS: [&str; 6] =
    ["x-request-id", "request-id", "x-correlation-id", "correlation-id", "x-trace-id", "trace-id"];

/// The request's name in the server's log.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_IDS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

impl<E> Error<E> {
    /// Whether the same call may fare better later: there was no connection or no whole response, or
    /// the server was busy or in trouble. It says nothing of whether the call was carried out, which
    /// [`advice`](Self::advice) does.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.advice() != Advice::Never
    }

    /// What the server calls the request in its log, if a response came and says so: give it to the
    /// vendor's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }
}

impl<T> Response<T> {
    /// What the server calls the request in its log, if the response says so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }
}

impl RawResponse {
    /// What the server calls the request in its log, if the response says so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }
}
