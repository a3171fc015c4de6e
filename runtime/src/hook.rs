//! Looking on at the attempts of calls.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use url::Url;

use crate::error::TransportError;
use crate::operation::{Method, Operation};
use crate::response::RawResponse;

/// Something that is told of every attempt of every call of a client, the calls for tokens included:
/// for logs, metrics, and headers that go along with every request.
///
/// Neither an [`Attempt`] nor an [`Outcome`] shows a query, a header's value or a body when it is
/// printed: a line of both can be pasted into a bug report.
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
    /// Before an attempt: its headers are those of the call, without credentials and signature, which
    /// come after. What is put there is signed and sent.
    fn before(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let _ = (attempt, headers);
    }

    /// After an attempt that was sent.
    fn after(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        let _ = (attempt, outcome);
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

    /// The name of the client's method.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.name()
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.operation.method()
    }

    /// The path template: the path itself may hold anything.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.operation.path()
    }

    /// The server's name or address.
    #[must_use]
    pub fn host(&self) -> &'a str {
        self.url.host_str().unwrap_or_default()
    }

    /// `https`, or `http`.
    #[must_use]
    pub fn scheme(&self) -> &'a str {
        self.url.scheme()
    }

    /// The server's port.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.url.port_or_known_default()
    }

    /// Which attempt of the call it is; the first one is 1.
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

/// What came of an attempt: `503 Service Unavailable, 38 bytes, request id r-1, in 120 ms`.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    result: Result<&'a RawResponse, &'a TransportError>,
    took: Duration,
}

impl<'a> Outcome<'a> {
    pub(crate) fn new(result: Result<&'a RawResponse, &'a TransportError>, took: Duration) -> Self {
        Self { result, took }
    }

    /// The response, whatever its status, as far as it came. The body of one that is read as a stream is
    /// not there.
    #[must_use]
    pub fn response(&self) -> Option<&'a RawResponse> {
        match self.result {
            Ok(response) => Some(response),
            Err(error) => error.partial(),
        }
    }

    /// The status, if a response came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// Why there is no whole response.
    #[must_use]
    pub fn error(&self) -> Option<&'a TransportError> {
        self.result.err()
    }

    /// How long it took.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.took
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
        write!(f, "in {} ms", self.took.as_millis())
    }
}

impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outcome({self})")
    }
}
