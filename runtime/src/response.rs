//! What came back.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::retry::RetryHeader;

/// A response before anything is made of it.
#[derive(Clone, PartialEq, Eq)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    retry_headers: &'static [RetryHeader],
}

impl RawResponse {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body, retry_headers: &[] }
    }

    /// The response of a server that may say in these headers how long to wait.
    pub(crate) fn asking(self, retry_headers: &'static [RetryHeader]) -> Self {
        Self { retry_headers, ..self }
    }

    /// The headers in which its server may say how long to wait.
    pub(crate) fn retry_headers(&self) -> &'static [RetryHeader] {
        self.retry_headers
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The response with what was made of its body.
    pub(crate) fn with<T>(self, body: T, opaque: bool) -> Response<T> {
        let hidden = opaque.then_some(self.body.len());
        Response { status: self.status, headers: self.headers, body, hidden }
    }
}

impl fmt::Debug for RawResponse {
    /// Names the headers and counts the bytes: either may hold a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &Names(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// The names of headers.
struct Names<'a>(&'a HeaderMap);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys().map(http::HeaderName::as_str)).finish()
    }
}

/// A declared success: the typed body, to which it derefs, with status and headers.
#[derive(Clone, PartialEq)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    /// The length of a body that no type tells what it holds, and that is therefore not printed.
    hidden: Option<usize>,
}

impl<T> Response<T> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body itself.
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
        out.field("status", &self.status).field("headers", &Names(&self.headers));
        match self.hidden {
            Some(bytes) => out.field("body", &format_args!("{bytes} bytes")),
            None => out.field("body", &self.body),
        };
        out.finish()
    }
}
