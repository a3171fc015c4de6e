//! Hooks: observing the attempts of calls.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use url::Url;

use crate::message::error::TransportError;
use crate::message::method::Method;
use crate::message::response::RawResponse;
use crate::operation::Operation;

/// Observes every attempt of every call of a client, including token requests: for logs, metrics,
/// and headers that every request needs.
///
/// Printing an [`Attempt`] or an [`Outcome`] never shows a query, a header value or a body: a line
/// with both can be pasted into a bug report.
///
/// ```
/// use docwright_runtime::{Attempt, Client, ClientBuilder, HeaderMap, Hook, Outcome};
///
/// struct Log;
///
/// impl Hook for Log {
///     fn before(&self, _: &Attempt<'_>, headers: &mut HeaderMap) {
///         headers.insert("x-app", "shop".parse().expect("a value"));
///     }
///     fn after(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
///         eprintln!("{attempt}: {outcome}");
///     }
/// }
///
/// # fn build() -> Result<(), docwright_runtime::BuildError> {
/// let client: Client = ClientBuilder::new("https://api.acme.test").hook(Log).build()?;
/// # Ok(()) }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Runs before an attempt. `headers` are those of the call, before credentials and the
    /// signature are added. Headers added here are signed and sent, except for those that only the
    /// HTTP client may set, such as `Host` and `Content-Length`, and for the idempotency key of a call
    /// that has one. Exactly one of [`after`](Self::after) and [`abandoned`](Self::abandoned) follows.
    fn before(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let _ = (attempt, headers);
    }

    /// Runs after an attempt whose request was sent.
    fn after(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        let _ = (attempt, outcome);
    }

    /// Runs instead of [`after`](Self::after) if an attempt ends without an outcome. Either its
    /// request could not be completed, and was not sent; or the call was dropped, for example
    /// because the caller's own timeout has passed. In the latter case, the server may have received
    /// the request.
    fn abandoned(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }
}

/// An attempt of a call: `POST /oauth/token (create_token) at api.acme.test, attempt 2`.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    operation: &'static Operation,
    url: &'a Url,
    number: u32,
}

impl<'a> Attempt<'a> {
    pub(crate) fn new(operation: &'static Operation, url: &'a Url, number: u32) -> Self {
        Self { operation, url, number }
    }

    /// Returns the name of the client's method.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.name()
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.operation.method()
    }

    /// Returns the path template, since the path itself may contain secrets.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.operation.path()
    }

    /// Returns the server's host name or address.
    #[must_use]
    pub fn host(&self) -> &'a str {
        self.url.host_str().unwrap_or_default()
    }

    /// Returns `https` or `http`.
    #[must_use]
    pub fn scheme(&self) -> &'a str {
        self.url.scheme()
    }

    /// Returns the server's port.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.url.port_or_known_default()
    }

    /// Returns the number of the attempt within its call; the first one is 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = http::Method::from(self.method());
        write!(f, "{method} {} ({}) at {}", self.path(), self.operation(), self.host())?;
        match self.url.port() {
            Some(port) => write!(f, ":{port}, attempt {}", self.number),
            None => write!(f, ", attempt {}", self.number),
        }
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attempt({self})")
    }
}

/// The outcome of an attempt: `503 Service Unavailable, 38 bytes, request id r-1, in 120 ms`.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    result: Result<&'a RawResponse, &'a TransportError>,
    elapsed: Duration,
}

impl<'a> Outcome<'a> {
    pub(crate) fn new(
        result: Result<&'a RawResponse, &'a TransportError>,
        elapsed: Duration,
    ) -> Self {
        Self { result, elapsed }
    }

    /// Returns the response, whatever its status, as far as it was received. The body of a streamed
    /// response is empty.
    #[must_use]
    pub fn response(&self) -> Option<&'a RawResponse> {
        match self.result {
            Ok(response) => Some(response),
            Err(error) => error.partial(),
        }
    }

    /// Returns the status, if a response was received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// Returns why no complete response was received.
    #[must_use]
    pub fn error(&self) -> Option<&'a TransportError> {
        self.result.err()
    }

    /// Returns how long the attempt took.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl fmt::Display for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(error) = self.error() {
            write!(f, "{error}, ")?;
        }
        if let Some(response) = self.response() {
            write!(f, "{}, {} bytes, ", response.status(), response.body().len())?;
            if let Some(id) = response.request_id() {
                write!(f, "request id {}, ", id.escape_debug())?;
            }
        }
        write!(f, "in {} ms", self.elapsed.as_millis())
    }
}

impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outcome({self})")
    }
}
