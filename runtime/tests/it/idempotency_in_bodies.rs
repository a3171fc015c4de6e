//! Idempotency keys in a field of the body, and operations that may be sent again because they only
//! read.

use std::time::Duration;

use docwright_runtime::signature::Digest;
use docwright_runtime::{
    Attempt, Call, Client, ClientBuilder, Error, HeaderMap, Hook, Json, Media, Method,
    NoTypedError, Operation, RequestErrorKind, Retry, record,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

static PAY: Operation = Operation::new("pay", Method::Post, "/pay")
    .body(&[Media::JSON, Media::FORM, Media::BYTES])
    .idempotency_field(&["idempotency_key"]);

static SIGNED: Operation = Operation::new("pay", Method::Post, "/pay")
    .body(&[Media::JSON])
    .idempotency(&["Idempotency-Key"])
    .idempotency_field(&["idempotency_key"])
    .digest(&[Digest::Sha256]);

#[derive(Debug, Clone)]
struct Payment {
    amount: Json,
    idempotency_key: Option<String>,
}
record!(Payment {
    required amount = "amount",
    optional idempotency_key = "idempotency_key",
});

fn payment(key: Option<&str>) -> Payment {
    let amount = "12345678901234567890.10".parse().unwrap();
    Payment { amount, idempotency_key: key.map(str::to_owned) }
}

/// Starts a server that responds to the first request with 503, and to all others with 200.
async fn start() -> (MockServer, Client) {
    let server = MockServer::start().await;
    let failure = Mock::given(any()).respond_with(ResponseTemplate::new(503));
    failure.up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
    let client = ClientBuilder::new(server.uri()).retry(retry).build().unwrap();
    (server, client)
}

async fn bodies(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests.into_iter().map(|request| String::from_utf8(request.body).unwrap()).collect()
}

async fn body_of(call: Call<'_>) -> String {
    let request = call.into_request().await.unwrap();
    String::from_utf8(request.into_body().to_vec()).unwrap()
}

#[tokio::test]
async fn idempotency_key_in_the_body_is_the_same_in_all_attempts() {
    let (server, client) = start().await;
    let payment = payment(None);
    let call = Call::new(&client, &PAY).body(&payment);
    let key = call.get_idempotency_key().expect("a generated key").to_owned();
    let response = call.empty::<NoTypedError>().await.unwrap();
    assert_eq!(response.idempotency_key(), Some(key.as_str()));
    let body = format!(r#"{{"amount":12345678901234567890.10,"idempotency_key":"{key}"}}"#);
    assert_eq!(bodies(&server).await, [body.clone(), body]);
}

#[tokio::test]
async fn idempotency_keys_of_two_calls_with_one_body_differ() {
    let (_server, client) = start().await;
    let payment = payment(None);
    let first = body_of(Call::new(&client, &PAY).body(&payment)).await;
    let second = body_of(Call::new(&client, &PAY).body(&payment)).await;
    assert_ne!(first, second);
}

#[tokio::test]
async fn idempotency_key_of_the_caller_is_sent() {
    let (_server, client) = start().await;
    let (without, with) = (payment(None), payment(Some("mine")));
    for call in [
        Call::new(&client, &PAY).body(&with),
        Call::new(&client, &PAY).body(&without).idempotency_key("mine"),
        Call::new(&client, &PAY).idempotency_key("mine").body(&without),
        Call::new(&client, &PAY).body(&without).header("Idempotency-Key", &"mine"),
        Call::new(&client, &SIGNED).body(&with),
    ] {
        assert_eq!(call.get_idempotency_key(), Some("mine"));
        let body = r#"{"amount":12345678901234567890.10,"idempotency_key":"mine"}"#;
        assert_eq!(body_of(call).await, body);
    }
}

#[tokio::test]
async fn idempotency_key_set_on_the_request_replaces_that_of_the_body() {
    let (_server, client) = start().await;
    let body = payment(Some("old"));
    let call = Call::new(&client, &PAY).body(&body).idempotency_key("new");
    assert_eq!(call.get_idempotency_key(), Some("new"));
    let sent = body_of(call).await;
    assert_eq!(sent, r#"{"amount":12345678901234567890.10,"idempotency_key":"new"}"#);
}

#[tokio::test]
async fn idempotency_key_in_the_body_is_covered_by_the_digest_and_equals_that_in_the_header() {
    let (_server, client) = start().await;
    let body = payment(None);
    let call = Call::new(&client, &SIGNED).body(&body);
    let request = call.into_request().await.unwrap();
    let key = request.headers()["idempotency-key"].to_str().unwrap().to_owned();
    let sent = String::from_utf8(request.body().to_vec()).unwrap();
    let expected = format!(r#"{{"amount":12345678901234567890.10,"idempotency_key":"{key}"}}"#);
    assert_eq!(sent, expected);
    // The digest of the same bytes, sent by an operation that does not change its body.
    static UNCHANGED: Operation =
        Operation::new("put", Method::Post, "/pay").body(&[Media::BYTES]).digest(&[Digest::Sha256]);
    let unchanged = Call::new(&client, &UNCHANGED).body_bytes(sent.into_bytes());
    let unchanged = unchanged.into_request().await.unwrap();
    assert_eq!(request.headers()["content-digest"], unchanged.headers()["content-digest"]);
}

#[tokio::test]
async fn idempotency_key_in_a_form() {
    let (_server, client) = start().await;
    let body = payment(None);
    let call = Call::new(&client, &PAY).body(&body).media(1).idempotency_key("a b");
    assert_eq!(body_of(call).await, "amount=12345678901234567890.10&idempotency_key=a+b");
}

#[tokio::test]
async fn idempotency_key_is_not_claimed_for_bodies_that_cannot_contain_it() {
    let (server, client) = start().await;
    let array: Json = "[1]".parse().unwrap();
    let calls = [
        Call::new(&client, &PAY),
        Call::new(&client, &PAY).body(&array),
        Call::new(&client, &PAY).media(2).body_bytes("text"),
    ];
    for call in &calls {
        assert_eq!(call.get_idempotency_key(), None);
    }
    // So the call is not repeated.
    let [_, array, _] = calls;
    array.empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(bodies(&server).await, ["[1]"]);
}

#[tokio::test]
async fn idempotency_key_in_the_body_that_is_not_valid_is_an_error() {
    let (server, client) = start().await;
    for (key, message) in [("", "is empty"), ("a\nb", "contains a control character")] {
        let body = payment(Some(key));
        let error = Call::new(&client, &PAY).body(&body).empty::<NoTypedError>().await.unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }
    assert_eq!(bodies(&server).await.len(), 0);
}

#[tokio::test]
async fn idempotency_of_an_operation_that_only_reads_is_declared() {
    static SEARCH: Operation = Operation::new("search", Method::Post, "/search").repeatable();
    let (server, client) = start().await;
    Call::new(&client, &SEARCH).empty::<NoTypedError>().await.unwrap();
    assert_eq!(bodies(&server).await.len(), 2);
}

/// Asserts that a call is not sent because of its idempotency key.
async fn assert_invalid_key(call: Call<'_>, message: &str) {
    let error = call.empty::<NoTypedError>().await.unwrap_err();
    let Error::Request(request) = &error else { panic!("{error:?}") };
    assert_eq!(request.kind(), RequestErrorKind::IdempotencyKey, "{error}");
    assert!(error.to_string().contains(message), "{error}");
}

#[tokio::test]
async fn idempotency_key_that_the_body_cannot_contain_is_an_error() {
    let (server, client) = start().await;
    let array: Json = "[1]".parse().unwrap();
    for call in [
        Call::new(&client, &PAY),
        Call::new(&client, &PAY).body(&array),
        Call::new(&client, &PAY).media(2).body_bytes("text"),
    ] {
        assert_invalid_key(call.idempotency_key("mine"), "the body can't contain it").await;
    }
    assert_eq!(bodies(&server).await.len(), 0);
}

#[tokio::test]
async fn idempotency_key_of_a_body_that_is_replaced_is_not_claimed() {
    let (server, client) = start().await;
    let body = payment(Some("mine"));
    let call = Call::new(&client, &PAY).body(&body).media(2).body_bytes("text");
    assert_eq!(call.get_idempotency_key(), None);
    call.empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(bodies(&server).await, ["text"]);

    let call = Call::new(&client, &PAY).body(&body).empty_body();
    let key = call.get_idempotency_key().unwrap().to_owned();
    assert_ne!(key, "mine");
    assert_eq!(body_of(call).await, format!(r#"{{"idempotency_key":"{key}"}}"#));
}

#[tokio::test]
async fn idempotency_keys_that_contradict_each_other_are_an_error() {
    let (server, client) = start().await;
    let (with, without) = (payment(Some("mine")), payment(None));
    for call in [
        Call::new(&client, &PAY).body(&with).header("Idempotency-Key", &"other"),
        Call::new(&client, &PAY)
            .body(&without)
            .idempotency_key("mine")
            .header("Idempotency-Key", &"other"),
        Call::new(&client, &SIGNED).body(&with).header("Idempotency-Key", &"other"),
    ] {
        assert_invalid_key(call, "different idempotency keys").await;
    }
    assert_eq!(bodies(&server).await.len(), 0);
}

/// A hook that sets another key in each attempt.
struct OtherKeys;

impl Hook for OtherKeys {
    fn before(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let key = format!("hook-{}", attempt.number());
        headers.insert("idempotency-key", key.parse().unwrap());
        headers.insert("x-idempotency-key", key.parse().unwrap());
    }
}

#[tokio::test]
async fn idempotency_key_is_not_replaced_by_hooks() {
    let (server, _) = start().await;
    let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
    let client: Client =
        ClientBuilder::new(server.uri()).retry(retry).hook(OtherKeys).build().unwrap();
    let body = payment(None);
    let call = Call::new(&client, &SIGNED).body(&body).idempotency_key("mine");
    let response = call.empty::<NoTypedError>().await.unwrap();
    assert_eq!(response.idempotency_key(), Some("mine"));
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.headers["idempotency-key"], "mine");
        assert_eq!(request.headers.get("x-idempotency-key"), None);
    }
}
