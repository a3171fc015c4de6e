//! Sending requests with `reqwest`.

use url::Url;

use super::{Transport, TransportFuture, TransportRequest};
use crate::message::error::TransportError;
use crate::message::response_body::ResponseBody;

/// A transport that sends requests with a `reqwest::Client` of the caller's own, for example to
/// share its connections.
///
/// The settings of this client apply, and the runtime can't enforce what its own client guarantees.
/// Set what you rely on:
///
/// - `redirect(Policy::none())`: by default `reqwest` follows redirects, and sends them all headers
///   except for `Authorization` and `Cookie`. A key in another header reaches the other server. A
///   response from a URL that was not requested is an error, but is only noticed afterwards.
/// - `retry(retry::never())`: by default `reqwest` itself retries requests that an HTTP/2 server
///   rejected, in addition to [`Retry`](crate::Retry).
/// - `no_proxy()`, if servers are on the local machine: their requests would go through a proxy.
/// - `http2_keep_alive_interval`: without it, dead HTTP/2 connections remain in use.
/// - `no_gzip()` and the like, unless responses should be decompressed. The client's limit counts
///   decompressed bytes.
/// - `timeout` and `read_timeout` are further limits, also for streams.
///
/// ```
/// use docwright_runtime::reqwest::{self, redirect, retry};
/// use docwright_runtime::{Client, ClientBuilder, ReqwestTransport};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let http = reqwest::Client::builder();
/// let http = http.redirect(redirect::Policy::none()).retry(retry::never()).build()?;
/// let builder = ClientBuilder::new("https://api.acme.test");
/// let client: Client = builder.transport(ReqwestTransport::new(http)).build()?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// Creates a transport that uses this client.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(async move {
            let requested = without_fragment(request.url.clone());
            let response = send(&self.0, request).await?;
            if without_fragment(response.url().clone()) == requested {
                Ok(into_http(response))
            } else {
                Err(TransportError::redirected())
            }
        })
    }
}

/// Removes the fragment, which is not sent.
fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

/// Sends a request.
pub(super) async fn send(
    client: &reqwest::Client,
    request: TransportRequest,
) -> Result<reqwest::Response, TransportError> {
    let TransportRequest { method, url, headers, body } = request;
    let mut request = client.request(method, url).headers(headers);
    if let Some(body) = body {
        request = request.body(body);
    }
    request.send().await.map_err(TransportError::from_reqwest)
}

/// Converts a response.
pub(super) fn into_http(mut response: reqwest::Response) -> http::Response<ResponseBody> {
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    let mut converted = http::Response::new(ResponseBody::from_reqwest(response));
    *converted.status_mut() = status;
    *converted.headers_mut() = headers;
    converted
}
