//! What a mock has received.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, header};
use serde_json::{Map, Value};
use wiremock::Request;

use crate::wire::{Decode, DecodeError, from_slice};

/// A call as it arrived.
#[derive(Debug)]
pub(super) struct Call {
    path: Vec<(&'static str, String)>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
}

impl Call {
    pub(super) fn new(request: &Request, path: Vec<(&'static str, String)>) -> Self {
        let pairs = request.url.query_pairs();
        Self {
            path,
            query: pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            headers: request.headers.clone(),
            body: request.body.clone().into(),
        }
    }
}

/// A call that a mock received. What it holds is for assertions; `Debug` shows none of it.
pub struct Received<B> {
    call: Arc<Call>,
    body: PhantomData<fn() -> B>,
}

impl<B> Received<B> {
    pub(super) fn new(call: Arc<Call>) -> Self {
        Self { call, body: PhantomData }
    }

    /// The decoded value of a path parameter.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<&str> {
        let found = self.call.path.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The decoded value of a query parameter; of several, the first.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        let found = self.call.query.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Every pair of the query, decoded, in the order in which they came.
    #[must_use]
    pub fn query_pairs(&self) -> &[(String, String)] {
        &self.call.query
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.call.headers
    }

    /// The body as it came.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.call.body
    }
}

impl<B: Decode> Received<B> {
    /// The body, read from JSON or from a form whose values are text.
    ///
    /// # Errors
    /// If it is not of the type that the operation sends.
    pub fn body(&self) -> Result<B, DecodeError> {
        let media_type = self.call.headers.get(header::CONTENT_TYPE);
        let media_type = media_type.and_then(|it| it.to_str().ok()).unwrap_or_default();
        match media_type.starts_with("application/x-www-form-urlencoded") {
            true => from_slice(Value::Object(form(&self.call.body)).to_string().as_bytes()),
            false => from_slice(&self.call.body),
        }
    }
}

/// A form as an object: a name that stands several times has a list.
fn form(body: &[u8]) -> Map<String, Value> {
    let mut members = Map::new();
    for (name, value) in form_urlencoded::parse(body) {
        let value = Value::String(value.into_owned());
        match members.get_mut(name.as_ref()) {
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => drop(members.insert(name.into_owned(), value)),
        }
    }
    members
}

impl<B> fmt::Debug for Received<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received").finish_non_exhaustive()
    }
}
