//! The client under every generated one: where it calls, how long it waits, how much it reads.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use crate::auth::{Credential, Given, Scheme};
use crate::error::RequestError;
use crate::hook::Hook;
use crate::operation::Operation;
use crate::platform;
use crate::retry::{Budget, Retry, RetryHeader};
use crate::secret::Secret;
use crate::server::{BaseUrl, OperationServer, Servers};
#[cfg(feature = "signature")]
use crate::signature::{Profile, Signer};

/// What a call needs from its client. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    servers: Servers,
    credentials: Vec<Credential>,
    pub(crate) timeout: Duration,
    pub(crate) response_limit: usize,
    pub(crate) user_agent: HeaderValue,
    pub(crate) retry: Retry,
    pub(crate) retry_headers: &'static [RetryHeader],
    pub(crate) budget: Budget,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    #[cfg(feature = "validate")]
    pub(crate) validate: bool,
    clock: Option<Clock>,
    #[cfg(feature = "signature")]
    pub(crate) signer: Option<Arc<dyn Signer>>,
    #[cfg(feature = "signature")]
    pub(crate) adjust: Vec<Adjust>,
}

/// Changes a profile.
#[cfg(feature = "signature")]
type Adjust = Box<dyn Fn(Profile) -> Profile + Send + Sync>;

type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

impl Client {
    /// The server's URL.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.servers.base()
    }

    /// Where an operation is called, without a slash at the end.
    pub(crate) fn url_of(
        &self,
        operation: &Operation,
        base: Option<&BaseUrl>,
    ) -> Result<String, RequestError> {
        match base {
            Some(base) => self.0.servers.other(base),
            None => self.0.servers.of(operation),
        }
    }

    /// What the caller gave to authenticate with.
    pub(crate) fn credentials(&self) -> &[Credential] {
        &self.0.credentials
    }

    /// What time it is.
    pub(crate) fn now(&self) -> SystemTime {
        self.0.clock.as_ref().map_or_else(platform::now, |clock| clock())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

/// Why a client could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The server's URL can't be used.
    #[error("the server's URL {0}")]
    BaseUrl(&'static str),
    /// A credential can't be sent.
    #[error("the credentials for `{scheme}` can't be sent: {why}")]
    Credentials {
        /// The security scheme's name.
        scheme: &'static str,
        /// What is wrong with them; never the credentials themselves.
        why: &'static str,
    },
    /// The user agent can't be sent in a header.
    #[error("the user agent holds a character that a header can't")]
    UserAgent,
    /// The HTTP client can't be set up.
    #[error("the HTTP client can't be set up")]
    Http(#[source] reqwest::Error),
}

type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// Builds a client `C`; every generated client is made from a [`Client`].
///
/// Redirects are not followed and nothing is repeated unless [`retry`](Self::retry) says so: a request
/// may carry a credential, a signature over its very address, or a payment.
#[must_use = "nothing is built until `build` is called"]
pub struct ClientBuilder<C = Client> {
    base: BaseUrl,
    own: Vec<(&'static OperationServer, BaseUrl)>,
    credentials: Vec<Given>,
    scopes: Vec<(&'static Scheme, String)>,
    timeout: Duration,
    connect_timeout: Duration,
    response_limit: usize,
    user_agent: String,
    retry: Retry,
    retry_headers: &'static [RetryHeader],
    hooks: Vec<Arc<dyn Hook>>,
    #[cfg(feature = "validate")]
    validate: bool,
    clock: Option<Clock>,
    #[cfg(feature = "signature")]
    signer: Option<Arc<dyn Signer>>,
    #[cfg(feature = "signature")]
    adjust: Vec<Adjust>,
    allow_http: bool,
    configure: Option<Configure>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// A client of this server: a call takes at most 30 seconds, 10 of them to connect; a response is
    /// at most 8 MiB long.
    pub fn new(server: impl Into<BaseUrl>) -> Self {
        Self {
            base: server.into(),
            own: Vec::new(),
            credentials: Vec::new(),
            scopes: Vec::new(),
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            response_limit: 8 * 1024 * 1024,
            user_agent: concat!("docwright-runtime/", env!("CARGO_PKG_VERSION")).to_owned(),
            retry: Retry::NEVER,
            retry_headers: &[],
            hooks: Vec::new(),
            #[cfg(feature = "validate")]
            validate: false,
            clock: None,
            #[cfg(feature = "signature")]
            signer: None,
            #[cfg(feature = "signature")]
            adjust: Vec::new(),
            allow_http: false,
            configure: None,
            client: PhantomData,
        }
    }

    /// How long a call may take, from the first byte sent to the last one received, with all its
    /// attempts and the waits between them.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long it may take to connect.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How many bytes of a response's body are read at most; a longer one is an error. Of a body that
    /// came packed and is unpacked (feature `gzip`), the unpacked bytes count.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// The `User-Agent` header (RFC 9110 §10.1.5).
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// How calls are repeated that failed and that may be. Without it, none is.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The headers in which the API says how long to wait before a call is made again, the best one
    /// first. `Retry-After` is known without.
    pub fn retry_headers(mut self, headers: &'static [RetryHeader]) -> Self {
        self.retry_headers = headers;
        self
    }

    /// Whether every call is checked before it is sent: what the description says of its parameters and
    /// its body, and nothing else. Without it, none is.
    #[cfg(feature = "validate")]
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// Tells a hook of every attempt of every call. There may be several; they are told in order.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// The clock for what is dated: signatures, and how long a server asks to wait. Without it, the
    /// system's.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// The key that requests are signed with: a [`SigningKey`](crate::signature::SigningKey), or a
    /// service that holds one.
    #[cfg(feature = "signature")]
    pub fn signing_key(mut self, signer: impl Signer + 'static) -> Self {
        self.signer = Some(Arc::new(signer));
        self
    }

    /// Signs by the operations' profiles with a change: what a vendor leaves open. Of several changes,
    /// each is made to what the one before gave.
    #[cfg(feature = "signature")]
    pub fn adjust_signature(
        mut self,
        adjust: impl Fn(Profile) -> Profile + Send + Sync + 'static,
    ) -> Self {
        self.adjust.push(Box::new(adjust));
        self
    }

    /// Allows `http:` to any host. Without it, only to this machine itself.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Changes the HTTP client underneath: a proxy, a root certificate. What it sets for redirects,
    /// repeats and timeouts is set again afterwards.
    pub fn configure_http(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.configure = Some(Box::new(configure));
        self
    }

    /// Where operations are called that have a server of their own.
    pub fn operation_server(
        mut self,
        server: &'static OperationServer,
        url: impl Into<BaseUrl>,
    ) -> Self {
        self.own.retain(|(one, _)| one.setter() != server.setter());
        self.own.push((server, url.into()));
        self
    }

    /// An API key or a bearer token for a scheme.
    pub fn key(self, scheme: &'static Scheme, key: impl Into<Secret>) -> Self {
        self.give(Given::key(scheme, key.into()))
    }

    /// A user name and a password for a scheme.
    pub fn user(
        self,
        scheme: &'static Scheme,
        name: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        self.give(Given::basic(scheme, name.into(), password.into()))
    }

    /// The id and the secret that get a token for a scheme. The token is fetched when a call first
    /// needs it, shared by all calls, and renewed before it expires or when it is rejected.
    pub fn client_credentials(
        self,
        scheme: &'static Scheme,
        id: impl Into<String>,
        secret: impl Into<Secret>,
    ) -> Self {
        self.give(Given::client(scheme, id.into(), secret.into()))
    }

    /// The scopes that tokens for a scheme are asked for, with spaces between them (RFC 6749 §3.3).
    pub fn scope(mut self, scheme: &'static Scheme, scope: impl Into<String>) -> Self {
        self.scopes.retain(|(one, _)| one.name() != scheme.name());
        self.scopes.push((scheme, scope.into()));
        self
    }

    /// What is given last for a scheme holds.
    fn give(mut self, given: Given) -> Self {
        self.credentials.retain(|one| one.scheme.name() != given.scheme.name());
        self.credentials.push(given);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// If a URL is none that can be called, a credential can't be sent, or the HTTP client can't be set
    /// up.
    pub fn build(self) -> Result<C, BuildError> {
        let servers = Servers::new(self.base, self.own, self.allow_http)?;
        let checked = self.credentials.into_iter().map(|given| given.check(&self.scopes)).collect();
        let credentials: Result<Vec<_>, _> = checked;
        let credentials =
            credentials.map_err(|(scheme, why)| BuildError::Credentials { scheme, why })?;
        let configure = self.configure.unwrap_or_else(|| Box::new(|http| http));
        let http = platform::http(servers.is_loopback(), self.connect_timeout, configure)
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
            #[cfg(feature = "validate")]
            validate: self.validate,
            clock: self.clock,
            #[cfg(feature = "signature")]
            signer: self.signer,
            #[cfg(feature = "signature")]
            adjust: self.adjust,
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
