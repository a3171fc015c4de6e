//! Options of a single call, and the predicates on its result.

use std::time::Duration;

use crate::acme::Client;
use docwright_runtime::{Call, Error, Method, NoTypedError, Operation, Scheme};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

static KEY: Scheme = Scheme::header("Key", "X-Key", "key");
static PAY: Operation = Operation::new("pay", Method::Post, "/payments")
    .idempotency(&["Idempotency-Key"])
    .security(&[&[&KEY]]);

#[derive(Debug)]
struct Pay<'a>(Call<'a>);
docwright_runtime::request!(Pay => empty, NoTypedError);

async fn server(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

async fn only_request(server: &MockServer) -> Request {
    let [request] = server.received_requests().await.unwrap().try_into().unwrap();
    request
}

#[tokio::test]
async fn options_of_a_call_override_those_of_the_client() {
    let (default_server, other_server) =
        (server(ResponseTemplate::new(200)).await, server(ResponseTemplate::new(200)).await);
    let client: docwright_runtime::Client =
        docwright_runtime::ClientBuilder::new(default_server.uri()).key(&KEY, "k").build().unwrap();
    let pay = Pay(Call::new(&client, &PAY).idempotency_key("mine"));
    let pay = pay.base_url(format!("{}/v2/", other_server.uri()));
    pay.header("X-Extra", "1").query("dry", "a b").await.unwrap();
    assert!(default_server.received_requests().await.unwrap().is_empty());
    let request = only_request(&other_server).await;
    assert_eq!(request.url.path(), "/v2/payments");
    assert_eq!(request.url.query(), Some("dry=a%20b"));
    for (name, value) in [("idempotency-key", "mine"), ("x-extra", "1"), ("x-key", "k")] {
        assert_eq!(request.headers[name], value, "{name}");
    }
}

#[tokio::test]
async fn an_invalid_base_url_of_a_call_is_an_error_before_sending() {
    let client: docwright_runtime::Client =
        docwright_runtime::ClientBuilder::new("http://127.0.0.1:9").build().unwrap();
    for (url, problem) in [
        ("http://api.acme.test", "uses `http:`: use `https:`, or call `allow_http` on the builder"),
        ("https://me:pw@api.acme.test", "contains a user name or a password"),
        ("acme", "is not an absolute URL, such as `https://api.example.com`"),
    ] {
        let error = Pay(Call::new(&client, &PAY)).base_url(url).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the request was not sent: the base URL of this call {problem}")
        );
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn results_say_whether_to_retry_and_have_the_request_id() {
    for (status, retryable) in [
        (400, false),
        (401, false),
        (404, false),
        (408, true),
        (409, false),
        (422, false),
        (429, true),
        (500, true),
        (501, false),
        (503, true),
        (504, true),
    ] {
        let response = ResponseTemplate::new(status).insert_header("x-request-id", "r-1");
        let server = server(response.insert_header("trace-id", "t-1")).await;
        let client = Client::builder(server.uri()).build().unwrap();
        let error = client.delete_order("1").await.unwrap_err();
        assert_eq!(error.is_retryable(), retryable, "{status}");
        assert_eq!(error.request_id(), Some("r-1"));
        assert!(!error.is_timeout());
    }
    let server = server(ResponseTemplate::new(204).insert_header("Correlation-ID", "c-1")).await;
    let client = Client::builder(server.uri()).build().unwrap();
    assert_eq!(client.delete_order("1").await.unwrap().request_id(), Some("c-1"));
    let raw = client.delete_order("1").send_raw().await.unwrap();
    assert_eq!(raw.request_id(), Some("c-1"));
}

#[tokio::test]
async fn transport_errors_are_retryable_and_an_oversized_response_is_not() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let client = Client::builder(address.as_str()).timeout(Duration::from_millis(100));
    let client = client.build().unwrap();
    // The operating system accepts the connection, and nothing ever responds.
    let error = client.delete_order("1").await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
    drop(listener);
    let error = client.delete_order("1").await.unwrap_err();
    assert!(!error.is_timeout() && error.is_retryable(), "{error:?}");
    assert_eq!(error.request_id(), None);

    let server = server(ResponseTemplate::new(200).set_body_string("0123456789")).await;
    let client = Client::builder(server.uri()).response_limit(4).build().unwrap();
    let error = client.download_order("1").await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)) && !error.is_retryable(), "{error:?}");
}
