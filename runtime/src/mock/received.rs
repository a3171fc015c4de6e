//! The requests that a mock server has received.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, header};
use serde_json::{Map, Value};

use crate::wire::{Decode, DecodeError, from_slice};

/// A request as received.
#[derive(Debug)]
pub(super) struct RecordedRequest {
    path: Vec<(&'static str, String)>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
}

impl RecordedRequest {
    pub(super) fn new(head: &Parts, body: Bytes, path: Vec<(&'static str, String)>) -> Self {
        let pairs = form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes());
        Self {
            path,
            query: pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            headers: head.headers.clone(),
            body,
        }
    }
}

/// A request that a mock server received, for assertions. `Debug` shows none of its values.
pub struct Received<B> {
    request: Arc<RecordedRequest>,
    body: PhantomData<fn() -> B>,
}

impl<B> Received<B> {
    pub(super) fn new(request: Arc<RecordedRequest>) -> Self {
        Self { request, body: PhantomData }
    }

    /// Returns the decoded value of a path parameter.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<&str> {
        let found = self.request.path.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the first decoded value of a query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        let found = self.request.query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns all decoded pairs of the query, in order.
    #[must_use]
    pub fn query_pairs(&self) -> &[(String, String)] {
        &self.request.query
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.request.headers
    }

    /// Returns the body as received.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.request.body
    }
}

impl<B: Decode> Received<B> {
    /// Decodes the body, from JSON or from a form with string values.
    ///
    /// # Errors
    /// If the body does not match the type of the operation's body.
    pub fn body(&self) -> Result<B, DecodeError> {
        let media_type = self.request.headers.get(header::CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        match media_type.starts_with("application/x-www-form-urlencoded") {
            true => {
                from_slice(Value::Object(form_to_object(&self.request.body)).to_string().as_bytes())
            }
            false => from_slice(&self.request.body),
        }
    }
}

/// Converts a form to a JSON object. The values of a repeated name become an array.
fn form_to_object(body: &[u8]) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(body) {
        let value = Value::String(value.into_owned());
        match fields.get_mut(name.as_ref()) {
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => drop(fields.insert(name.into_owned(), value)),
        }
    }
    fields
}

impl<B> fmt::Debug for Received<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received").finish_non_exhaustive()
    }
}
