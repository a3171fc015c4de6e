//! The builders of generated clients.

/// Adds the settings that every client has to a newtype over
/// [`ClientBuilder`](crate::ClientBuilder). The methods for credentials and servers of an API are
/// part of the generated code. `login` lists the methods that set credentials for every call.
///
/// ```
/// use docwright_runtime::{BaseUrl, Client, Scheme, Secret};
///
/// static KEY: Scheme = Scheme::header("Key", "X-Key", "key");
///
/// /// Builds a [`Client`].
/// #[derive(Debug)]
/// #[must_use = "nothing is built until `build` is called"]
/// pub struct ClientBuilder(docwright_runtime::ClientBuilder<Client>);
///
/// impl ClientBuilder {
///     pub fn key(self, key: impl Into<Secret>) -> Self {
///         Self(self.0.key(&KEY, key))
///     }
/// }
///
/// docwright_runtime::builder!(ClientBuilder => Client, login [bearer, basic, header]);
///
/// # fn build() -> Result<(), docwright_runtime::BuildError> {
/// let client = ClientBuilder::new("https://acme.test").key("k").response_limit(1 << 20).build()?;
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! builder {
    (
        $name:ident => $client:ty
        $(, login [$($login:ident),*])? $(, retry_headers $headers:expr)?
    ) => {
        $crate::validate_setting!($name);
        $($($crate::login_method!($name $login);)*)?
        impl $name {
            /// Creates a builder for a client of this server. By default, a call takes at most 30
            /// seconds, 10 of them to connect, and a response body has at most 8 MiB.
            pub fn new(server: impl ::core::convert::Into<$crate::BaseUrl>) -> Self {
                let builder = $crate::ClientBuilder::new(server) $(.retry_headers($headers))?;
                Self(builder.package(
                    ::core::env!("CARGO_PKG_NAME"),
                    ::core::env!("CARGO_PKG_VERSION"),
                ))
            }
            /// Sets the timeout of a call, from the first byte sent to the last byte received,
            /// including all attempts and the waits between them.
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }
            /// Sets the timeout for connecting.
            pub fn connect_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.connect_timeout(timeout))
            }
            /// Sets the maximum size of a response body in bytes; a larger body is an error. If the
            /// body is decompressed (feature `gzip`), the limit counts the decompressed bytes.
            pub fn response_limit(self, bytes: usize) -> Self {
                Self(self.0.response_limit(bytes))
            }
            /// Sets the name of the program, preferably with its version, such as `shop/1.2`. The
            /// `User-Agent` header then begins with it, before the names of the client and the
            /// runtime.
            pub fn app_name(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.app_name(name))
            }
            /// Replaces the whole `User-Agent` header (RFC 9110 §10.1.5).
            pub fn user_agent(
                self,
                user_agent: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.user_agent(user_agent))
            }
            /// Sets the retry policy for retryable failures. Default: never retry.
            pub fn retry(self, retry: $crate::Retry) -> Self {
                Self(self.0.retry(retry))
            }
            /// Adds a hook that observes every attempt of every call. Hooks run in the order they
            /// were added.
            pub fn hook(self, hook: impl $crate::Hook) -> Self {
                Self(self.0.hook(hook))
            }
            /// Sets a provider of tokens for a security scheme, instead of a client id and secret.
            pub fn token_provider(
                self,
                scheme: &'static $crate::Scheme,
                provider: impl $crate::TokenProvider + 'static,
            ) -> Self {
                Self(self.0.token_provider(scheme, provider))
            }
            /// Sets the clock for timestamps in signatures and for dates in `Retry-After`. Default:
            /// the system clock.
            pub fn clock(
                self,
                clock: impl ::core::ops::Fn() -> ::std::time::SystemTime
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.clock(clock))
            }
            /// Keeps the vendor's messages and undocumented error codes out of `Display` of errors. By
            /// default, they are shown, without the credentials and secrets of the call.
            pub fn hide_error_messages(self) -> Self {
                Self(self.0.hide_error_messages())
            }
            /// Allows `http:` URLs for any host. By default, they are allowed for the local machine
            /// only.
            pub fn allow_http(self) -> Self {
                Self(self.0.allow_http())
            }
            /// Configures the underlying HTTP client, for example with a proxy, a root certificate
            /// or a client certificate. It may be called more than once: requests to the local
            /// machine have a client of their own, without a proxy.
            ///
            /// Settings for redirects, retries and the connect timeout are overwritten afterwards. A
            /// `timeout` or `read_timeout` set here remains in force, as a further limit for every
            /// request and stream.
            pub fn configure_http(
                self,
                configure: impl ::core::ops::Fn(
                    $crate::reqwest::ClientBuilder,
                ) -> $crate::reqwest::ClientBuilder
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.configure_http(configure))
            }
            /// Sends requests with this transport instead of the default one, which
            /// `configure_http` and `connect_timeout` apply to.
            pub fn transport(self, transport: impl $crate::Transport) -> Self {
                Self(self.0.transport(transport))
            }
            /// Wraps the transport, for example to record requests and responses. `wrap` gets the
            /// default transport, or the one that is set with `transport`. The last wrapper sees
            /// each request first.
            pub fn wrap_transport<T: $crate::Transport>(
                self,
                wrap: impl ::core::ops::FnOnce(
                    ::std::sync::Arc<dyn $crate::Transport>,
                ) -> T
                + ::core::marker::Send
                + 'static,
            ) -> Self {
                Self(self.0.wrap_transport(wrap))
            }
            /// Builds the client.
            ///
            /// # Errors
            /// If a server URL is invalid, a credential can't be sent, or the HTTP client can't be
            /// set up.
            pub fn build(self) -> ::core::result::Result<$client, $crate::BuildError> {
                self.0.build()
            }
        }
    };
}

/// Adds a method that sets credentials for every call to a client builder.
#[doc(hidden)]
#[macro_export]
macro_rules! login_method {
    ($name:ident bearer) => {
        impl $name {
            /// Sets a bearer token for every call, whatever the document says about its
            /// authentication. Credentials of a security scheme take precedence, and those that are
            /// set for a call. It is never sent with a token request.
            pub fn bearer(self, token: impl ::core::convert::Into<$crate::Secret>) -> Self {
                Self(self.0.bearer(token))
            }
        }
    };
    ($name:ident basic) => {
        impl $name {
            /// Sets a user name and a password for every call: the header `Authorization: Basic`.
            /// Credentials of a security scheme take precedence, and those that are set for a call.
            pub fn basic(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                password: impl ::core::convert::Into<$crate::Secret>,
            ) -> Self {
                Self(self.0.basic(name, password))
            }
        }
    };
    ($name:ident header) => {
        impl $name {
            /// Sets a secret header for every call, such as an API key, or `Authorization` with a
            /// prefix of the vendor's. It is never sent with a token request.
            pub fn header(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<$crate::Secret>,
            ) -> Self {
                Self(self.0.header(name, value))
            }
        }
    };
}
