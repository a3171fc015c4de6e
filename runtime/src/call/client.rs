//! The client behind every generated client: servers, credentials, timeouts and limits.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use super::hook::Hook;
use super::server::{BaseUrl, Servers};
use crate::auth::{CredentialError, CredentialStore, Credentials};
use crate::message::error::RequestError;
use crate::message::retry_after::RetryHeader;
use crate::operation::setting::{Setting, SettingValue, Settings};
use crate::operation::{Operation, Scheme};
use crate::platform;
use crate::retry::{Budget, Retry};
use crate::signature::ClientSigning;
use crate::transport::Transport;

/// The configuration and connections that calls share. Cheap to clone; clones share connections.
///
/// A connection is driven by the async runtime in which it was opened. If several runtimes share a client
/// and one of them stops running, calls of the others may wait for its connections until they time out:
/// build a client for each runtime.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>, Settings);

/// What the clones of a client share.
pub(crate) struct Inner {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) servers: Servers,
    pub(crate) credentials: CredentialStore,
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
    pub(crate) fn new(inner: Inner, settings: Settings) -> Self {
        Self(Arc::new(inner), settings)
    }

    /// Returns a client with other values of some settings. Both share connections, credentials and
    /// tokens: a token request sends no settings, so a token does not depend on them.
    #[must_use]
    pub fn with(&self, settings: Settings) -> Self {
        Self(Arc::clone(&self.0), self.1.clone().merge(settings))
    }

    /// Returns the value of a setting that the builder or [`with`](Self::with) has set.
    pub(crate) fn setting(&self, setting: &Setting) -> Option<&SettingValue> {
        self.1.get(setting)
    }

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

    /// Sets or replaces the credentials of a security scheme, for this client and its clones.
    ///
    /// All requests that begin after it returns are sent with the new credentials, and none with a
    /// token that was requested with the previous ones. A call that has begun keeps a key or password
    /// for all its attempts.
    ///
    /// A generated client converts to this type with `as_ref`:
    ///
    /// ```
    /// use docwright_runtime::{Client, CredentialError, Credentials, Scheme};
    ///
    /// static KEY: Scheme = Scheme::header("Key", "X-Key", "key");
    ///
    /// fn rotate(acme: &impl AsRef<Client>, key: &str) -> Result<(), CredentialError> {
    ///     acme.as_ref().set_credentials(&KEY, Credentials::key(key))
    /// }
    /// ```
    ///
    /// # Errors
    /// If the credentials can't be sent. The previous ones then stay in use.
    pub fn set_credentials(
        &self,
        scheme: &'static Scheme,
        credentials: Credentials,
    ) -> Result<(), CredentialError> {
        self.0.credentials.set(scheme, credentials)
    }

    /// Discards the cached token of a security scheme, and the token request in progress: the next
    /// call requests another token, even if one was rejected a moment ago.
    pub fn invalidate_token(&self, scheme: &Scheme) {
        self.0.credentials.invalidate_token(scheme);
    }

    /// Returns the credentials that the caller has set.
    pub(crate) fn credentials(&self) -> &CredentialStore {
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
