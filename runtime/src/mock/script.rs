//! What a mock has been told to respond, and what it has received.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wiremock::{Request, ResponseTemplate};

use super::received::Call;
use super::response::Content;
use super::template;
use crate::operation::Method;

/// An operation, as a mock knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) path: &'static str,
}

/// A response.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) status: u16,
    pub(super) content: Content,
    pub(super) headers: Vec<(String, String)>,
}

#[derive(Debug)]
struct Scene {
    key: Key,
    responses: VecDeque<Given>,
    calls: Vec<Arc<Call>>,
}

/// Every operation that was asked for so far.
#[derive(Debug, Default)]
pub(super) struct Script(Mutex<Vec<Scene>>);

impl Script {
    /// Sets the next response.
    pub(super) fn give(&self, key: &Key, response: Given) {
        let mut scenes = self.lock();
        match scenes.iter_mut().find(|scene| scene.key == *key) {
            Some(scene) => scene.responses.push_back(response),
            None => scenes.push(Scene {
                key: *key,
                responses: VecDeque::from([response]),
                calls: Vec::new(),
            }),
        }
    }

    /// Adds a header to the response set last; tells whether there is one.
    pub(super) fn add_header(&self, key: &Key, name: &str, value: &str) -> bool {
        let mut scenes = self.lock();
        let scene = scenes.iter_mut().find(|scene| scene.key == *key);
        let last = scene.and_then(|scene| scene.responses.back_mut());
        last.map(|response| response.headers.push((name.to_owned(), value.to_owned()))).is_some()
    }

    /// The calls of an operation.
    pub(super) fn received(&self, key: &Key) -> Vec<Arc<Call>> {
        let scenes = self.lock();
        let scene = scenes.iter().find(|scene| scene.key == *key);
        scene.map(|scene| scene.calls.clone()).unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Scene>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next response of the operation that the request is of: the one whose path has the most text
    /// of its own.
    fn response(&self, request: &Request) -> Option<Given> {
        let mut scenes = self.lock();
        let path = request.url.path();
        let fits = scenes.iter_mut().filter_map(|scene| {
            let same = http::Method::from(scene.key.method) == request.method;
            let values = template::values(scene.key.path, path).filter(|_| same)?;
            Some((template::own_text(scene.key.path), scene, values))
        });
        let (_, scene, values) = fits.max_by_key(|(own, ..)| *own)?;
        scene.calls.push(Arc::new(Call::new(request, values)));
        match scene.responses.len() {
            0 | 1 => scene.responses.front().cloned(),
            _ => scene.responses.pop_front(),
        }
    }

    /// What comes back.
    pub(super) fn respond(&self, request: &Request) -> ResponseTemplate {
        let Some(Given { status, content, headers }) = self.response(request) else {
            let what = format!(
                "the mock has no response for `{} {}`: set one with `.responds(…)`",
                request.method,
                request.url.path()
            );
            return ResponseTemplate::new(501).set_body_string(what);
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
