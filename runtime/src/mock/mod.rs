//! A mock server for tests: it sends the responses that a test sets for each operation, typed as
//! the API declares them, and records the requests that it receives.
//!
//! A generated client has a module `mock` with its own `Server`, whose methods have the same names
//! as those of the client. It is based on [`wiremock`]: the server listens on a free local port
//! until it is dropped.

mod received;
mod response;
mod script;
mod stub;
mod template;

use std::fmt;
use std::sync::Arc;

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request};

pub use received::Received;
pub use response::{Content, MockResponse};
pub use stub::{Stub, Stubbed};

use crate::call::server::BaseUrl;
use script::Script;

/// A mock server. The response to an operation without a response is a 501 that names the method to
/// call.
pub struct Server {
    mock_server: MockServer,
    script: Arc<Script>,
}

impl Server {
    /// Starts a server on a free local port.
    pub async fn start() -> Self {
        let (mock_server, script) = (MockServer::start().await, Arc::new(Script::default()));
        let responder = Arc::clone(&script);
        let respond = move |request: &Request| responder.respond(request);
        Mock::given(any()).respond_with(respond).mount(&mock_server).await;
        Self { mock_server, script }
    }

    /// Returns the URL of the server, which also replaces the servers of individual operations.
    #[must_use]
    pub fn base_url(&self) -> BaseUrl {
        BaseUrl::everywhere(self.mock_server.uri())
    }

    /// Returns the stub of an operation, which sets its responses.
    #[must_use]
    pub fn stub<O: Stubbed>(&self) -> Stub<'_, O> {
        Stub::new(&self.script)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("uri", &self.mock_server.uri()).finish_non_exhaustive()
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
        $name:ident => $request:ty: $method:ident $path:literal, body $body:ty;
        $($kind:ident $response:ty: $($status:ident $(($code:literal))?)+,)*
    ) => {
        impl $crate::mock::Stubbed for $request {
            type Body = $body;
            const NAME: &'static str = ::core::stringify!($name);
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
        impl Server {
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> $crate::mock::Stub<'_, $request> {
                self.0.stub()
            }
        }
    };
}
