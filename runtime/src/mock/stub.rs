//! One operation of a mock.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use super::received::Received;
use super::response::{Content, MockResponse};
use super::script::{Given, Key, Script};
use crate::operation::{Method, Status};

/// An operation that a mock can stand in for: a request of a generated client.
pub trait Stubbed {
    /// What a call sends; `()` for no body, [`Bytes`] for one that has no type.
    type Body;
    /// The method of the client.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The path template.
    const PATH: &'static str;
}

/// What an operation is responded with, and the calls that it received.
///
/// ResponseEnum are given in the order in which they were set; the last one again and again.
pub struct Stub<'m, O> {
    script: &'m Script,
    operation: PhantomData<fn() -> O>,
}

impl<'m, O: Stubbed> Stub<'m, O> {
    const KEY: Key = Key { name: O::NAME, method: O::METHOD, path: O::PATH };

    pub(super) fn of(script: &'m Script) -> Self {
        Self { script, operation: PhantomData }
    }

    /// ResponseEnum with this status and body.
    ///
    /// # Panics
    /// If the description declares no body of this type for this status.
    pub fn responds<A: MockResponse<O>>(&self, status: u16, body: A) -> &Self {
        let declared = A::STATUSES.iter().any(|declared| match *declared {
            Status::Code(code) => code == status,
            Status::Range(digit) => u16::from(digit) == status / 100,
            Status::Default => true,
        });
        assert!(
            declared,
            "`{}` declares no `{}` for the status {status}: `responds_with_bytes` responses with anything",
            O::NAME,
            std::any::type_name::<A>(),
        );
        self.give(status, body.content())
    }

    /// ResponseEnum with anything at all, as a gateway or a broken server would.
    pub fn responds_with_bytes(
        &self,
        status: u16,
        media_type: &str,
        body: impl Into<Bytes>,
    ) -> &Self {
        self.give(status, Content::new(media_type, body.into()))
    }

    /// Adds a header to the response that was set last.
    ///
    /// # Panics
    /// If no response was set.
    pub fn with_header(&self, name: &str, value: &str) -> &Self {
        let set = self.script.add_header(&Self::KEY, name, value);
        assert!(set, "`{}` has no response yet that could have a header", O::NAME);
        self
    }

    fn give(&self, status: u16, content: Content) -> &Self {
        self.script.give(&Self::KEY, Given { status, content, headers: Vec::new() });
        self
    }

    /// The calls that it received, in the order in which they came.
    #[must_use]
    pub fn received(&self) -> Vec<Received<O::Body>> {
        self.script.received(&Self::KEY).into_iter().map(Received::new).collect()
    }
}

impl<O: Stubbed> fmt::Debug for Stub<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stub").field("operation", &O::NAME).finish_non_exhaustive()
    }
}
