//! Requesting one page, and reading the parts of it that determine the next one.

use std::hash::{DefaultHasher, Hash, Hasher};

use http::{HeaderMap, StatusCode};

use super::link::next_link;
use super::paging::{Paging, Path, Scheme};
use crate::attempt::{self, CallRecord};
use crate::call::Call;
use crate::client::error::Error;
use crate::client::send::decode_response;
use crate::message::response::{RawResponse, Response};
use crate::message::responses::{JsonBody, ResponseEnum};
use crate::platform::BoxedFuture;
use crate::wire::{Decode, Node, read_json};

/// A page of a list, as received and decoded, and the record of its call.
pub(super) struct Page<T> {
    pub(super) raw: RawResponse,
    pub(super) response: Response<T>,
    pub(super) record: CallRecord,
}

/// The result of requesting a page; `None` for a response without content.
pub(super) type PageResult<T, E> = Result<Option<Page<T>>, Error<E>>;

impl<'a> Call<'a> {
    /// Sends the call, and decodes the body of a success from JSON.
    pub(super) fn page<T: JsonBody + 'static, E: ResponseEnum>(
        self,
    ) -> BoxedFuture<'a, PageResult<T, E>> {
        let operation = self.operation;
        let received = attempt::exchange_call(self, false);
        Box::pin(async move {
            let (received, record) = received.await?;
            let raw = received.response;
            if raw.status() == StatusCode::NO_CONTENT && operation.succeeds_with(raw.status()) {
                return Ok(None);
            }
            let read = |response: &RawResponse| T::read(response.body());
            let (response, record) = decode_response(operation, raw.clone(), record, read, false)?;
            Ok(Some(Page { raw, response, record }))
        })
    }
}

/// The parts of a page that determine the next one. They are read from the body as received, not from the
/// typed page, so that a cursor is sent back exactly as it was received.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PageInfo {
    /// The number of items.
    pub(super) count: usize,
    /// The hash of the items.
    pub(super) hash: u64,
    /// The cursor or URL of the next page.
    pub(super) next: Option<String>,
    /// Whether the page reports that another page follows.
    pub(super) more: Option<bool>,
}

impl PageInfo {
    /// Whether the page has no items and does not report that more follow.
    pub(super) fn is_end(&self) -> bool {
        self.count == 0 && self.more != Some(true)
    }

    pub(super) fn read(paging: &Paging, headers: &HeaderMap, body: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        let Ok(tape) = read_json(body) else {
            // The typed page was read from the same bytes.
            return Self { count: 0, hash: hasher.finish(), next: None, more: None };
        };
        let page = tape.root();
        let list = value_at(page, paging.items);
        if let Some(list) = list {
            hash_value(list, &mut hasher);
        }
        let items = || list.and_then(Node::items);
        let next = match paging.scheme {
            Scheme::Page(_) | Scheme::Offset => None,
            Scheme::Cursor(path) | Scheme::Url(path) => text_at(page, path),
            Scheme::LastItem(path) => {
                items().and_then(Iterator::last).and_then(|item| text_at(item, path))
            }
            Scheme::Link => next_link(headers),
        };
        let more = paging.more.and_then(|path| value_at(page, path));
        Self {
            count: items().map_or(0, |items| items.len()),
            hash: hasher.finish(),
            next: next.filter(|next| !next.is_empty()),
            more: more.and_then(|more| bool::decode(more).ok()),
        }
    }
}

fn value_at<'t>(node: Node<'t>, path: Path) -> Option<Node<'t>> {
    path.iter().try_fold(node, |node, name| node.field(name))
}

/// Returns the string at a path, or the digits of the number there.
fn text_at(node: Node<'_>, path: Path) -> Option<String> {
    Some(value_at(node, path)?.string_or_number()?.into_owned())
}

fn hash_value(node: Node<'_>, hasher: &mut DefaultHasher) {
    node.kind().hash(hasher);
    if let Some(text) = node.string_or_number() {
        text.hash(hasher);
    } else if let Some(items) = node.items() {
        items.len().hash(hasher);
        items.for_each(|item| hash_value(item, hasher));
    } else if let Some(entries) = node.entries() {
        entries.len().hash(hasher);
        entries.for_each(|(key, value)| {
            key.hash(hasher);
            hash_value(value, hasher);
        });
    } else {
        bool::decode(node).ok().hash(hasher);
    }
}
