//! The responses that a mock server will send, and the requests that it has received.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wiremock::{Request, ResponseTemplate};

use super::received::RecordedRequest;
use super::response::Content;
use super::template;
use crate::message::method::Method;

/// Identifies an operation of a mock server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OperationKey {
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) path: &'static str,
}

/// A response that a test has set.
#[derive(Debug, Clone)]
pub(super) struct CannedResponse {
    pub(super) status: u16,
    pub(super) content: Content,
    pub(super) headers: Vec<(String, String)>,
}

/// The pending responses and received requests of one operation.
#[derive(Debug)]
struct StubState {
    key: OperationKey,
    responses: VecDeque<CannedResponse>,
    requests: Vec<Arc<RecordedRequest>>,
}

/// The state of all stubbed operations.
#[derive(Debug, Default)]
pub(super) struct Script(Mutex<Vec<StubState>>);

impl Script {
    /// Appends a response.
    pub(super) fn push_response(&self, key: &OperationKey, response: CannedResponse) {
        let mut stubs = self.lock();
        match stubs.iter_mut().find(|stub| stub.key == *key) {
            Some(stub) => stub.responses.push_back(response),
            None => stubs.push(StubState {
                key: *key,
                responses: VecDeque::from([response]),
                requests: Vec::new(),
            }),
        }
    }

    /// Adds a header to the last response. Returns whether there is one.
    pub(super) fn add_header(&self, key: &OperationKey, name: &str, value: &str) -> bool {
        let mut stubs = self.lock();
        let stub = stubs.iter_mut().find(|stub| stub.key == *key);
        let last = stub.and_then(|stub| stub.responses.back_mut());
        last.map(|response| response.headers.push((name.to_owned(), value.to_owned()))).is_some()
    }

    /// Returns the received requests of an operation.
    pub(super) fn received(&self, key: &OperationKey) -> Vec<Arc<RecordedRequest>> {
        let stubs = self.lock();
        let stub = stubs.iter().find(|stub| stub.key == *key);
        stub.map(|stub| stub.requests.clone()).unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<StubState>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records the request, and returns the next response of its operation. If several path
    /// templates match, the one with the longest literal text wins.
    fn next_response(&self, request: &Request) -> Option<CannedResponse> {
        let mut stubs = self.lock();
        let path = request.url.path();
        let matching = stubs.iter_mut().filter_map(|stub| {
            let same_method = http::Method::from(stub.key.method) == request.method;
            let values = template::match_path(stub.key.path, path).filter(|_| same_method)?;
            Some((template::literal_len(stub.key.path), stub, values))
        });
        let (_, stub, values) = matching.max_by_key(|(literal_len, ..)| *literal_len)?;
        stub.requests.push(Arc::new(RecordedRequest::new(request, values)));
        match stub.responses.len() {
            0 | 1 => stub.responses.front().cloned(),
            _ => stub.responses.pop_front(),
        }
    }

    /// Returns the response to a request.
    pub(super) fn respond(&self, request: &Request) -> ResponseTemplate {
        let Some(CannedResponse { status, content, headers }) = self.next_response(request) else {
            let message = format!(
                "the mock server has no response for `{} {}`: set one with `.responds(…)`",
                request.method,
                request.url.path()
            );
            return ResponseTemplate::new(501).set_body_string(message);
        };
        let response = ResponseTemplate::new(status);
        let response = match content.media_type {
            Some(media_type) => response.set_body_raw(content.bytes.to_vec(), &media_type),
            None => response,
        };
        headers.iter().fold(response, |response, (name, value)| {
            response.append_header(name.as_str(), value.as_str())
        })
    }
}
