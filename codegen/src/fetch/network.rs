//! One request and one response, and what sends them.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use url::Url;

/// A GET request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The address.
    pub url: Url,
    /// The validators of the response that is known, so that an equal one is not sent again.
    pub validators: Validators,
    /// The maximum size of the response body, decompressed.
    pub max_bytes: u64,
}

/// What identifies a version of a page (RFC 9110 §8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The header `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The header `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Validators {
    /// Returns whether there are no validators.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// A response.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The header `Location`.
    pub location: Option<String>,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The validators.
    pub validators: Validators,
    /// The body, decompressed. It is complete.
    pub body: Vec<u8>,
}

/// Why there is no response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// A later attempt may succeed.
    Temporary(String),
    /// Each attempt would fail.
    Permanent(String),
}

/// What sends requests. It follows no redirects and does not retry.
pub trait Network: Sync {
    /// Sends a request.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no complete response.
    fn send(&self, request: &Request) -> Result<Response, SendError>;

    /// Waits.
    fn wait(&self, duration: Duration);

    /// Returns the time.
    fn now(&self) -> SystemTime;
}

/// The body of a successful response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The address after redirects.
    pub url: Url,
    /// The validators.
    pub validators: Validators,
    /// The body.
    pub body: Vec<u8>,
}

/// The responses of an earlier run that was interrupted.
pub trait Cache: Sync {
    /// Returns the response of an address.
    fn load(&self, url: &Url) -> Option<Received>;

    /// Keeps the response of an address.
    fn store(&self, url: &Url, received: &Received);
}

/// Keeps nothing.
#[derive(Debug)]
pub struct NoCache;

impl Cache for NoCache {
    fn load(&self, _: &Url) -> Option<Received> {
        None
    }

    fn store(&self, _: &Url, _: &Received) {}
}
