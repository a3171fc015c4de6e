//! Transports: they send the requests of a client and receive the responses. The default one sends
//! them over HTTP; a caller's own can replace or record them, or respond itself.

mod http_transport;
mod loopback;
mod reqwest_transport;

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, Method};
use url::Url;

use crate::message::error::TransportError;
use crate::message::request_body::RequestBody;
use crate::message::response::HeaderNames;
use crate::message::response_body::ResponseBody;
use crate::platform::BoxedFuture;

pub(crate) use http_transport::HttpTransport;
pub(crate) use loopback::is_loopback;
pub use reqwest_transport::ReqwestTransport;

/// The future of an exchange: the head of the response, and the body as it arrives.
pub type TransportFuture<'a> =
    BoxedFuture<'a, Result<http::Response<ResponseBody>, TransportError>>;

/// Sends requests and receives responses, for all attempts and token requests of a client.
///
/// The default transport uses `reqwest`. Another one, set with
/// [`ClientBuilder::transport`](crate::ClientBuilder::transport), can respond itself, without a
/// network. One that wraps the default transport
/// ([`ClientBuilder::wrap_transport`](crate::ClientBuilder::wrap_transport)) can record requests
/// and responses, or make some of them fail.
///
/// A request is complete: signed, and with all headers but those that frame the message, such as
/// `Content-Length` and `Host`. Timeouts and the limit for response bodies apply to every transport,
/// so it need not implement them. It must not follow redirects or send a request again: both may
/// send credentials to another server, or a payment twice.
///
/// ```
/// use docwright_runtime::{
///     Call, Client, ClientBuilder, Method, NoTypedError, Operation, ResponseBody, Transport,
///     TransportFuture, TransportRequest, block_on, http,
/// };
///
/// /// Responds to every request with its path.
/// struct Echo;
///
/// impl Transport for Echo {
///     fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
///         let path = request.url.path().to_owned();
///         Box::pin(async move { Ok(http::Response::new(ResponseBody::from(path))) })
///     }
/// }
///
/// static PING: Operation = Operation::new("ping", Method::Get, "/ping");
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client: Client = ClientBuilder::new("https://api.acme.test").transport(Echo).build()?;
/// let response = block_on(Call::new(&client, &PING).text::<NoTypedError>())??;
/// assert_eq!(response.body(), "/ping");
/// # Ok(()) }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The future ends with the head of the response; its body may arrive later.
    fn send(&self, request: TransportRequest) -> TransportFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

/// A request as it is sent. It may contain secrets, which `Debug` does not show.
#[non_exhaustive]
pub struct TransportRequest {
    /// The method.
    pub method: Method,
    /// The URL, with the query.
    pub url: Url,
    /// The headers, including the credentials and the signature.
    pub headers: HeaderMap,
    /// The body, if there is one.
    pub body: Option<RequestBody>,
}

impl TransportRequest {
    pub(crate) fn new(
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: Option<RequestBody>,
    ) -> Self {
        Self { method, url, headers, body }
    }
}

impl fmt::Debug for TransportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportRequest")
            .field("method", &self.method)
            .field("host", &self.url.host_str())
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
