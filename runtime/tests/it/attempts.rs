//! Retries: which requests are sent again, when, and how often.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use docwright_runtime::{
    Attempt, BaseUrl, Call, Client, ClientBuilder, Error, Hook, Method, NoTypedError, Operation,
    Outcome, ResponseFuture, Retry,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

static GET: Operation = Operation::new("get", Method::Get, "/a");
static POST: Operation = Operation::new("post", Method::Post, "/a");
static KEYED: Operation =
    Operation::new("keyed", Method::Post, "/a").idempotency(&["Idempotency-Key"]);

/// Starts a server that sends this response once, and 200 from then on.
async fn server(first: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(first).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    server
}

fn client(server: impl Into<BaseUrl>, retry: Retry) -> Client {
    let builder = ClientBuilder::new(server).timeout(Duration::from_secs(20));
    builder.retry(retry.first_wait(Duration::from_millis(2))).build().unwrap()
}

fn send<'a>(
    client: &'a Client,
    operation: &'static Operation,
) -> ResponseFuture<'a, (), NoTypedError> {
    Call::new(client, operation).empty()
}

async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

#[tokio::test]
async fn safe_requests_are_retried_if_the_policy_allows_it() {
    let unavailable = || ResponseTemplate::new(503);
    for (operation, retry, attempts) in [
        (&GET, Retry::attempts(3), 2),
        (&GET, Retry::NEVER, 1),
        (&POST, Retry::attempts(3), 1),
        (&KEYED, Retry::attempts(3), 2),
    ] {
        let server = server(unavailable()).await;
        let client = client(server.uri(), retry);
        let response = send(&client, operation).await;
        assert_eq!(response.is_ok(), attempts == 2, "{}: {response:?}", operation.name());
        let requests = received(&server).await;
        assert_eq!(requests.len(), attempts, "{}", operation.name());
        if attempts == 2 {
            let key = |request: &Request| request.headers.get("idempotency-key").cloned();
            assert_eq!(key(&requests[0]), key(&requests[1]));
            assert_eq!(key(&requests[0]).is_some(), operation.name() == "keyed");
        }
    }
}

#[tokio::test]
async fn retry_policy_and_idempotency_key_can_be_set_per_call() {
    let server = server(ResponseTemplate::new(429).insert_header("retry-after", "0")).await;
    let client = client(server.uri(), Retry::NEVER);
    let call = Call::new(&client, &KEYED).retry(Retry::attempts(2)).idempotency_key("mine");
    call.empty::<NoTypedError>().await.unwrap();
    let requests = received(&server).await;
    assert!(requests.iter().all(|request| request.headers["idempotency-key"] == "mine"));
    assert_eq!(requests.len(), 2);
    let error = Call::new(&client, &GET).idempotency_key("k").empty::<NoTypedError>().await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "the request was not sent: the operation does not accept an idempotency key"
    );
}

#[tokio::test]
async fn a_retry_delay_longer_than_the_timeout_is_not_started() {
    let server = server(ResponseTemplate::new(503).insert_header("retry-after", "60")).await;
    let client = client(server.uri(), Retry::attempts(2));
    let error = send(&client, &GET).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(received(&server).await.len(), 1);
}

#[tokio::test]
async fn any_request_is_retried_if_no_connection_was_made() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = client(format!("http://{address}"), Retry::attempts(50));
    let late_server = async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let listener = std::net::TcpListener::bind(address).unwrap();
        let server = MockServer::builder().listener(listener).start().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
        server
    };
    let first_wait = Duration::from_millis(100);
    let call = Call::new(&client, &POST).retry(Retry::attempts(9).first_wait(first_wait));
    let (response, server) = tokio::join!(call.empty::<NoTypedError>(), late_server);
    response.unwrap();
    assert_eq!(received(&server).await.len(), 1);
}

/// Counts attempts.
struct CountAttempts(Arc<AtomicUsize>);

impl Hook for CountAttempts {
    fn after(&self, _: &Attempt<'_>, _: &Outcome<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn the_retry_budget_of_a_client_is_limited() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let attempts = Arc::new(AtomicUsize::new(0));
    let retry = Retry::attempts(u32::MAX).max_wait(Duration::from_millis(1));
    let builder = ClientBuilder::new(format!("http://{address}")).retry(retry);
    let client: Client = builder.hook(CountAttempts(Arc::clone(&attempts))).build().unwrap();
    let error = send(&client, &POST).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(it) if it.is_connect()), "{error:?}");
    assert_eq!(attempts.load(Ordering::SeqCst), 11, "the first attempt and ten retries");
}
