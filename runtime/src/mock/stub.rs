//! The stub of one operation.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use super::received::Received;
use super::response::{Content, MockResponse};
use super::script::{CannedResponse, OperationKey, Script};
use crate::message::method::Method;
use crate::operation::Status;

/// An operation that a mock server can stub: a request type of a generated client.
pub trait Stubbed {
    /// The type of the request body; `()` for none, [`Bytes`] for an untyped one.
    type Body;
    /// The name of the client's method.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The path template.
    const PATH: &'static str;
}

/// The responses of an operation, and the requests that it received.
///
/// Responses are sent in the order they were set. The last one is sent for all further requests.
pub struct Stub<'m, O> {
    script: &'m Script,
    operation: PhantomData<fn() -> O>,
}

impl<'m, O: Stubbed> Stub<'m, O> {
    const KEY: OperationKey = OperationKey { name: O::NAME, method: O::METHOD, path: O::PATH };

    pub(super) fn new(script: &'m Script) -> Self {
        Self { script, operation: PhantomData }
    }

    /// Appends a response with this status and body.
    ///
    /// # Panics
    /// If the operation declares no body of this type for this status.
    pub fn responds<R: MockResponse<O>>(&self, status: u16, body: R) -> &Self {
        let declared = R::STATUSES.iter().any(|declared| match *declared {
            Status::Code(code) => code == status,
            Status::Range(digit) => u16::from(digit) == status / 100,
            Status::Default => true,
        });
        assert!(
            declared,
            "`{}` declares no `{}` for the status {status}: \
             use `responds_with_bytes` for an undeclared response",
            O::NAME,
            std::any::type_name::<R>(),
        );
        self.push_response(status, body.content())
    }

    /// Appends a response with any content, such as that of a gateway or of a failing server.
    pub fn responds_with_bytes(
        &self,
        status: u16,
        media_type: &str,
        body: impl Into<Bytes>,
    ) -> &Self {
        self.push_response(status, Content::new(media_type, body.into()))
    }

    /// Adds a header to the last response.
    ///
    /// # Panics
    /// If no response was set.
    pub fn with_header(&self, name: &str, value: &str) -> &Self {
        let added = self.script.add_header(&Self::KEY, name, value);
        assert!(added, "`{}` has no response to add a header to: call `responds` first", O::NAME);
        self
    }

    /// Appends a response.
    fn push_response(&self, status: u16, content: Content) -> &Self {
        self.script
            .push_response(&Self::KEY, CannedResponse { status, content, headers: Vec::new() });
        self
    }

    /// Returns the received requests, in order.
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
