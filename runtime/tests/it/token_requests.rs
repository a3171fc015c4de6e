//! When tokens are requested: a slow or failing token endpoint does not stop calls whose token is
//! valid, and does not receive the same request over and over.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docwright_runtime::{
    Call, Client, ClientBuilder, Error, Media, Method, NoTypedError, Operation, Retry, Scheme,
    Status, TokenRequest, Value,
};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::paused_clock::PausedClock;

static CREATE_TOKEN: Operation = Operation::new("create_token", Method::Post, "/token")
    .body(&[Media::FORM])
    .success(&[Status::Code(201)]);
static TOKEN: TokenRequest = TokenRequest::new(&CREATE_TOKEN).client("id", "secret");
static BEARER: Scheme = Scheme::bearer("Bearer", "bearer").token_from(&TOKEN);
static ORDERS: Operation = Operation::new("orders", Method::Get, "/orders").security(&[&[&BEARER]]);

const MINUTE: Duration = Duration::from_secs(60);

struct Orders<'a>(Call<'a>);
docwright_runtime::request!(Orders => json Value, NoTypedError);

fn orders(client: &Client) -> Orders<'_> {
    Orders(Call::new(client, &ORDERS))
}

/// A vendor: its token endpoint sends the given responses, the last one from then on, and counts the
/// requests; `/orders` accepts every token, unless it is rejected.
struct Vendor {
    server: MockServer,
    token_requests: Arc<AtomicUsize>,
    tokens: Arc<Mutex<Vec<String>>>,
}

impl Vendor {
    async fn start(token_responses: Vec<ResponseTemplate>, orders_status: u16) -> Self {
        let server = MockServer::start().await;
        let token_requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&token_requests);
        let respond = move |_: &Request| {
            let number = count.fetch_add(1, Ordering::SeqCst);
            token_responses[number.min(token_responses.len() - 1)].clone()
        };
        Mock::given(path("/token")).respond_with(respond).mount(&server).await;
        let tokens = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::clone(&tokens);
        let respond = move |request: &Request| {
            let token = request.headers["authorization"].to_str().unwrap();
            sent.lock().unwrap().push(token.trim_start_matches("Bearer ").to_owned());
            ResponseTemplate::new(orders_status).set_body_raw("{}", "application/json")
        };
        Mock::given(path("/orders")).respond_with(respond).mount(&server).await;
        Self { server, token_requests, tokens }
    }

    fn builder(&self) -> ClientBuilder<Client> {
        let builder = ClientBuilder::new(self.server.uri());
        builder.client_credentials(&BEARER, "me", "hunter2")
    }

    fn token_requests(&self) -> usize {
        self.token_requests.load(Ordering::SeqCst)
    }

    /// Waits until this many token requests were received, in real time.
    async fn wait_for_token_requests(&self, count: usize) {
        while self.token_requests() < count {
            tokio::task::yield_now().await;
        }
    }

    /// Returns the tokens that calls were sent with.
    fn tokens(&self) -> Vec<String> {
        self.tokens.lock().unwrap().clone()
    }
}

/// Gets a token that is valid for an hour, and begins to renew it in its last minute.
async fn begin_renewal(vendor: &Vendor) -> (Client, PausedClock) {
    let client = vendor.builder().build().unwrap();
    let clock = PausedClock::new().await;
    orders(&client).await.unwrap();
    clock.advance(59 * MINUTE + Duration::from_secs(1)).await;
    orders(&client).await.unwrap();
    vendor.wait_for_token_requests(2).await;
    (client, clock)
}

fn token(text: &str, lifetime: &str) -> ResponseTemplate {
    let body = format!(r#"{{"access_token":"{text}","expires_in":{lifetime}}}"#);
    ResponseTemplate::new(201).set_body_raw(body, "application/json")
}

fn hanging() -> ResponseTemplate {
    token("late", "3600").set_delay(Duration::from_secs(3600))
}

#[tokio::test]
async fn token_endpoint_that_hangs_for_a_minute_fails_no_call_while_the_token_is_valid() {
    let vendor = Vendor::start(vec![token("t1", "3600"), hanging()], 200).await;
    let client = vendor.builder().build().unwrap();
    let clock = PausedClock::new().await;
    orders(&client).await.unwrap();
    // The token is renewed in its last minute, in which each call has a second.
    clock.advance(59 * MINUTE).await;
    for _ in 0..58 {
        clock.advance(Duration::from_secs(1)).await;
        orders(&client).timeout(Duration::from_secs(1)).await.unwrap();
    }
    assert_eq!(vendor.tokens(), vec!["t1"; 59]);
    // The first renewal timed out after 30 seconds, and another one was begun.
    assert_eq!(vendor.token_requests(), 3);
    clock.advance(Duration::from_secs(3)).await;
    let error = orders(&client).timeout(Duration::from_millis(1)).into_future();
    let (result, ()) = tokio::join!(error, clock.advance(Duration::from_secs(1)));
    assert!(result.unwrap_err().is_timeout(), "an expired token is not sent");
}

#[tokio::test]
async fn token_is_renewed_while_calls_use_the_valid_one() {
    let vendor = Vendor::start(vec![token("t1", "3600"), token("t2", "3600")], 200).await;
    let (client, _clock) = begin_renewal(&vendor).await;
    while vendor.tokens().last().unwrap() == "t1" {
        orders(&client).await.unwrap();
    }
    assert_eq!(vendor.token_requests(), 2);
    assert_eq!(vendor.tokens()[..2], ["t1", "t1"], "the second call did not wait for the renewal");
}

#[tokio::test]
async fn token_renewal_that_fails_is_not_repeated_by_every_call() {
    let unavailable = ResponseTemplate::new(503);
    let vendor = Vendor::start(vec![token("t1", "3600"), unavailable], 200).await;
    let (client, clock) = begin_renewal(&vendor).await;
    for _ in 0..50 {
        orders(&client).await.unwrap();
    }
    assert_eq!(vendor.token_requests(), 2);
    clock.advance(Duration::from_secs(6)).await;
    orders(&client).await.unwrap();
    vendor.wait_for_token_requests(3).await;
}

#[tokio::test]
async fn token_request_is_retried_as_the_policy_allows() {
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "0");
    let responses = vec![ResponseTemplate::new(503), busy, token("t1", "3600")];
    let vendor = Vendor::start(responses.clone(), 200).await;
    let retry = Retry::attempts(3).first_wait(Duration::from_millis(1));
    let client = vendor.builder().retry(retry).build().unwrap();
    orders(&client).await.unwrap();
    assert_eq!((vendor.token_requests(), vendor.tokens().len()), (3, 1));

    // A policy of the call applies, too; without any, there is one attempt.
    let vendor = Vendor::start(responses.clone(), 200).await;
    let client = vendor.builder().build().unwrap();
    orders(&client).retry(retry).await.unwrap();
    assert_eq!(vendor.token_requests(), 3);
    let vendor = Vendor::start(responses, 200).await;
    let client = vendor.builder().build().unwrap();
    let error = orders(&client).await.unwrap_err();
    assert!(matches!(&error, Error::Token(it) if it.status().unwrap() == 503), "{error:?}");
    assert_eq!(vendor.token_requests(), 1);
}

#[tokio::test]
async fn token_request_that_is_rejected_is_not_repeated_for_five_seconds() {
    for status in [400, 401, 403] {
        let rejection = ResponseTemplate::new(status);
        let vendor =
            Vendor::start(vec![rejection.clone(), rejection, token("t1", "60")], 200).await;
        let client = vendor.builder().retry(Retry::attempts(3)).build().unwrap();
        let clock = PausedClock::new().await;
        for _ in 0..50 {
            let error = orders(&client).await.unwrap_err();
            assert!(matches!(&error, Error::Token(it) if it.status().unwrap() == status));
        }
        assert_eq!(vendor.token_requests(), 1, "{status}");
        clock.advance(Duration::from_millis(5001)).await;
        orders(&client).await.unwrap_err();
        assert_eq!(vendor.token_requests(), 2);
        clock.advance(Duration::from_millis(5001)).await;
        orders(&client).await.unwrap();
    }
}

#[tokio::test]
async fn token_request_is_not_repeated_before_the_time_of_retry_after() {
    for status in [400, 429, 503] {
        let busy = ResponseTemplate::new(status).insert_header("retry-after", "60");
        let vendor = Vendor::start(vec![busy, token("t1", "3600")], 200).await;
        let client = vendor.builder().build().unwrap();
        let clock = PausedClock::new().await;
        orders(&client).await.unwrap_err();
        clock.advance(Duration::from_secs(59)).await;
        orders(&client).await.unwrap_err();
        assert_eq!(vendor.token_requests(), 1, "{status}");
        clock.advance(Duration::from_secs(2)).await;
        orders(&client).await.unwrap();
    }
}

#[tokio::test]
async fn token_response_without_a_token_is_not_requested_again_at_once() {
    let envelope = ResponseTemplate::new(200).set_body_raw(r#"{"error":"no"}"#, "application/json");
    let vendor = Vendor::start(vec![envelope], 200).await;
    let client = vendor.builder().build().unwrap();
    for _ in 0..50 {
        orders(&client).await.unwrap_err();
    }
    assert_eq!(vendor.token_requests(), 1);
}

#[tokio::test]
async fn token_is_renewed_once_if_every_call_is_rejected_for_another_reason() {
    let vendor = Vendor::start(vec![token("t1", "3600")], 401).await;
    let client = vendor.builder().build().unwrap();
    let clock = PausedClock::new().await;
    for _ in 0..20 {
        assert_eq!(orders(&client).await.unwrap_err().status().unwrap(), 401);
    }
    assert_eq!((vendor.token_requests(), vendor.tokens().len()), (2, 21));
    clock.advance(Duration::from_secs(6)).await;
    orders(&client).await.unwrap_err();
    assert_eq!(vendor.token_requests(), 3, "the token may have been revoked since");
}

#[tokio::test]
async fn token_that_one_call_was_rejected_with_is_used_until_there_is_another() {
    let vendor = Vendor::start(vec![token("t1", "3600"), hanging()], 200).await;
    static FORBIDDEN: Operation =
        Operation::new("forbidden", Method::Get, "/forbidden").security(&[&[&BEARER]]);
    let rejection = ResponseTemplate::new(401);
    Mock::given(path("/forbidden")).respond_with(rejection).mount(&vendor.server).await;
    let client = vendor.builder().build().unwrap();
    let _clock = PausedClock::new().await;
    let rejected = {
        let client = client.clone();
        tokio::spawn(async move { Orders(Call::new(&client, &FORBIDDEN)).await.map(drop) })
    };
    vendor.wait_for_token_requests(2).await;
    for _ in 0..5 {
        orders(&client).await.unwrap();
    }
    assert!(!rejected.is_finished(), "it waits for the renewal");
    rejected.abort();
}

#[tokio::test]
async fn token_of_any_success_is_used_whatever_its_lifetime() {
    let plain = |status| ResponseTemplate::new(status);
    let body = r#"{"access_token":"t1","expires_in":1e400,"meta":{"a":1,"a":2},"b":1e999}"#;
    for status in [200, 201, 202, 206] {
        let response = plain(status).set_body_raw(body, "application/json");
        let vendor = Vendor::start(vec![response], 200).await;
        let client = vendor.builder().build().unwrap();
        orders(&client).await.unwrap();
        orders(&client).await.unwrap();
        assert_eq!(vendor.token_requests(), 1, "{status}");
    }
    for lifetime in ["\"3600\"", "\" 3600.5 \"", "null", "\"soon\"", "1e308", "3600"] {
        let vendor = Vendor::start(vec![token("t1", lifetime)], 200).await;
        let client = vendor.builder().build().unwrap();
        orders(&client).await.unwrap();
        orders(&client).await.unwrap();
        assert_eq!(vendor.token_requests(), 1, "{lifetime}");
    }
}

#[test]
fn token_request_on_a_runtime_that_sleeps_is_not_joined_after_its_timeout() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (sleeping, awake) = (runtime(), runtime());
    let vendor = awake.block_on(Vendor::start(vec![hanging(), token("t1", "3600")], 200));
    let client = vendor.builder().timeout(Duration::from_millis(600)).build().unwrap();
    let call = |client: Client| async move { orders(&client).await.map(drop) };
    let first = {
        let client = client.clone();
        std::thread::spawn(move || {
            let patience = Duration::from_millis(500);
            let call = async { tokio::time::timeout(patience, call(client)).await };
            assert!(sleeping.block_on(call).is_err());
            // Nothing drives its sockets and timers any more.
            sleeping
        })
    };
    while vendor.token_requests() == 0 {
        std::thread::yield_now();
    }
    // Each call begins before the previous one times out.
    let results = awake.block_on(async {
        let mut calls = Vec::new();
        for _ in 0..16 {
            calls.push(tokio::spawn(call(client.clone())));
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let results = calls.into_iter().map(|call| async { call.await.unwrap().is_ok() });
        futures_util::future::join_all(results).await
    });
    assert!(results.iter().any(|is_ok| *is_ok), "{results:?}");
    assert_eq!(vendor.token_requests(), 2);
    drop(first.join().unwrap());
}
