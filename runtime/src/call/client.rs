//! The client behind every generated client: servers, credentials, timeouts and limits.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use super::hook::Hook;
use super::server::{BaseUrl, Servers};
use crate::auth::Credential;
use crate::message::error::RequestError;
use crate::message::retry_after::RetryHeader;
use crate::operation::Operation;
use crate::platform;
use crate::retry::{Budget, Retry};
use crate::signature::ClientSigning;

/// The configuration and connections that calls share. Cheap to clone; clones share connections.
///
/// A connection belongs to the runtime of the call that opened it. If several single-threaded
/// runtimes share a client and one of them is not driven for some time, calls of the others may
/// wait for its connections until they time out: use a client for each such runtime.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

/// What the clones of a client share.
pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    pub(crate) servers: Servers,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) timeout: Duration,
    pub(crate) response_limit: usize,
    pub(crate) user_agent: HeaderValue,
    pub(crate) retry: Retry,
    pub(crate) retry_headers: &'static [RetryHeader],
    pub(crate) budget: Budget,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) validate: bool,
    /// Whether `Display` of errors shows the vendor's message.
    pub(crate) shows_messages: bool,
    pub(crate) clock: Option<Clock>,
    pub(crate) signing: ClientSigning,
}

pub(crate) type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

impl Client {
    /// Returns the base URL.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.servers.base()
    }

    /// Returns the base URL of an operation, without a trailing slash. `base` overrides the server.
    pub(crate) fn operation_url(
        &self,
        operation: &Operation,
        base: Option<&BaseUrl>,
    ) -> Result<String, RequestError> {
        match base {
            Some(base) => self.0.servers.override_url(base),
            None => self.0.servers.operation_url(operation),
        }
    }

    /// Returns the credentials that the caller has set.
    pub(crate) fn credentials(&self) -> &[Credential] {
        &self.0.credentials
    }

    /// Returns the current time.
    pub(crate) fn now(&self) -> SystemTime {
        self.0.clock.as_ref().map_or_else(platform::now, |clock| clock())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}
