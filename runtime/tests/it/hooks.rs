//! Hooks and tracing spans: the parts of an attempt that they show and hide, and the headers that a
//! hook may add.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docwright_runtime::{
    Attempt, Call, Client, ClientBuilder, HeaderMap, Hook, Method, NoTypedError, Operation,
    Outcome, ResponseFuture, Retry, Scheme, Style, TokenRequest,
};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use wiremock::matchers::{any, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

static CREATE_TOKEN: Operation =
    Operation::new("create_token", Method::Post, "/token").body(&[docwright_runtime::Media::JSON]);
static TOKEN: TokenRequest = TokenRequest::new(&CREATE_TOKEN).client("id", "secret");
static BEARER: Scheme = Scheme::bearer("Bearer", "bearer").token_from(&TOKEN);
static ORDER: Operation =
    Operation::new("get_order", Method::Get, "/orders/{id}").security(&[&[&BEARER]]);

/// Starts a server for tokens and orders; the request for an order succeeds at the second attempt.
async fn server() -> MockServer {
    let server = MockServer::start().await;
    let token = r#"{"access_token":"t0ken","expires_in":3600}"#;
    let token = ResponseTemplate::new(200).set_body_raw(token, "application/json");
    Mock::given(path("/token")).respond_with(token).mount(&server).await;
    let busy = ResponseTemplate::new(503).insert_header("x-request-id", "r-1");
    let busy = busy.set_body_string("s3cret text");
    Mock::given(any()).respond_with(busy).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    server
}

fn builder(server: &MockServer) -> ClientBuilder<Client> {
    let retry = Retry::attempts(3).first_wait(Duration::from_millis(1));
    let builder = ClientBuilder::new(server.uri()).retry(retry);
    builder.client_credentials(&BEARER, "me", "hunter2")
}

fn order(client: &Client) -> ResponseFuture<'_, (), NoTypedError> {
    let call = Call::new(client, &ORDER).path("id", &"4111-1111");
    call.query("key", &"s3cret", Style::FORM).header("X-Pin", &"s3cret").empty()
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Hook for Log {
    fn before(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        assert!(!headers.contains_key("authorization"), "credentials are added after the hook");
        headers.insert("x-attempt", attempt.number().into());
    }

    fn after(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        self.0.lock().unwrap().push(format!("{attempt:?} {attempt}: {outcome}"));
    }
}

#[tokio::test]
async fn a_hook_observes_every_attempt() {
    let (server, log) = (server().await, Log::default());
    let client = builder(&server).hook(log.clone()).build().unwrap();
    order(&client).await.unwrap();
    let address = server.address();
    let lines = log.0.lock().unwrap().clone();
    let without_duration: Vec<&str> =
        lines.iter().map(|line| line.split(", in ").next().unwrap()).collect();
    let line = |attempt: String, outcome: &str| format!("Attempt({attempt}) {attempt}: {outcome}");
    let order = |number| format!("GET /orders/{{id}} (get_order) at {address}, attempt {number}");
    assert_eq!(
        without_duration,
        [
            line(format!("POST /token (create_token) at {address}, attempt 1"), "200 OK, 42 bytes"),
            line(order(1), "503 Service Unavailable, 11 bytes, request id r-1"),
            line(order(2), "204 No Content, 0 bytes"),
        ]
    );
    let requests = server.received_requests().await.unwrap();
    let numbers: Vec<_> = requests.iter().map(|r| r.headers["x-attempt"].clone()).collect();
    assert_eq!(numbers, ["1", "1", "2"]);
}

#[tokio::test]
async fn a_hook_observes_a_failed_connection() {
    let log = Log::default();
    let client: Client =
        ClientBuilder::new("http://127.0.0.1:9").hook(log.clone()).build().unwrap();
    static PING: Operation = Operation::new("ping", Method::Get, "/ping");
    Call::new(&client, &PING).empty::<NoTypedError>().await.unwrap_err();
    let [line] = <[String; 1]>::try_from(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        line.contains("at 127.0.0.1:9, attempt 1: could not connect to the server, in "),
        "{line}"
    );
}

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Buffer {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn each_attempt_has_a_span() {
    let (server, output) = (server().await, Buffer::default());
    let client = builder(&server).build().unwrap();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(output.clone())
        .with_ansi(false)
        .with_max_level(tracing_subscriber::filter::LevelFilter::INFO)
        .with_span_events(FmtSpan::CLOSE)
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    order(&client).await.unwrap();
    drop(guard);
    let text = String::from_utf8(output.0.lock().unwrap().clone()).unwrap();
    let spans: Vec<&str> = text.lines().filter(|line| line.contains("close")).collect();
    let fields = |fields: &[&str]| -> bool {
        spans.iter().any(|span| fields.iter().all(|field| span.contains(field)))
    };
    assert_eq!(spans.len(), 3, "{text}");
    assert!(fields(&["otel.name=POST /token", "http.response.status_code=200"]), "{text}");
    assert!(
        fields(&[
            "otel.name=GET /orders/{id}",
            "otel.kind=\"client\"",
            "http.request.method=\"GET\"",
            "url.template=\"/orders/{id}\"",
            "server.address=\"127.0.0.1\"",
            "http.response.status_code=503",
            "error.type=\"503\"",
            "otel.status_code=\"ERROR\"",
        ]),
        "{text}"
    );
    assert!(fields(&["http.response.status_code=204", "http.request.resend_count=1"]), "{text}");
    for secret in ["s3cret", "4111", "hunter2", "t0ken"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}
