//! The HTTP clients that send the requests: one for the local machine, and one for everything else.

use std::sync::OnceLock;
use std::time::Duration;

use super::{HttpSettings, HttpSetupError};

/// How long the server may send nothing on an HTTP/2 connection with open requests before it is
/// pinged, and how long it may take to respond to the ping. A dead connection is thus closed before
/// a call times out by default, and the next call or attempt uses another one.
const PING_INTERVAL: Duration = Duration::from_secs(15);
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// The HTTP clients, built when they are first needed. The one for the local machine uses no proxy:
/// a proxy could not reach it, and would see the credentials of a request without TLS.
pub(crate) struct HttpClients {
    settings: HttpSettings,
    for_loopback: OnceLock<reqwest::Client>,
    for_others: OnceLock<reqwest::Client>,
}

impl HttpClients {
    /// Builds the client for the local machine, or the other one. The second client is built from the same
    /// settings when it is needed.
    ///
    /// # Errors
    /// If it can't be built.
    pub(crate) fn new(settings: HttpSettings, is_loopback: bool) -> Result<Self, HttpSetupError> {
        if !has_tls_provider() {
            return Err(HttpSetupError::NoTlsProvider);
        }
        let clients = Self { settings, for_loopback: OnceLock::new(), for_others: OnceLock::new() };
        clients.get(is_loopback).map_err(HttpSetupError::Http)?;
        Ok(clients)
    }

    /// Returns the client for the local machine or the other one.
    pub(crate) fn get(&self, is_loopback: bool) -> reqwest::Result<&reqwest::Client> {
        let client = if is_loopback { &self.for_loopback } else { &self.for_others };
        match client.get() {
            Some(client) => Ok(client),
            None => {
                let built = self.build(is_loopback)?;
                Ok(client.get_or_init(|| built))
            }
        }
    }

    fn build(&self, is_loopback: bool) -> reqwest::Result<reqwest::Client> {
        // Responses are decompressed only with our feature `gzip`, even if other crates enable more
        // features of `reqwest`.
        let mut http = reqwest::Client::builder().no_gzip().no_brotli().no_deflate().no_zstd();
        #[cfg(feature = "gzip")]
        {
            http = http.gzip(true);
        }
        http = http.http2_keep_alive_interval(PING_INTERVAL).http2_keep_alive_timeout(PING_TIMEOUT);
        http = (self.settings.configure)(http)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(self.settings.connect_timeout);
        if is_loopback {
            http = http.no_proxy();
        }
        http.build()
    }
}

/// Whether `reqwest` finds a TLS provider; it would panic without one. It has aws-lc itself, unless
/// the program has installed another one.
fn has_tls_provider() -> bool {
    use rustls::crypto::CryptoProvider;

    #[cfg(all(feature = "tls-ring", not(feature = "tls-aws-lc")))]
    if CryptoProvider::get_default().is_none() {
        // This fails only if another thread has installed one.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
    cfg!(feature = "tls-aws-lc") || CryptoProvider::get_default().is_some()
}
