//! A server that stands in for an API in tests: it responds each operation as the test says, with the
//! types that the description declares, and keeps what it received.
//!
//! A generated client has a module `mock` with a `Server` of its own, whose methods are called like
//! those of the client. Underneath is [`wiremock`]: a server on a free port of this machine, for as
//! long as it is not dropped.

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

use crate::server::BaseUrl;
use script::Script;

/// A server that stands in for an API. What nobody has set a response for is responded with 501 and a
/// text that says so.
pub struct Server {
    listening: MockServer,
    script: Arc<Script>,
}

impl Server {
    /// Starts on a free port of this machine.
    pub async fn start() -> Self {
        let (listening, script) = (MockServer::start().await, Arc::new(Script::default()));
        let responses = Arc::clone(&script);
        let respond = move |request: &Request| responses.respond(request);
        Mock::given(any()).respond_with(respond).mount(&listening).await;
        Self { listening, script }
    }

    /// Where everything is served, operations with servers of their own included.
    #[must_use]
    pub fn base_url(&self) -> BaseUrl {
        BaseUrl::everywhere(self.listening.uri())
    }

    /// What an operation is responded with.
    #[must_use]
    pub fn stub<O: Stubbed>(&self) -> Stub<'_, O> {
        Stub::of(&self.script)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("uri", &self.listening.uri()).finish_non_exhaustive()
    }
}

/// A method of a generated `mock::Server`, with what the description declares of the operation: the
/// HTTP method, the path, the type of its body, and the types of its responses with their statuses.
///
/// ```text
/// docwright_runtime::stub! {
///     /// ResponseEnum of [`Client::get_pet`](super::Client::get_pet), and its calls.
///     get_pet => operations::GetPet: Get "/pets/{id}", body ();
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
