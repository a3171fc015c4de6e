//! Requests.

use http::{HeaderMap, HeaderValue};
use url::Url;

use super::payload::Payload;

/// A request, ready to be sent.
#[derive(Clone)]
pub(crate) struct PreparedRequest {
    pub(crate) method: http::Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
    /// The idempotency key, which is in the headers.
    pub(crate) key: Option<HeaderValue>,
}
