//! The builders of generated clients.

/// Gives a newtype over [`ClientBuilder`](crate::ClientBuilder) the settings that every client has.
/// Its own methods, which take credentials and servers, stand beside it in the generated code.
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
/// docwright_runtime::builder!(ClientBuilder => Client);
///
/// # fn build() -> Result<(), docwright_runtime::BuildError> {
/// let client = ClientBuilder::new("https://acme.test").key("k").response_limit(1 << 20).build()?;
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! builder {
    ($name:ident => $client:ty $(, retry_headers $headers:expr)?) => {
        $crate::validate_setting!($name);
        impl $name {
            /// A client of this server: a call takes at most 30 seconds, 10 of them to connect; an
            /// response is at most 8 MiB long.
            pub fn new(server: impl ::core::convert::Into<$crate::BaseUrl>) -> Self {
                Self($crate::ClientBuilder::new(server) $(.retry_headers($headers))?)
            }
            /// How long a call may take, from the first byte sent to the last one received, with all
            /// its attempts and the waits between them.
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }
            /// How long it may take to connect.
            pub fn connect_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.connect_timeout(timeout))
            }
            /// How many bytes of a response's body are read at most; a longer one is an error. Of a body
            /// that came packed and is unpacked (feature `gzip`), the unpacked bytes count.
            pub fn response_limit(self, bytes: usize) -> Self {
                Self(self.0.response_limit(bytes))
            }
            /// The `User-Agent` header (RFC 9110 §10.1.5).
            pub fn user_agent(
                self,
                user_agent: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.user_agent(user_agent))
            }
            /// How calls are repeated that failed and that may be. Without it, none is.
            pub fn retry(self, retry: $crate::Retry) -> Self {
                Self(self.0.retry(retry))
            }
            /// Tells a hook of every attempt of every call. There may be several; they are told in
            /// order.
            pub fn hook(self, hook: impl $crate::Hook) -> Self {
                Self(self.0.hook(hook))
            }
            /// The clock for what is dated: signatures, and how long a server asks to wait. Without
            /// it, the system's.
            pub fn clock(
                self,
                clock: impl ::core::ops::Fn() -> ::std::time::SystemTime
                + ::core::marker::Send
                + ::core::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.clock(clock))
            }
            /// Allows `http:` to any host. Without it, only to this machine itself.
            pub fn allow_http(self) -> Self {
                Self(self.0.allow_http())
            }
            /// Changes the HTTP client underneath: a proxy, a root certificate. What it sets for
            /// redirects, repeats and timeouts is set again afterwards.
            pub fn configure_http(
                self,
                configure: impl ::core::ops::FnOnce(
                    $crate::reqwest::ClientBuilder,
                ) -> $crate::reqwest::ClientBuilder
                + ::core::marker::Send
                + 'static,
            ) -> Self {
                Self(self.0.configure_http(configure))
            }
            /// Builds the client.
            ///
            /// # Errors
            /// If a URL is none that can be called, a credential can't be sent, or the HTTP client
            /// can't be set up.
            pub fn build(self) -> ::core::result::Result<$client, $crate::BuildError> {
                self.0.build()
            }
        }
    };
}
