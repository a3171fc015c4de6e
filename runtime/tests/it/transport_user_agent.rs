//! The `User-Agent` header.

use docwright_runtime::{
    BuildError, Call, Client, ClientBuilder, Method, NoTypedError, Operation, ResponseBody,
    Transport, TransportFuture, TransportRequest, block_on, http,
};

static GET: Operation = Operation::new("get", Method::Get, "/a");

/// Responds to each request with its `User-Agent`.
struct Echo;

impl Transport for Echo {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let user_agent = request.headers["user-agent"].as_bytes().to_vec();
        Box::pin(async { Ok(http::Response::new(ResponseBody::from(user_agent))) })
    }
}

/// A client like those that are generated.
mod generated {
    #[derive(Debug)]
    #[must_use]
    pub struct ClientBuilder(docwright_runtime::ClientBuilder);
    docwright_runtime::builder!(ClientBuilder => docwright_runtime::Client);
}

fn user_agent_of(client: &Client) -> String {
    let response = block_on(Call::new(client, &GET).text::<NoTypedError>()).unwrap();
    response.unwrap().into_body()
}

#[test]
fn transport_user_agent_names_the_program_the_package_and_the_runtime() {
    let version = env!("CARGO_PKG_VERSION");
    let runtime = format!("docwright-runtime/{version}");
    let builder = || ClientBuilder::new("https://api.acme.test").transport(Echo);
    let generated = || generated::ClientBuilder::new("https://api.acme.test").transport(Echo);
    for (client, expected) in [
        (builder().build(), runtime.clone()),
        (builder().package("acme", "1.2.3").build(), format!("acme/1.2.3 {runtime}")),
        // This test is part of the package of the runtime.
        (generated().build(), format!("{runtime} {runtime}")),
        (generated().app_name("shop/7").build(), format!("shop/7 {runtime} {runtime}")),
        (generated().app_name("shop/7").user_agent("own").build(), "own".to_owned()),
    ] {
        assert_eq!(user_agent_of(&client.unwrap()), expected);
    }
    let error = builder().app_name("shop\n").build().unwrap_err();
    assert!(matches!(error, BuildError::UserAgent), "{error:?}");
}
