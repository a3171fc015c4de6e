//! Requests the pages that an index lists, a few at a time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use url::Url;

use super::content::{Content, read_content};
use super::links::markdown_addresses;
use super::network::{Cache, Received, Validators};
use super::session::{GetError, NOT_FOUND, Reply, Session};

/// How many requests are sent at a time.
const WORKERS: usize = 4;

/// How many of the pages have a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The number of pages with a response.
    pub done: usize,
    /// The number of pages.
    pub total: usize,
}

/// An API description that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The address that was requested.
    pub url: Url,
    /// The address after redirects.
    pub target: Url,
    /// The validators.
    pub validators: Validators,
    /// The text.
    pub text: String,
    /// The extension of its file.
    pub extension: &'static str,
}

/// The result for one page.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It has an API description.
    Description(Description),
    /// The known one is still the current one. The address is the one with the known description.
    Unchanged(Url),
    /// It has no description.
    Guide,
    /// It does not exist, or must not be requested.
    Skipped(String),
    /// There is no response.
    Failed(String),
}

/// What the requests of pages need.
pub(super) struct Download<'d> {
    /// The run.
    pub session: &'d Session<'d>,
    /// The validators of the descriptions that are known.
    pub known: &'d BTreeMap<Url, Validators>,
    /// The responses of an interrupted run.
    pub cache: &'d dyn Cache,
}

impl Download<'_> {
    /// Requests pages, and returns their outcomes in the same order.
    pub fn request_pages(
        &self,
        pages: &[Url],
        progress: &mut dyn FnMut(Progress),
    ) -> Vec<(Url, Outcome)> {
        let next = AtomicUsize::new(0);
        let mut outcomes: BTreeMap<usize, Outcome> = BTreeMap::new();
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..WORKERS.min(pages.len()) {
                let sender = sender.clone();
                let next = &next;
                scope.spawn(move || {
                    while let index = next.fetch_add(1, Ordering::Relaxed)
                        && let Some(page) = pages.get(index)
                        && sender.send((index, self.request_page(page))).is_ok()
                    {
                    }
                });
            }
            drop(sender);
            for (index, outcome) in receiver {
                outcomes.insert(index, outcome);
                progress(Progress { done: outcomes.len(), total: pages.len() });
            }
        });
        let stopped = || Outcome::Failed("the request did not end".to_owned());
        let urls = pages.iter().enumerate();
        urls.map(|(index, url)| (url.clone(), outcomes.remove(&index).unwrap_or_else(stopped)))
            .collect()
    }

    fn request_page(&self, page: &Url) -> Outcome {
        let mut skipped = String::new();
        for address in markdown_addresses(page) {
            // The page itself is requested only if its Markdown text is missing.
            match self.request_address(&address) {
                Outcome::Skipped(reason) if skipped.is_empty() || skipped == NOT_FOUND => {
                    skipped = reason;
                }
                Outcome::Skipped(_) => {}
                outcome => return outcome,
            }
        }
        Outcome::Skipped(skipped)
    }

    fn request_address(&self, address: &Url) -> Outcome {
        if let Some(received) = self.cache.load(address) {
            return read_outcome(address, received);
        }
        let validators = self.known.get(address).cloned().unwrap_or_default();
        match self.session.get(address, &validators) {
            Ok(Reply::NotModified) => Outcome::Unchanged(address.clone()),
            Ok(Reply::Received(received)) => {
                self.cache.store(address, &received);
                read_outcome(address, received)
            }
            Err(GetError::Skipped(reason)) => Outcome::Skipped(reason),
            Err(GetError::Failed(reason)) => Outcome::Failed(reason),
        }
    }
}

/// Decides whether a response has a description.
pub(super) fn read_outcome(address: &Url, received: Received) -> Outcome {
    match read_content(&received.url, &received.body) {
        Content::Description { text, extension } => {
            let Received { url: target, validators, .. } = received;
            Outcome::Description(Description {
                url: address.clone(),
                target,
                validators,
                text,
                extension,
            })
        }
        Content::Index(_) | Content::Other => Outcome::Guide,
    }
}
