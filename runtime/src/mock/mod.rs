//! A mock server for tests: it sends the responses that a test sets for each operation, typed as
//! the API declares them, and records the requests that it receives. It can also misbehave: delay a
//! response, close or reset the connection, and decide by the request.
//!
//! A generated client has a module `mock` with its own `Server`, whose methods have the same names
//! as those of the client. The server listens on a free local port until it is dropped.

mod listener;
mod received;
mod response;
mod script;
mod stub;
mod stub_response;
mod template;

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::oneshot;

pub use received::Received;
pub use response::{Content, MockResponse, Stubbed};
pub use stub::Stub;
pub use stub_response::StubResponse;

use crate::call::server::BaseUrl;
use script::Script;

/// A mock server. The response to an operation without a response is a 501 that names the method to
/// call.
pub struct Server {
    address: SocketAddr,
    script: Arc<Script>,
    /// The server ends when this is dropped.
    _end: oneshot::Sender<Infallible>,
}

impl Server {
    /// Starts a server on a free local port.
    ///
    /// # Panics
    /// If the operating system has no ports, threads or file descriptors left.
    pub async fn start() -> Self {
        let script = Arc::new(Script::default());
        let (address, end) = listener::start(Arc::clone(&script));
        Self { address, script, _end: end }
    }

    /// Returns the URL of the server, which also replaces the servers of individual operations.
    #[must_use]
    pub fn base_url(&self) -> BaseUrl {
        BaseUrl::everywhere(format!("http://{}", self.address))
    }

    /// Returns the stub of an operation, which sets its responses.
    #[must_use]
    pub fn stub<O: Stubbed>(&self) -> Stub<'_, O> {
        Stub::new(&self.script)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Adds the method for an operation to a generated `mock::Server`, from the declaration of the
/// operation: its HTTP method, its path, the type of its body, and its response types with their
/// statuses.
///
/// ```text
/// docwright_runtime::stub! {
///     /// Stubs [`Client::get_pet`](super::Client::get_pet).
///     get_pet => operations::GetPetRequest: Get "/pets/{id}", body ();
///     json types::Pet: Code(200),
///     json types::Problem: Code(404) Default,
/// }
/// ```
#[macro_export]
macro_rules! stub {
    (
        $(#[$doc:meta])*
        $name:ident => $request:ty: $($declaration:tt)*
    ) => {
        $crate::stub!(@operation ::core::stringify!($name), $request: $($declaration)*);
        impl Server {
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> $crate::mock::Stub<'_, $request> {
                self.core.stub()
            }
        }
    };
    (
        $(#[$doc:meta])*
        $name:ident in $resource:ident as $call:literal => $request:ty: $($declaration:tt)*
    ) => {
        $crate::stub!(@operation $call, $request: $($declaration)*);
        impl<'a> $resource<'a> {
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> $crate::mock::Stub<'a, $request> {
                self.core.stub()
            }
        }
    };
    (
        @operation $name:expr, $request:ty: $method:ident $path:literal, body $body:ty;
        $($kind:ident $response:ty: $($status:ident $(($code:literal))?)+,)*
    ) => {
        impl $crate::mock::Stubbed for $request {
            type Body = $body;
            const NAME: &'static str = $name;
            const METHOD: $crate::Method = $crate::Method::$method;
            const PATH: &'static str = $path;
        }
        $(
            impl $crate::mock::MockResponse<$request> for $response {
                const STATUSES: &'static [$crate::Status] = &[$($crate::Status::$status $(($code))?),+];
                fn content(self) -> $crate::mock::Content {
                    $crate::mock::Content::$kind(self)
                }
            }
        )*
    };
}
