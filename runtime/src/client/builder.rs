//! Building a client.

mod every_call;

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
use crate::operation::setting::{Setting, Settings};
use crate::operation::{OperationServer, Scheme};
use crate::platform::{Configure, HttpSettings, HttpSetupError};
use crate::retry::{Budget, Retry};
use crate::signature::ClientSigning;
use crate::transport::{HttpTransport, Transport};
use crate::wire::Encode;
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
    /// There is no implementation of TLS.
    #[error(
        "there is no TLS provider: enable the feature `tls-aws-lc` or `tls-ring`, or install one \
         with `rustls::crypto::CryptoProvider::install_default` before building a client"
    )]
    NoTlsProvider,
}

impl From<HttpSetupError> for BuildError {
    fn from(error: HttpSetupError) -> Self {
        match error {
            HttpSetupError::NoTlsProvider => Self::NoTlsProvider,
            HttpSetupError::Http(error) => Self::Http(error.without_url()),
        }
    }
}

/// The product of the runtime in the `User-Agent` header.
const RUNTIME: &str = concat!("docwright-runtime/", env!("CARGO_PKG_VERSION"));

type WrapTransport = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;

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
    settings: Settings,
    timeout: Duration,
    connect_timeout: Duration,
    response_limit: usize,
    app_name: Option<String>,
    package: Option<String>,
    user_agent: Option<String>,
    retry: Retry,
    retry_headers: &'static [RetryHeader],
    hooks: Vec<Arc<dyn Hook>>,
    pub(crate) validate: bool,
    shows_messages: bool,
    clock: Option<Clock>,
    pub(crate) signing: ClientSigning,
    allow_http: bool,
    configure: Option<Configure>,
    transport: Option<Arc<dyn Transport>>,
    wrappers: Vec<WrapTransport>,
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
            settings: Settings::default(),
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            response_limit: 8 * 1024 * 1024,
            app_name: None,
            package: None,
            user_agent: None,
            retry: Retry::NEVER,
            retry_headers: &[],
            hooks: Vec::new(),
            validate: false,
            shows_messages: true,
            clock: None,
            signing: ClientSigning::default(),
            allow_http: false,
            configure: None,
            transport: None,
            wrappers: Vec::new(),
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

    /// Sets the name of the program, preferably with its version, such as `shop/1.2`. The
    /// `User-Agent` header then begins with it, before the names of the client and the runtime.
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.app_name = Some(name.into());
        self
    }

    /// Sets the name and version of the package with the client, for the `User-Agent` header.
    /// Generated code does so.
    pub fn package(mut self, name: &str, version: &str) -> Self {
        self.package = Some(format!("{name}/{version}"));
        self
    }

    /// Replaces the whole `User-Agent` header (RFC 9110 §10.1.5).
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
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

    /// Configures the underlying HTTP client, for example with a proxy, a root certificate or a
    /// client certificate. It has no effect with a [`transport`](Self::transport) of the caller's
    /// own, and may be called more than once: requests to the local machine have a client of their
    /// own, without a proxy.
    ///
    /// Settings for redirects, retries and the connect timeout are overwritten afterwards. A
    /// `timeout` or `read_timeout` set here remains in force, as a further limit for every request
    /// and stream.
    ///
    /// ```
    /// # fn build(pem: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    /// use docwright_runtime::{Client, ClientBuilder, reqwest::Identity};
    ///
    /// // A client certificate (mutual TLS): the certificate and its private key in PEM format.
    /// let identity = Identity::from_pem(pem)?;
    /// let builder = ClientBuilder::new("https://api.acme.test");
    /// let client: Client =
    ///     builder.configure_http(move |http| http.identity(identity.clone())).build()?;
    /// # Ok(()) }
    /// ```
    pub fn configure_http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure = Some(Box::new(configure));
        self
    }

    /// Sends requests with this transport instead of the default one.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Wraps the transport, for example to record requests and responses. `wrap` gets the default
    /// transport, or the one that is set with [`transport`](Self::transport). The last wrapper sees
    /// each request first.
    pub fn wrap_transport<T: Transport>(
        mut self,
        wrap: impl FnOnce(Arc<dyn Transport>) -> T + Send + 'static,
    ) -> Self {
        self.wrappers.push(Box::new(|inner| Arc::new(wrap(inner))));
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

    /// Sets the value of a parameter for all calls that require it.
    pub fn setting(
        mut self,
        setting: &'static Setting,
        value: impl Encode + Send + Sync + 'static,
    ) -> Self {
        self.settings = self.settings.set(setting, value);
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
        let products = [self.app_name, self.package, Some(RUNTIME.to_owned())];
        let user_agent = self
            .user_agent
            .unwrap_or_else(|| products.into_iter().flatten().collect::<Vec<_>>().join(" "));
        let transport = match self.transport {
            Some(transport) => transport,
            None => {
                let configure = self.configure.unwrap_or_else(|| Box::new(|http| http));
                let settings = HttpSettings { connect_timeout: self.connect_timeout, configure };
                Arc::new(HttpTransport::new(settings, servers.is_loopback())?)
            }
        };
        let inner = Inner {
            transport: self.wrappers.into_iter().fold(transport, |inner, wrap| wrap(inner)),
            servers,
            credentials,
            timeout: self.timeout,
            response_limit: self.response_limit,
            user_agent: HeaderValue::try_from(user_agent).map_err(|_| BuildError::UserAgent)?,
            retry: self.retry,
            retry_headers: self.retry_headers,
            budget: Budget::default(),
            hooks: self.hooks,
            validate: self.validate,
            shows_messages: self.shows_messages,
            clock: self.clock,
            signing: self.signing,
        };
        Ok(C::from(Client::new(inner, self.settings)))
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
