//! The timeout of an attempt, and those that a caller sets on the HTTP client. The clock is paused:
//! it advances to the next timer whenever everything else waits.

use std::time::Duration;

use docwright_runtime::{
    Call, Client, ClientBuilder, Error, Method, NoTypedError, Operation, Response, Retry,
};

use crate::faulty_server::AfterResponse::{Keep, Stall};
use crate::faulty_server::{Server, raw, response};

static GET: Operation = Operation::new("get", Method::Get, "/a");
static POST: Operation = Operation::new("post", Method::Post, "/a");

/// Three attempts, each with a second of the call's 30 seconds.
const POLICY: Retry = Retry::attempts(3).attempt_timeout(Duration::from_secs(1));

/// Starts a server that hangs at the first request: before the head, or within the body of its
/// response.
async fn hanging_server(sent: &str) -> Server {
    Server::start(vec![raw(sent, Stall), response(200, "", "done", Keep)]).await
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ndo";

async fn send(
    server: &Server,
    operation: &'static Operation,
    retry: Retry,
) -> Result<Response<String>, Error<NoTypedError>> {
    let client: Client = ClientBuilder::new(server.url.as_str()).build().unwrap();
    Call::new(&client, operation).retry(retry).text().await
}

#[tokio::test(start_paused = true)]
async fn transport_attempt_that_hangs_is_retried_within_the_call() {
    for sent in ["", HEAD] {
        let server = hanging_server(sent).await;
        let response = send(&server, &GET, POLICY).await.unwrap();
        assert_eq!(response.as_str(), "done", "after {sent:?}");
        assert_eq!(server.request_count(), 2, "after {sent:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn transport_attempt_that_hangs_is_not_retried_if_that_is_not_safe() {
    for (sent, outcome) in
        [("", "the server may have processed it"), (HEAD, "the server had reported success")]
    {
        let server = hanging_server(sent).await;
        let error = send(&server, &POST, POLICY).await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!(
                "the request timed out; not retried: POST without an idempotency key; {outcome}"
            )
        );
        assert_eq!(error.raw().map(|raw| raw.len()), (!sent.is_empty()).then_some(2));
        assert_eq!(server.request_count(), 1, "after {sent:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn transport_call_that_hangs_times_out_whatever_the_timeout_of_an_attempt() {
    let server = hanging_server("").await;
    let retry = Retry::attempts(3).attempt_timeout(Duration::from_secs(60));
    let error = send(&server, &GET, retry).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(server.request_count(), 1);
}
