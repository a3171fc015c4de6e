//! Which credentials reach the server, and how often a token is requested.

mod every_call;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use docwright_runtime::{
    Call, Client, ClientBuilder, Error, Media, Method, NoTypedError, Operation, Scheme, Status,
    TokenRequest, Value,
};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::paused_clock::PausedClock;

static CREATE_TOKEN: Operation = Operation::new("create_token", Method::Post, "/token")
    .body(&[Media::JSON, Media::FORM])
    .success(&[Status::Code(200)])
    // As in a document whose security requirement applies to all operations.
    .security(&[&[&BEARER]]);
static TOKEN: TokenRequest = TokenRequest::new(&CREATE_TOKEN)
    .media(1)
    .client("clientId", "clientSecret")
    .id_header("X-Client")
    .token(&["content", "id_token"])
    .lifetime(&["content", "expires_in"]);
static BEARER: Scheme = Scheme::bearer("Bearer", "bearer").token_from(&TOKEN);
static ID: Scheme = Scheme::header("Id", "X-Id", "id");
static QUERY: Scheme = Scheme::query("Query", "key", "query");
static COOKIE: Scheme = Scheme::cookie("Cookie", "sid", "cookie");
static BASIC: Scheme = Scheme::basic("Basic", "basic");

static ORDERS: Operation =
    Operation::new("orders", Method::Post, "/orders").security(&[&[&BEARER]]);
static OPEN: Operation = Operation::new("open", Method::Get, "/open").security(&[]);
static MAYBE: Operation = Operation::new("maybe", Method::Get, "/maybe").security(&[&[], &[&ID]]);
static BOTH: Operation =
    Operation::new("both", Method::Get, "/both").security(&[&[&BASIC], &[&ID, &QUERY, &COOKIE]]);

struct AnyRequest<'a>(Call<'a>);
docwright_runtime::request!(AnyRequest => json Value, NoTypedError);

fn send<'a>(client: &'a Client, operation: &'static Operation) -> AnyRequest<'a> {
    AnyRequest(Call::new(client, operation))
}

fn builder(server: &MockServer) -> ClientBuilder<Client> {
    ClientBuilder::new(server.uri())
}

fn client_with_credentials(server: &MockServer) -> Client {
    builder(server).client_credentials(&BEARER, "me", "hunter2").build().unwrap()
}

/// Sends the tokens `t1`, `t2`… with this lifetime in seconds, and counts the token requests.
async fn tokens(server: &MockServer, lifetime: f64) -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let response = move |_: &Request| {
        let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
        let body = format!(r#"{{"content":{{"id_token":"t{number}","expires_in":{lifetime}}}}}"#);
        let response = ResponseTemplate::new(200).set_body_raw(body, "application/json");
        response.set_delay(Duration::from_millis(50))
    };
    Mock::given(method("POST")).and(path("/token")).respond_with(response).mount(server).await;
    count
}

/// Accepts every token for `/orders` but these.
async fn orders(server: &MockServer, rejected: &'static [&'static str]) {
    let response = move |request: &Request| {
        let sent = request.headers.get("authorization").map(|it| it.to_str().unwrap());
        let sent = sent.and_then(|it| it.strip_prefix("Bearer "));
        let status = if sent.is_none_or(|it| rejected.contains(&it)) { 401 } else { 200 };
        ResponseTemplate::new(status).set_body_raw("{}", "application/json")
    };
    Mock::given(path("/orders")).respond_with(response).mount(server).await;
}

async fn requests_to(server: &MockServer, path: &str) -> Vec<Request> {
    let requests = server.received_requests().await.unwrap();
    requests.into_iter().filter(|request| request.url.path() == path).collect()
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.headers.get(name).map(|value| value.to_str().unwrap())
}

async fn call_concurrently(client: &Client, calls: usize) {
    let tasks = (0..calls).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { send(&client, &ORDERS).await.map(drop) })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap().unwrap();
    }
    // `MockServer` blocks on a lock when it is dropped, which spins forever if the awaits above have
    // used up Tokio's cooperative budget. Yielding refills it.
    tokio::task::yield_now().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_calls_with_an_expired_token_make_one_token_request() {
    let server = MockServer::start().await;
    let count = tokens(&server, 1.0).await;
    orders(&server, &[]).await;
    let client = client_with_credentials(&server);
    call_concurrently(&client, 1).await;
    assert_eq!(count.load(Ordering::SeqCst), 1);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let before = requests_to(&server, "/orders").await.len();
    call_concurrently(&client, 200).await;
    assert_eq!(count.load(Ordering::SeqCst), 2, "one token for all of them");
    let calls = requests_to(&server, "/orders").await;
    assert_eq!(calls.len() - before, 200);
    assert!(calls[before..].iter().all(|call| header(call, "authorization") == Some("Bearer t2")));
}

#[tokio::test]
async fn the_token_request_is_as_configured_and_carries_no_token() {
    let server = MockServer::start().await;
    tokens(&server, 3600.0).await;
    orders(&server, &[]).await;
    let client = client_with_credentials(&server);
    call_concurrently(&client, 3).await;
    let token_requests = requests_to(&server, "/token").await;
    let [token_request] = token_requests.as_slice() else {
        panic!("{} token requests", token_requests.len())
    };
    assert_eq!(header(token_request, "authorization"), None);
    assert_eq!(header(token_request, "content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(token_request.body, b"clientId=me&clientSecret=hunter2");
    assert_eq!(header(token_request, "x-client"), None);
    let orders = requests_to(&server, "/orders").await;
    assert!(orders.iter().all(|call| header(call, "x-client") == Some("me")));
    let client = builder(&server).token_field(&BEARER, "scope", "read write");
    let client = client.client_credentials(&BEARER, "me", "hunter2").build().unwrap();
    call_concurrently(&client, 1).await;
    let token_requests = requests_to(&server, "/token").await;
    assert_eq!(token_requests[1].body, b"clientId=me&clientSecret=hunter2&scope=read+write");
}

#[tokio::test]
async fn a_401_causes_one_renewal_and_one_retry() {
    let server = MockServer::start().await;
    let count = tokens(&server, 3600.0).await;
    orders(&server, &["t1"]).await;
    let client = client_with_credentials(&server);
    call_concurrently(&client, 1).await;
    assert_eq!(count.load(Ordering::SeqCst), 2);
    let sent = requests_to(&server, "/orders").await;
    let sent: Vec<_> = sent.iter().map(|call| header(call, "authorization")).collect();
    assert_eq!(sent, [Some("Bearer t1"), Some("Bearer t2")]);
}

#[tokio::test]
async fn a_401_after_the_renewal_is_returned() {
    let server = MockServer::start().await;
    let count = tokens(&server, 3600.0).await;
    orders(&server, &["t1", "t2", "t3"]).await;
    let client = client_with_credentials(&server);
    let error = send(&client, &ORDERS).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(count.load(Ordering::SeqCst), 2);
    assert_eq!(requests_to(&server, "/orders").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_rejected_for_concurrent_calls_is_renewed_once() {
    let server = MockServer::start().await;
    let count = tokens(&server, 3600.0).await;
    orders(&server, &["t1"]).await;
    let client = client_with_credentials(&server);
    call_concurrently(&client, 50).await;
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_rejected_key_is_not_retried() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(401)).mount(&server).await;
    let client = builder(&server).key(&BEARER, "mine").build().unwrap();
    assert_eq!(send(&client, &ORDERS).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(requests_to(&server, "/orders").await.len(), 1);
}

#[tokio::test]
async fn a_dropped_call_does_not_cancel_the_shared_token_request() {
    let server = MockServer::start().await;
    let count = tokens(&server, 3600.0).await;
    orders(&server, &[]).await;
    let client = client_with_credentials(&server);
    let first = {
        let client = client.clone();
        tokio::spawn(async move { send(&client, &ORDERS).await.map(drop) })
    };
    tokio::time::sleep(Duration::from_millis(10)).await;
    let second = {
        let client = client.clone();
        tokio::spawn(async move { send(&client, &ORDERS).await.map(drop) })
    };
    tokio::time::sleep(Duration::from_millis(10)).await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 1);
    // No call is waiting any more: the next one requests a new token.
    let other = client_with_credentials(&server);
    let abandoned =
        tokio::time::timeout(Duration::from_millis(10), send(&other, &ORDERS).into_future());
    assert!(abandoned.await.is_err());
    call_concurrently(&other, 1).await;
}

#[tokio::test]
async fn a_token_is_renewed_early_and_used_until_it_expires() {
    let server = MockServer::start().await;
    let body = r#"{"content":{"id_token":"t1","expires_in":2}}"#;
    let token = ResponseTemplate::new(200).set_body_raw(body, "application/json");
    Mock::given(path("/token")).respond_with(token).up_to_n_times(1).mount(&server).await;
    let unavailable = ResponseTemplate::new(503);
    Mock::given(path("/token")).respond_with(unavailable).mount(&server).await;
    orders(&server, &[]).await;
    let client = client_with_credentials(&server);
    let clock = PausedClock::new().await;
    call_concurrently(&client, 1).await;
    // More than nine tenths of the two seconds have passed.
    clock.advance(Duration::from_millis(1850)).await;
    call_concurrently(&client, 1).await;
    // The call did not wait for the renewal.
    while requests_to(&server, "/token").await.len() < 2 {
        tokio::task::yield_now().await;
    }
    clock.advance(Duration::from_millis(200)).await;
    let error = send(&client, &ORDERS).await.unwrap_err();
    let Error::Token(error) = error else { panic!("{error:?}") };
    assert_eq!((error.scheme(), error.status().unwrap().as_u16()), ("Bearer", 503));
}

#[tokio::test]
async fn a_response_without_a_token_is_an_error_that_does_not_print_the_body() {
    let server = MockServer::start().await;
    let body = r#"{"content":{"id_token":null,"status":"hunter2"}}"#;
    let response = ResponseTemplate::new(200).set_body_raw(body, "application/json");
    Mock::given(path("/token")).respond_with(response).mount(&server).await;
    let client = client_with_credentials(&server);
    let error = send(&client, &ORDERS).await.unwrap_err();
    let text = error.to_string();
    assert_eq!(
        text,
        "no token for the security scheme `Bearer`: the server responded 200 OK (48 bytes), but the body has no string at `content.id_token`"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
    assert_eq!(requests_to(&server, "/orders").await.len(), 0);
}

#[tokio::test]
async fn missing_credentials_are_named_and_nothing_is_sent() {
    let server = MockServer::start().await;
    let client = builder(&server).key(&ID, "i").build().unwrap();
    let error = send(&client, &BOTH).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request was not sent: no credentials are set for `Basic` (`ClientBuilder::basic`), or \
         `Id` (`ClientBuilder::id`) and `Query` (`ClientBuilder::query`) and `Cookie` (`ClientBuilder::cookie`)"
    );
    let error = send(&client, &ORDERS).await.unwrap_err();
    assert!(error.to_string().contains("`Bearer` (`ClientBuilder::bearer`)"), "{error}");
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn each_credential_is_sent_in_its_location() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_raw("{}", "application/json"))
        .mount(&server)
        .await;
    let keys = builder(&server).key(&ID, "i").key(&QUERY, "a&b=c").key(&COOKIE, "c1");
    let keys = keys.build().unwrap();
    send(&keys, &BOTH).query("page", "2").await.unwrap();
    send(&keys, &MAYBE).await.unwrap();
    send(&keys, &OPEN).await.unwrap();
    let user = builder(&server).user(&BASIC, "Aladdin", "open sesame").build().unwrap();
    send(&user, &BOTH).await.unwrap();
    send(&user, &MAYBE).await.unwrap();
    // A header set on the call takes precedence over the client's credentials.
    send(&user, &BOTH).header("Authorization", "Basic own").await.unwrap();
    let sent = server.received_requests().await.unwrap();
    let seen = |index: usize| {
        let names = ["x-id", "cookie", "authorization"];
        (sent[index].url.query(), names.map(|name| header(&sent[index], name)))
    };
    assert_eq!(seen(0), (Some("page=2&key=a%26b%3Dc"), [Some("i"), Some("sid=c1"), None]));
    assert_eq!(seen(1), (None, [Some("i"), None, None]));
    assert_eq!(seen(2), (None, [None, None, None]));
    // The example of RFC 7617 §2.
    assert_eq!(seen(3), (None, [None, None, Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")]));
    assert_eq!(seen(4), (None, [None, None, None]));
    assert_eq!(seen(5), (None, [None, None, Some("Basic own")]));
}

#[tokio::test]
async fn no_credential_is_sent_to_the_target_of_a_redirect() {
    let other = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&other).await;
    for status in [301, 302, 303, 307, 308] {
        let server = MockServer::start().await;
        let location = format!("{}/both?key=taken", other.uri());
        let redirect = ResponseTemplate::new(status).insert_header("Location", location);
        Mock::given(any()).respond_with(redirect).mount(&server).await;
        // Even if the caller configures the underlying HTTP client to follow redirects.
        let follow =
            |http: reqwest::ClientBuilder| http.redirect(reqwest::redirect::Policy::limited(5));
        let client = builder(&server).key(&ID, "i").key(&QUERY, "q").key(&COOKIE, "c");
        let client = client
            .user(&BASIC, "u", "p")
            .client_credentials(&BEARER, "me", "hunter2")
            .bearer("t")
            .header("X-Key", "k")
            .configure_http(follow)
            .build()
            .unwrap();
        let error = send(&client, &BOTH).header("X-Own", "o").await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        // The token request is redirected too.
        let error = send(&client, &ORDERS).await.unwrap_err();
        assert!(matches!(error, Error::Token(_)), "{error:?}");
    }
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[test]
fn credentials_are_not_printed_and_are_checked_when_the_client_is_built() {
    let new_builder = || ClientBuilder::<Client>::new("https://acme.test");
    let builder = new_builder().key(&ID, "hunter2").client_credentials(&BEARER, "me", "hunter2");
    assert!(!format!("{builder:?}").contains("hunter2"));
    let client = builder.user(&BASIC, "me", "hunter2").build().unwrap();
    assert!(!format!("{client:?}").contains("hunter2"));
    for (builder, problem) in [
        (
            new_builder().key(&ID, "a\nb"),
            "`Id` can't be sent: the value contains a character that is not allowed in a header",
        ),
        (
            new_builder().key(&COOKIE, "a;b"),
            "`Cookie` can't be sent: the value contains a character that is not allowed in a cookie",
        ),
        (new_builder().key(&QUERY, ""), "`Query` can't be sent: the key is empty"),
        (
            new_builder().user(&BASIC, "a:b", "c"),
            "`Basic` can't be sent: the user name contains a colon",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.to_string(), format!("the credentials for {problem}"));
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}
