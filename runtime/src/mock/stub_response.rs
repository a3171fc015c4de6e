//! What a stub responds.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;

use super::response::{Content, MockResponse, Stubbed};
use super::script::{Action, CannedResponse, Reaction};
use crate::operation::Status;

/// What a mock server does with a request of the operation `O`: it sends a response, or ends the
/// connection without one.
///
/// ```
/// # use docwright_runtime::mock::StubResponse;
/// # use docwright_runtime::{Method, Status};
/// # struct CreateOrder;
/// # impl docwright_runtime::mock::Stubbed for CreateOrder {
/// #     type Body = (); const NAME: &'static str = "create_order";
/// #     const METHOD: Method = Method::Post; const PATH: &'static str = "/orders";
/// # }
/// use std::time::Duration;
///
/// let busy = StubResponse::<CreateOrder>::bytes(503, "text/plain", "busy").header("Retry-After", "1");
/// let slow = busy.delay(Duration::from_millis(200));
/// let lost = StubResponse::<CreateOrder>::dropped_connection();
/// ```
pub struct StubResponse<O> {
    pub(super) reaction: Reaction,
    operation: PhantomData<fn() -> O>,
}

impl<O: Stubbed> StubResponse<O> {
    fn from_action(action: Action) -> Self {
        Self { reaction: Reaction { action, delay: Duration::ZERO }, operation: PhantomData }
    }

    /// Creates a response with this status and body.
    ///
    /// # Panics
    /// If the operation declares no body of this type for this status.
    pub fn new<R: MockResponse<O>>(status: u16, body: R) -> Self {
        let declared = R::STATUSES.iter().any(|declared| match *declared {
            Status::Code(code) => code == status,
            Status::Range(digit) => u16::from(digit) == status / 100,
            Status::Default => true,
        });
        assert!(
            declared,
            "`{}` declares no `{}` for the status {status}: \
             use `responds_with_bytes` or `StubResponse::bytes` for an undeclared response",
            O::NAME,
            std::any::type_name::<R>(),
        );
        Self::from_content(status, body.content())
    }

    /// Creates a response with any content, such as that of a gateway or of a failing server.
    pub fn bytes(status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        Self::from_content(status, Content::new(media_type, body.into()))
    }

    fn from_content(status: u16, content: Content) -> Self {
        Self::from_action(Action::Respond(CannedResponse { status, content, headers: Vec::new() }))
    }

    /// Closes the connection once the request was received: the client can't know whether it was
    /// processed.
    #[must_use]
    pub fn dropped_connection() -> Self {
        Self::from_action(Action::Close)
    }

    /// Resets the connection once the request was received.
    #[must_use]
    pub fn reset_connection() -> Self {
        Self::from_action(Action::Reset)
    }

    /// Adds a header.
    ///
    /// # Panics
    /// If the connection is ended without a response.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let added = add_header(&mut self.reaction, name, value);
        assert!(added.is_some(), "`{}` has no response to add a header to", O::NAME);
        self
    }

    /// Waits before the response is sent, or before the connection is ended.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.reaction.delay = delay;
        self
    }
}

/// Adds a header to the response. Returns `None` if the connection is ended without a response.
pub(super) fn add_header(reaction: &mut Reaction, name: &str, value: &str) -> Option<()> {
    let Action::Respond(response) = &mut reaction.action else { return None };
    response.headers.push((name.to_owned(), value.to_owned()));
    Some(())
}

impl<O: Stubbed> fmt::Debug for StubResponse<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StubResponse").field("operation", &O::NAME).finish_non_exhaustive()
    }
}
