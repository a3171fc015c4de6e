//! The stub of one operation.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::received::Received;
use super::response::{MockResponse, Stubbed};
use super::script::{Action, OperationKey, Reaction, Script};
use super::stub_response::{StubResponse, add_header};

/// The responses of an operation, and the requests that it received.
///
/// Responses are sent in the order they were set. The last one is sent for all further requests.
///
/// ```no_run
/// # use std::time::Duration;
/// # use docwright_runtime::mock::{Content, MockResponse, Server, StubResponse, Stubbed};
/// # use docwright_runtime::{Method, Status};
/// # struct CreateOrder;
/// # impl Stubbed for CreateOrder {
/// #     type Body = (); const NAME: &'static str = "create_order";
/// #     const METHOD: Method = Method::Post; const PATH: &'static str = "/orders";
/// # }
/// # struct Order;
/// # impl MockResponse<CreateOrder> for Order {
/// #     const STATUSES: &'static [Status] = &[Status::Code(201)];
/// #     fn content(self) -> Content { Content::default() }
/// # }
/// # async fn example(mock: &Server) {
/// # let create_order = mock.stub::<CreateOrder>();
/// // The first order may have been created; the retry is slow, but succeeds.
/// create_order.drops_connection().then().responds(201, Order).with_delay(Duration::from_millis(50));
///
/// // By request:
/// create_order.responds_by(|request| match request.headers().contains_key("idempotency-key") {
///     true => StubResponse::new(201, Order),
///     false => StubResponse::bytes(400, "text/plain", "no idempotency key"),
/// });
/// # }
/// ```
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
        self.push(StubResponse::new(status, body))
    }

    /// Appends a response with any content, such as that of a gateway or of a failing server.
    pub fn responds_with_bytes(
        &self,
        status: u16,
        media_type: &str,
        body: impl Into<Bytes>,
    ) -> &Self {
        self.push(StubResponse::bytes(status, media_type, body))
    }

    /// Appends a response that depends on the request.
    pub fn responds_by(
        &self,
        respond: impl Fn(&Received<O::Body>) -> StubResponse<O> + Send + Sync + 'static,
    ) -> &Self {
        let compute = move |request| respond(&Received::new(request)).reaction;
        let action = Action::Compute(Arc::new(compute));
        self.script.push(&Self::KEY, Reaction { action, delay: Duration::ZERO });
        self
    }

    /// Closes the connection once the request was received, instead of a response: the client can't
    /// know whether it was processed.
    pub fn drops_connection(&self) -> &Self {
        self.push(StubResponse::dropped_connection())
    }

    /// Resets the connection once the request was received, instead of a response.
    pub fn resets_connection(&self) -> &Self {
        self.push(StubResponse::reset_connection())
    }

    /// Returns the stub unchanged: separates the responses of a sequence for readers.
    pub fn then(&self) -> &Self {
        self
    }

    /// Adds a header to the last response.
    ///
    /// # Panics
    /// If the last thing that was set is not a response.
    pub fn with_header(&self, name: &str, value: &str) -> &Self {
        let change = |reaction: &mut Reaction| add_header(reaction, name, value);
        let added = self.script.change_last(&Self::KEY, change);
        let name = O::NAME;
        assert!(
            added.is_some(),
            "`{name}` has no response to add a header to: call `responds` first"
        );
        self
    }

    /// Waits before the last response is sent, or before the connection is ended.
    ///
    /// # Panics
    /// If no response was set.
    pub fn with_delay(&self, delay: Duration) -> &Self {
        let change = |reaction: &mut Reaction| {
            reaction.delay = delay;
            Some(())
        };
        let changed = self.script.change_last(&Self::KEY, change);
        assert!(changed.is_some(), "`{}` has no response to delay: call `responds` first", O::NAME);
        self
    }

    fn push(&self, response: StubResponse<O>) -> &Self {
        self.script.push(&Self::KEY, response.reaction);
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
