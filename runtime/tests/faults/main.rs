//! Servers that misbehave: each fault has the outcome that the documentation promises, nothing waits
//! longer than its timeout, what came of a response is kept up to the limit, and what is not safe to
//! repeat is sent once.

#[allow(dead_code, reason = "each test file uses a part of it")]
#[path = "../acme/mod.rs"]
mod acme;
mod packed;
mod server;

use std::future::IntoFuture;
use std::time::{Duration, Instant};

use acme::Client;
use docwright_runtime::{Advice, Error, Retry, RetryHeader, WaitForm};
use server::Then::{Close, Drip, Keep, Reset, Stall};
use server::{Response, Server, raw, response};
use tokio::io::AsyncReadExt;

const TIMEOUT: Duration = Duration::from_millis(400);
const LIMIT: usize = 1000;
const JSON: &str = "content-type: application/json\r\n";
const ORDER: &str = r#"{"id":"1","lines":[]}"#;

fn client(server: &Server) -> Client {
    let retry = Retry::attempts(3).first_wait(Duration::from_millis(1));
    let builder = Client::builder(server.url.as_str()).timeout(TIMEOUT).response_limit(LIMIT);
    builder.retry(retry).retry_headers(&OWN).build().unwrap()
}

/// Where the server says how long to wait, beside `Retry-After`.
static OWN: [RetryHeader; 2] = [
    RetryHeader::new("X-Retry-In", WaitForm::Duration),
    RetryHeader::new("X-Reset", WaitForm::UnixSeconds).statuses(&[429]),
];

/// What comes of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Good,
    /// No whole response came.
    Broken,
    /// Time ran out.
    Late,
    /// The response passed the limit.
    TooLarge,
    /// The response is not as described.
    DecodeFailure,
    /// The response is an error's.
    Status(u16),
}

fn outcome<T, E>(result: &Result<T, Error<E>>) -> Outcome {
    match result {
        Ok(_) => Outcome::Good,
        Err(Error::Transport(error)) if error.is_timeout() => Outcome::Late,
        Err(Error::Transport(error)) if error.is_too_large() => Outcome::TooLarge,
        Err(Error::Transport(_)) => Outcome::Broken,
        Err(Error::Decode(_)) => Outcome::DecodeFailure,
        Err(error) => Outcome::Status(error.status().map_or(0, |status| status.as_u16())),
    }
}

/// A fault: its name, the responses, what comes of it for a request that may be repeated, how much of
/// the last response's body is kept, and how often that request and one that must not be repeated are
/// sent.
type Case = (&'static str, Vec<Response>, Outcome, Option<usize>, [usize; 2]);

fn half_of(text: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{text}")
}

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    let pause = Duration::from_millis(5);
    let good = || response(200, JSON, ORDER, Keep);
    let says = |status, header: &str| response(status, &format!("{header}\r\n"), "", Keep);
    let after = |status, wait: &str| says(status, &format!("retry-after: {wait}"));
    vec![
        ("nothing wrong", vec![good()], Outcome::Good, None, [1, 1]),
        ("reset before the response", vec![raw("", Reset)], Outcome::Broken, None, [3, 1]),
        ("closed before the response", vec![raw("", Close)], Outcome::Broken, None, [3, 1]),
        ("reset before the response, then well", vec![raw("", Reset), good()], Outcome::Good, None, [2, 1]),
        ("reset inside the head", vec![raw("HTTP/1.1 200 O", Reset)], Outcome::Broken, None, [3, 1]),
        ("reset inside the body", vec![raw(half_of("0123"), Reset)], Outcome::Broken, Some(4), [3, 1]),
        ("closed inside the body", vec![raw(half_of("0123"), Close)], Outcome::Broken, Some(4), [3, 1]),
        ("reset behind the body", vec![response(200, JSON, ORDER, Reset)], Outcome::Good, None, [1, 1]),
        ("no head", vec![raw("", Stall)], Outcome::Late, None, [1, 1]),
        ("half a head", vec![raw("HTTP/1.1 200 OK\r\n", Stall)], Outcome::Late, None, [1, 1]),
        ("a head that drips", vec![raw("HTTP/1.1 200 OK\r\n", Drip(b"x-a: b\r\n", pause))], Outcome::Late, None, [1, 1]),
        ("half a body", vec![raw(half_of("01"), Stall)], Outcome::Late, Some(2), [1, 1]),
        ("a body of no length", vec![raw("HTTP/1.1 200 OK\r\n\r\n01", Stall)], Outcome::Late, Some(2), [1, 1]),
        ("truncated JSON", vec![response(200, JSON, &ORDER[..8], Keep)], Outcome::DecodeFailure, Some(8), [1, 1]),
        ("another media type", vec![response(200, "content-type: text/html\r\n", "<html>", Keep)], Outcome::DecodeFailure, Some(6), [1, 1]),
        ("a length that is too small", vec![raw(format!("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{ORDER}"), Close)], Outcome::DecodeFailure, Some(4), [1, 1]),
        ("a length that is none", vec![raw("HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n", Close)], Outcome::Broken, None, [3, 1]),
        ("chunks that are none", vec![raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabXX", Close)], Outcome::Broken, Some(2), [3, 1]),
        ("no HTTP at all", vec![raw("220 mail.acme.test ESMTP\r\n", Close)], Outcome::Broken, None, [3, 1]),
        ("429 with seconds, then well", vec![after(429, "0"), good()], Outcome::Good, None, [2, 1]),
        ("429 with a date, then well", vec![after(429, "Sun, 06 Nov 1994 08:49:37 GMT"), good()], Outcome::Good, None, [2, 1]),
        ("429 with more seconds than there are", vec![after(429, "60"), good()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a date that is far", vec![after(429, "Fri, 06 Nov 2093 08:49:37 GMT"), good()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a wait of the vendor's own, then well", vec![says(429, "x-retry-in: 1.5ms"), good()], Outcome::Good, None, [2, 1]),
        ("503 with a wait of the vendor's own, then well", vec![says(503, "x-retry-in: 0s"), good()], Outcome::Good, None, [2, 1]),
        ("429 with a vendor's wait that is longer than there is", vec![says(429, "x-retry-in: 1m0.5s"), good()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a vendor's wait that goes before Retry-After", vec![says(429, "x-retry-in: 0s\r\nretry-after: 60"), good()], Outcome::Good, None, [2, 1]),
        ("429 with a vendor's wait that can't be read", vec![says(429, "x-retry-in: a while\r\nretry-after: 60"), good()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a time far off", vec![says(429, "x-reset: 4102444800"), good()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a time that is over, then well", vec![says(429, "x-reset: 784111777"), good()], Outcome::Good, None, [2, 1]),
        ("503 with a time that only counts for 429, then well", vec![says(503, "x-reset: 4102444800"), good()], Outcome::Good, None, [2, 1]),
        ("503, then well", vec![response(503, "", "busy", Keep), good()], Outcome::Good, None, [2, 1]),
        ("503 for ever", vec![response(503, "", "busy", Keep)], Outcome::Status(503), Some(4), [3, 1]),
        ("500", vec![response(500, "", "oops", Keep)], Outcome::Status(500), Some(4), [1, 1]),
        ("a body without end", vec![raw("HTTP/1.1 200 OK\r\n\r\n", Drip(&[b'x'; 300], Duration::ZERO))], Outcome::TooLarge, Some(LIMIT), [1, 1]),
        ("a body longer than the limit", vec![response(200, JSON, [b'x'; LIMIT + 1], Keep)], Outcome::TooLarge, Some(LIMIT), [1, 1]),
        ("a body as long as the limit", vec![response(200, JSON, [b'x'; LIMIT], Keep)], Outcome::DecodeFailure, Some(LIMIT), [1, 1]),
    ]
}

#[tokio::test]
async fn fault_each_has_its_outcome() {
    for (name, responses, expected, kept, [safe, unsafe_]) in cases() {
        let server = Server::start(responses.clone()).await;
        let begun = Instant::now();
        let result = client(&server).get_order("1").await;
        let took = begun.elapsed();
        assert_eq!(outcome(&result), expected, "{name}: {result:?}");
        assert!(took < TIMEOUT + Duration::from_secs(2), "{name}: {took:?}");
        if let Err(error) = &result {
            assert_eq!(error.raw().map(|raw| raw.len()), kept, "{name}: {error:?}");
            // A program that passes the error on shows nothing of the response.
            let shown = format!("{error} {error:?}");
            assert!(
                !["0123", "busy", "<html>", "xxxx"].iter().any(|it| shown.contains(it)),
                "{shown}"
            );
        }
        assert_eq!(server.seen(), safe, "{name}");

        let server = Server::start(responses).await;
        let body = acme::body();
        let _ = client(&server).create_token(&body).await;
        assert_eq!(server.seen(), unsafe_, "{name}");
    }
}

#[tokio::test]
async fn fault_a_connection_that_was_kept_is_closed() {
    let server = Server::start(vec![response(200, JSON, ORDER, Close)]).await;
    let client = client(&server);
    for number in 1..=3 {
        client.get_order("1").await.unwrap();
        // The client sees that the connection is closed before it sends anything on it.
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(server.seen(), number);
    }
}

#[tokio::test]
async fn fault_a_connection_that_was_kept_is_closed_when_it_is_used() {
    let responses =
        vec![response(200, JSON, ORDER, Keep), raw("", Reset), response(200, JSON, ORDER, Keep)];
    let server = Server::start(responses.clone()).await;
    let asked = client(&server);
    asked.get_order("1").await.unwrap();
    asked.get_order("1").await.unwrap();
    assert_eq!(server.seen(), 3);

    // What must not be repeated is not, since the server may have taken it.
    let server = Server::start(responses).await;
    let asked = client(&server);
    let body = acme::body();
    asked.get_order("1").await.unwrap();
    let result = asked.create_token(&body).await;
    assert_eq!(outcome(&result), Outcome::Broken);
    assert_eq!(server.seen(), 2);
}

#[tokio::test]
async fn fault_a_body_that_drips() {
    let drip = Drip(b"x", Duration::from_millis(5));
    let server = Server::start(vec![raw("HTTP/1.1 200 OK\r\n\r\n", drip)]).await;
    let begun = Instant::now();
    let result = client(&server).get_order("1").await;
    assert!(begun.elapsed() < TIMEOUT + Duration::from_secs(2));
    assert_eq!(outcome(&result), Outcome::Late);
    assert!(!result.unwrap_err().raw().unwrap().is_empty());
    assert_eq!(server.seen(), 1);
}

#[tokio::test]
async fn fault_a_wait_that_the_server_asks_for_is_kept() {
    for header in ["retry-after: 1", "x-retry-in: 1s", "x-retry-in: 1000.5ms\r\nretry-after: 60"] {
        let after = response(429, &format!("{header}\r\n"), "", Keep);
        let server = Server::start(vec![after, response(200, JSON, ORDER, Keep)]).await;
        let client = client(&server);
        let begun = Instant::now();
        client.get_order("1").timeout(Duration::from_secs(20)).await.unwrap();
        let took = begun.elapsed();
        assert!((Duration::from_secs(1)..Duration::from_secs(15)).contains(&took), "{took:?}");
        assert_eq!(server.seen(), 2);
    }
}

#[tokio::test]
async fn fault_a_wait_that_is_not_begun_is_told() {
    let server = Server::start(vec![response(429, "x-retry-in: 1m0s\r\n", "", Keep)]).await;
    let error = client(&server).get_order("1").await.unwrap_err();
    assert_eq!(error.advice(), Advice::Again(Some(Duration::from_secs(60))));
}

#[tokio::test]
async fn fault_a_call_that_is_given_up_closes_its_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let client = Client::builder(format!("http://{address}")).build().unwrap();
    let server = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut bytes = [0; 4096];
        assert_ne!(socket.read(&mut bytes).await.unwrap(), 0);
        (socket, bytes)
    };
    let (mut socket, mut bytes) = tokio::select! {
        response = client.get_order("1").into_future() => panic!("{response:?}"),
        seen = server => seen,
    };
    // The call is dropped here; no byte of it comes any more, and soon the connection is closed.
    let end = tokio::time::timeout(Duration::from_secs(10), socket.read(&mut bytes)).await.unwrap();
    assert!(end.is_err() || end.is_ok_and(|length| length == 0));
}
