//! Convenience predicates on errors and responses.

use http::HeaderMap;

use crate::error::Error;
use crate::response::{RawResponse, Response};
use crate::retry::Advice;

/// Headers with the request ID, the most common one first.
const REQUEST_ID_HEADERS: [&str; 6] =
    ["x-request-id", "request-id", "x-correlation-id", "correlation-id", "x-trace-id", "trace-id"];

/// Returns the ID that the server has given the request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID_HEADERS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

impl<E> Error<E> {
    /// Whether the same call may succeed later: connecting failed, no complete response was
    /// received, or the server was overloaded or failing. See [`advice`](Self::advice) for whether
    /// the request may have been carried out, and is therefore safe to retry.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.advice() != Advice::Never
    }

    /// Returns the ID that the server has given the request, if the response contains one. Include
    /// it when you contact the vendor's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }
}

impl<T> Response<T> {
    /// Returns the ID that the server has given the request, if the response contains one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }
}

impl RawResponse {
    /// Returns the ID that the server has given the request, if the response contains one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }
}
