//! Building a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use crate::auth::{CredentialError, CredentialStore, Credentials, TokenProvider};
use crate::call::client::{Client, Clock, Inner};
use crate::call::hook::Hook;
use crate::call::server::{BaseUrl, Servers};
use crate::message::retry_after::RetryHeader;
use crate::operation::scheme::EVERY_CALL;
use crate::operation::{OperationServer, Scheme};
use crate::platform;
use crate::retry::{Budget, Retry};
use crate::signature::ClientSigning;
use crate::wire::secret::Secret;

/// The error of a client that could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A server URL can't be used.
    #[error("the server URL {0}")]
    BaseUrl(&'static str),
    /// A credential can't be sent.
    #[error(transparent)]
    Credentials(#[from] CredentialError),
    /// The user agent can't be sent in a header.
    #[error("the user agent contains a character that is not allowed in a header")]
    UserAgent,
    /// An environment variable is missing, or can't be read.
    #[error("environment: {0}")]
    Environment(String),
    /// The HTTP client can't be set up.
    #[error("the HTTP client can't be set up")]
    Http(#[source] reqwest::Error),
}

type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// Builds a client `C`. Every generated client wraps a [`Client`].
///
/// Redirects are never followed, and calls are not retried unless [`retry`](Self::retry) is set: a
/// request may carry a credential, a signature over its URL, or a payment.
#[must_use = "nothing is built until `build` is called"]
pub struct ClientBuilder<C = Client> {
    base: BaseUrl,
    operation_servers: Vec<(&'static OperationServer, BaseUrl)>,
    credentials: Vec<(&'static Scheme, Credentials)>,
    token_fields: Vec<(&'static Scheme, &'static str, String)>,
    secret_headers: Vec<(String, Secret)>,
    timeout: Duration,
    connect_timeout: Duration,
    response_limit: usize,
    user_agent: String,
    retry: Retry,
    retry_headers: &'static [RetryHeader],
    hooks: Vec<Arc<dyn Hook>>,
    pub(crate) validate: bool,
    shows_messages: bool,
    clock: Option<Clock>,
    pub(crate) signing: ClientSigning,
    allow_http: bool,
    configure: Option<Configure>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Creates a builder for a client of this server. By default, a call takes at most 30 seconds,
    /// 10 of them to connect, and a response body has at most 8 MiB.
    pub fn new(server: impl Into<BaseUrl>) -> Self {
        Self {
            base: server.into(),
            operation_servers: Vec::new(),
            credentials: Vec::new(),
            token_fields: Vec::new(),
            secret_headers: Vec::new(),
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            response_limit: 8 * 1024 * 1024,
            user_agent: concat!("docwright-runtime/", env!("CARGO_PKG_VERSION")).to_owned(),
            retry: Retry::NEVER,
            retry_headers: &[],
            hooks: Vec::new(),
            validate: false,
            shows_messages: true,
            clock: None,
            signing: ClientSigning::default(),
            allow_http: false,
            configure: None,
            client: PhantomData,
        }
    }

    /// Sets the timeout of a call, from the first byte sent to the last byte received, including
    /// all attempts and the waits between them.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the timeout for connecting.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response body in bytes; a larger body is an error. If the body is
    /// decompressed (feature `gzip`), the limit counts the decompressed bytes.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Sets the `User-Agent` header (RFC 9110 §10.1.5).
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sets the retry policy for retryable failures. Default: never retry.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets the vendor's headers with the time to wait before a retry, the preferred one first.
    /// `Retry-After` is always supported.
    pub fn retry_headers(mut self, headers: &'static [RetryHeader]) -> Self {
        self.retry_headers = headers;
        self
    }

    /// Adds a hook that observes every attempt of every call. Hooks run in the order they were
    /// added.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// Sets the clock for timestamps in signatures and for dates in `Retry-After`. Default: the
    /// system clock.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Keeps the vendor's messages and undocumented error codes out of `Display` of errors. By default,
    /// they are shown, without the credentials and secrets of the call.
    pub fn hide_error_messages(mut self) -> Self {
        self.shows_messages = false;
        self
    }

    /// Allows `http:` URLs for any host. By default, they are allowed for the local machine only.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Configures the underlying HTTP client, for example with a proxy or a root certificate.
    /// Settings for redirects, retries and the connect timeout are overwritten afterwards.
    pub fn configure_http(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.configure = Some(Box::new(configure));
        self
    }

    /// Sets the URL of a server that some operations use instead of the base URL.
    pub fn operation_server(
        mut self,
        server: &'static OperationServer,
        url: impl Into<BaseUrl>,
    ) -> Self {
        self.operation_servers.retain(|(existing, _)| existing.setter() != server.setter());
        self.operation_servers.push((server, url.into()));
        self
    }

    /// Sets a bearer token for every call, whatever the document says about its authentication: the
    /// header `Authorization: Bearer`. Credentials of a security scheme take precedence, and those
    /// that are set for a call.
    ///
    /// It is sent to the client's servers, to those that the document names for single operations,
    /// and to the base URL of a call; never to a URL from a response, and never with a token request.
    pub fn bearer(self, token: impl Into<Secret>) -> Self {
        self.key(&EVERY_CALL, token)
    }

    /// Sets a user name and a password for every call, as [`bearer`](Self::bearer) does with a
    /// token: the header `Authorization: Basic`. The last of the two wins.
    pub fn basic(self, name: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.user(&EVERY_CALL, name, password)
    }

    /// Sets a secret header for every call, such as an API key or `Authorization` with another
    /// prefix. It is sent where [`bearer`](Self::bearer) would be.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        let name = name.into();
        self.secret_headers.retain(|(existing, _)| !existing.eq_ignore_ascii_case(&name));
        self.secret_headers.push((name, value.into()));
        self
    }

    /// Sets the API key or bearer token of a security scheme.
    pub fn key(self, scheme: &'static Scheme, key: impl Into<Secret>) -> Self {
        self.set_credentials(scheme, Credentials::key(key))
    }

    /// Sets the user name and password of a security scheme.
    pub fn user(
        self,
        scheme: &'static Scheme,
        name: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        self.set_credentials(scheme, Credentials::user(name, password))
    }

    /// Sets the client id and client secret of a security scheme. The client fetches a token on
    /// first use, shares it between calls, and renews it before it expires or when the server
    /// rejects it.
    pub fn client_credentials(
        self,
        scheme: &'static Scheme,
        id: impl Into<String>,
        secret: impl Into<Secret>,
    ) -> Self {
        self.set_credentials(scheme, Credentials::client(id, secret))
    }

    /// Sets a provider of tokens for a security scheme, instead of a client id and secret.
    pub fn token_provider(
        self,
        scheme: &'static Scheme,
        provider: impl TokenProvider + 'static,
    ) -> Self {
        self.set_credentials(scheme, Credentials::provider(provider))
    }

    /// Sets a field in the body of the token requests for a security scheme, such as the scopes to
    /// request, separated by spaces (RFC 6749 §3.3).
    pub fn token_field(
        mut self,
        scheme: &'static Scheme,
        field: &'static str,
        value: impl Into<String>,
    ) -> Self {
        let is_same =
            |(of, name, _): &(&Scheme, &str, _)| of.name() == scheme.name() && *name == field;
        self.token_fields.retain(|existing| !is_same(existing));
        self.token_fields.push((scheme, field, value.into()));
        self
    }

    /// Sets credentials. The last ones set for a scheme win.
    pub(super) fn set_credentials(
        mut self,
        scheme: &'static Scheme,
        credentials: Credentials,
    ) -> Self {
        self.credentials.retain(|(existing, _)| existing.name() != scheme.name());
        self.credentials.push((scheme, credentials));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// If a server URL is invalid, a credential can't be sent, or the HTTP client can't be set up.
    pub fn build(self) -> Result<C, BuildError> {
        let servers = Servers::new(self.base, self.operation_servers, self.allow_http)
            .map_err(BuildError::BaseUrl)?;
        let credentials =
            CredentialStore::new(self.credentials, self.token_fields, self.secret_headers)?;
        let configure = self.configure.unwrap_or_else(|| Box::new(|http| http));
        let http = platform::http_client(servers.is_loopback(), self.connect_timeout, configure)
            .map_err(|error| BuildError::Http(error.without_url()))?;
        let inner = Inner {
            http,
            servers,
            credentials,
            timeout: self.timeout,
            response_limit: self.response_limit,
            user_agent: HeaderValue::try_from(self.user_agent)
                .map_err(|_| BuildError::UserAgent)?,
            retry: self.retry,
            retry_headers: self.retry_headers,
            budget: Budget::default(),
            hooks: self.hooks,
            validate: self.validate,
            shows_messages: self.shows_messages,
            clock: self.clock,
            signing: self.signing,
        };
        Ok(C::from(Client(Arc::new(inner))))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base", &self.base)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("response_limit", &self.response_limit)
            .field("allow_http", &self.allow_http)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
