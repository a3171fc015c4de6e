//! The platform layer. A browser (`wasm32-unknown-unknown`) has no threads, sockets and files:
//! futures are not `Send`, time and timers come from the browser, and requests are sent with
//! `fetch`.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod http_clients;
#[cfg(not(target_arch = "wasm32"))]
mod native;

use std::time::Duration;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::*;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use http_clients::HttpClients;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::*;

/// Configures a `reqwest` client.
pub(crate) type Configure =
    Box<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// The settings of the HTTP clients.
#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "the browser itself controls connections")
)]
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) configure: Configure,
}

/// Why the HTTP client can't be set up.
pub(crate) enum HttpSetupError {
    NoTlsProvider,
    Http(reqwest::Error),
}
