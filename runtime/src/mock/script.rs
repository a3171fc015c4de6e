//! The responses that a mock server will send, and the requests that it has received.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;

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

/// What the server does with a request.
#[derive(Clone)]
pub(super) struct Reaction {
    pub(super) action: Action,
    /// How long the server waits before.
    pub(super) delay: Duration,
}

/// What the server does with a request, after the delay.
#[derive(Clone)]
pub(super) enum Action {
    Respond(CannedResponse),
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Reset,
    /// Decides by the request.
    Compute(ComputeReaction),
}

/// Decides what to do with a request.
pub(super) type ComputeReaction = Arc<dyn Fn(Arc<RecordedRequest>) -> Reaction + Send + Sync>;

/// A response that a test has set.
#[derive(Debug, Clone)]
pub(super) struct CannedResponse {
    pub(super) status: u16,
    pub(super) content: Content,
    pub(super) headers: Vec<(String, String)>,
}

/// The pending reactions and received requests of one operation.
struct StubState {
    key: OperationKey,
    reactions: VecDeque<Reaction>,
    requests: Vec<Arc<RecordedRequest>>,
}

/// The state of all stubbed operations.
#[derive(Default)]
pub(super) struct Script(Mutex<Vec<StubState>>);

impl Script {
    /// Appends a reaction.
    pub(super) fn push(&self, key: &OperationKey, reaction: Reaction) {
        let mut stubs = self.lock();
        match stubs.iter_mut().find(|stub| stub.key == *key) {
            Some(stub) => stub.reactions.push_back(reaction),
            None => stubs.push(StubState {
                key: *key,
                reactions: VecDeque::from([reaction]),
                requests: Vec::new(),
            }),
        }
    }

    /// Changes the last reaction. Returns `None` if no reaction was set, or if `change` returns it.
    pub(super) fn change_last(
        &self,
        key: &OperationKey,
        change: impl FnOnce(&mut Reaction) -> Option<()>,
    ) -> Option<()> {
        let mut stubs = self.lock();
        change(stubs.iter_mut().find(|stub| stub.key == *key)?.reactions.back_mut()?)
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

    /// Records a request, and returns what to do with it. Requests of operations without a response
    /// are not recorded.
    pub(super) fn next_reaction(&self, head: &Parts, body: Bytes) -> Reaction {
        let Some((mut reaction, request)) = self.take(head, body) else {
            let message = format!(
                "the mock server has no response for `{} {}`: set one with `.responds(…)`",
                head.method,
                head.uri.path()
            );
            let content = Content::text(message);
            let response = CannedResponse { status: 501, content, headers: Vec::new() };
            return Reaction { action: Action::Respond(response), delay: Duration::ZERO };
        };
        while let Action::Compute(compute) = reaction.action {
            let computed = compute(Arc::clone(&request));
            let delay = reaction.delay.saturating_add(computed.delay);
            reaction = Reaction { action: computed.action, delay };
        }
        reaction
    }

    /// Records a request, and takes the next reaction of its operation. The last one remains. If
    /// several path templates match, the one with the longest literal text wins.
    fn take(&self, head: &Parts, body: Bytes) -> Option<(Reaction, Arc<RecordedRequest>)> {
        let mut stubs = self.lock();
        let path = head.uri.path();
        let matching = stubs.iter_mut().filter_map(|stub| {
            let same_method = http::Method::from(stub.key.method) == head.method;
            let values = template::match_path(stub.key.path, path).filter(|_| same_method)?;
            Some((template::literal_len(stub.key.path), stub, values))
        });
        let (_, stub, values) = matching.max_by_key(|(literal_len, ..)| *literal_len)?;
        let request = Arc::new(RecordedRequest::new(head, body, values));
        stub.requests.push(Arc::clone(&request));
        let reaction = match stub.reactions.len() {
            0 | 1 => stub.reactions.front().cloned(),
            _ => stub.reactions.pop_front(),
        };
        Some((reaction?, request))
    }
}
