//! Responses, raw and typed.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::header_value::header_text;
use super::method::Method;
use super::rate_limit::RateLimit;
use super::retry_after::{RetryHeader, server_wait};
use crate::platform;

/// Headers with the request ID, the most common one first.
const REQUEST_ID_HEADERS: [&str; 6] =
    ["x-request-id", "request-id", "x-correlation-id", "correlation-id", "x-trace-id", "trace-id"];

/// Returns the ID that the server has given the request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID_HEADERS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

/// A response that is not decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    retry_headers: &'static [RetryHeader],
    /// The idempotency key of the request.
    key: Option<HeaderValue>,
}

impl RawResponse {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body, retry_headers: &[], key: None }
    }

    /// Sets the bytes of the body.
    pub(crate) fn with_bytes(self, body: Bytes) -> Self {
        Self { body, ..self }
    }

    /// Sets the headers in which the server may send how long to wait before a retry.
    pub(crate) fn with_retry_headers(self, retry_headers: &'static [RetryHeader]) -> Self {
        Self { retry_headers, ..self }
    }

    /// Sets the idempotency key of the request.
    pub(crate) fn with_idempotency_key(self, key: Option<HeaderValue>) -> Self {
        Self { key, ..self }
    }

    /// Returns how long the server asks to wait before a retry.
    pub(crate) fn requested_wait(&self, now: SystemTime) -> Option<Duration> {
        server_wait(self.retry_headers, self.status, &self.headers, now)
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body as received.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether a response to this method, with this status, has content (RFC 9110 §6.4.1, §15.3.6).
    pub(crate) fn has_content(&self, method: Method) -> bool {
        let is_without = self.status.is_informational()
            || matches!(self.status.as_u16(), 204 | 205 | 304)
            || method == Method::Head;
        !is_without
    }

    /// Returns the ID that the server has given the request, if the response contains one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// Returns the idempotency key that the request was sent with, if any.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        header_text(self.key.as_ref()?)
    }

    /// Returns the rate limit that the server reports, if it does.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers, platform::now())
    }

    /// Creates the typed response with a decoded body. `opaque` bodies are not shown by `Debug`.
    pub(crate) fn with_body<T>(self, body: T, opaque: bool) -> Response<T> {
        let hidden = opaque.then_some(self.body.len());
        Response { status: self.status, headers: self.headers, body, hidden, key: self.key }
    }
}

impl fmt::Debug for RawResponse {
    /// Shows only header names and the body size: values may be credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// Shows the names of headers.
pub(crate) struct HeaderNames<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys().map(http::HeaderName::as_str)).finish()
    }
}

/// A success: status, headers and the typed body, to which it dereferences. The status may be a
/// `2xx` that is not declared, if the body matches the type of the declared success.
#[derive(Clone, PartialEq)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    /// The size of an opaque body, which may contain a secret and is therefore not printed.
    hidden: Option<usize>,
    /// The idempotency key of the request.
    key: Option<HeaderValue>,
}

impl<T> Response<T> {
    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the ID that the server has given the request, if the response contains one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// Returns the idempotency key that the request was sent with, if any.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        header_text(self.key.as_ref()?)
    }

    /// Returns the rate limit that the server reports, if it does.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers, platform::now())
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the body by value.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Response");
        out.field("status", &self.status).field("headers", &HeaderNames(&self.headers));
        match self.hidden {
            Some(bytes) => out.field("body", &format_args!("{bytes} bytes")),
            None => out.field("body", &self.body),
        };
        out.finish()
    }
}
