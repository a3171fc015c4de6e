//! The default transport.

use super::loopback::is_loopback;
use super::reqwest_transport::{into_http, send};
use super::{Transport, TransportFuture, TransportRequest};
use crate::message::error::TransportError;
use crate::platform::{HttpClients, HttpSettings, HttpSetupError};

/// Sends requests with `reqwest`. Redirects are not followed, nothing is sent twice, and no proxy is
/// used for the local machine.
pub(crate) struct HttpTransport(HttpClients);

impl HttpTransport {
    /// Creates a transport. `is_loopback` is whether all servers of the client are on the local machine.
    ///
    /// # Errors
    /// If the HTTP client can't be set up.
    pub(crate) fn new(settings: HttpSettings, is_loopback: bool) -> Result<Self, HttpSetupError> {
        Ok(Self(HttpClients::new(settings, is_loopback)?))
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(async move {
            let client = self.0.get(is_loopback(&request.url));
            let client = client.map_err(TransportError::from_reqwest)?;
            Ok(into_http(send(client, request).await?))
        })
    }
}
