//! Servers that misbehave: each fault has the documented outcome, no call takes longer than its
//! timeout, the part of a response that arrived is kept up to the limit, and a request that is not
//! safe to retry is sent once.

mod compressed;

use std::future::IntoFuture;
use std::time::Duration;

use crate::acme::Client;
use crate::faulty_server::AfterResponse::{Close, Drip, Keep, Reset, Stall};
use crate::faulty_server::{Response, Server, raw, response};
use docwright_runtime::{Advice, Error, Retry, RetryHeader, WaitFormat};
use tokio::io::AsyncReadExt;

const TIMEOUT: Duration = Duration::from_millis(400);
const LIMIT: usize = 1000;
const JSON: &str = "content-type: application/json\r\n";
const ORDER: &str = r#"{"id":"1","lines":[]}"#;

fn client(server: &Server) -> Client {
    let retry = Retry::attempts(3).first_wait(Duration::from_millis(1));
    let builder = Client::builder(server.url.as_str()).timeout(TIMEOUT).response_limit(LIMIT);
    builder.retry(retry).retry_headers(&RETRY_HEADERS).build().unwrap()
}

/// Headers beside `Retry-After` that say how long to wait.
static RETRY_HEADERS: [RetryHeader; 2] = [
    RetryHeader::new("X-Retry-In", WaitFormat::Duration),
    RetryHeader::new("X-Reset", WaitFormat::UnixSeconds).statuses(&[429]),
];

/// The outcome of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Success,
    /// The response is missing or incomplete.
    Broken,
    /// The call timed out.
    Timeout,
    /// The response exceeds the limit.
    TooLarge,
    /// The response body does not match its type.
    DecodeFailure,
    /// The response has an error status.
    Status(u16),
}

fn outcome<T, E>(result: &Result<T, Error<E>>) -> Outcome {
    match result {
        Ok(_) => Outcome::Success,
        Err(Error::Transport(error)) if error.is_timeout() => Outcome::Timeout,
        Err(Error::Transport(error)) if error.is_too_large() => Outcome::TooLarge,
        Err(Error::Transport(_)) => Outcome::Broken,
        Err(Error::Decode(_)) => Outcome::DecodeFailure,
        Err(error) => Outcome::Status(error.status().map_or(0, |status| status.as_u16())),
    }
}

/// A fault: its name, the responses, the outcome of a request that is safe to retry, how many bytes
/// of the last response's body are kept, and how often this request and one that is not safe to
/// retry are sent.
type Case = (&'static str, Vec<Response>, Outcome, Option<usize>, [usize; 2]);

/// Returns a response that announces more bytes than this body.
fn truncated(text: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{text}")
}

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    let pause = Duration::from_millis(5);
    let success = || response(200, JSON, ORDER, Keep);
    let with_header = |status, header: &str| response(status, &format!("{header}\r\n"), "", Keep);
    let retry_after = |status, wait: &str| with_header(status, &format!("retry-after: {wait}"));
    vec![
        ("no fault", vec![success()], Outcome::Success, None, [1, 1]),
        ("reset before the response", vec![raw("", Reset)], Outcome::Broken, None, [3, 1]),
        ("closed before the response", vec![raw("", Close)], Outcome::Broken, None, [3, 1]),
        ("reset before the response, then a success", vec![raw("", Reset), success()], Outcome::Success, None, [2, 1]),
        ("reset inside the head", vec![raw("HTTP/1.1 200 O", Reset)], Outcome::Broken, None, [3, 1]),
        ("reset inside the body", vec![raw(truncated("0123"), Reset)], Outcome::Broken, Some(4), [3, 1]),
        ("closed inside the body", vec![raw(truncated("0123"), Close)], Outcome::Broken, Some(4), [3, 1]),
        ("reset after the body", vec![response(200, JSON, ORDER, Reset)], Outcome::Success, None, [1, 1]),
        ("nothing at all", vec![raw("", Stall)], Outcome::Timeout, None, [1, 1]),
        ("an incomplete head", vec![raw("HTTP/1.1 200 OK\r\n", Stall)], Outcome::Timeout, None, [1, 1]),
        ("a head that arrives slowly", vec![raw("HTTP/1.1 200 OK\r\n", Drip(b"x-a: b\r\n", pause))], Outcome::Timeout, None, [1, 1]),
        ("an incomplete body", vec![raw(truncated("01"), Stall)], Outcome::Timeout, Some(2), [1, 1]),
        ("an incomplete body without a length", vec![raw("HTTP/1.1 200 OK\r\n\r\n01", Stall)], Outcome::Timeout, Some(2), [1, 1]),
        ("truncated JSON", vec![response(200, JSON, &ORDER[..8], Keep)], Outcome::DecodeFailure, Some(8), [1, 1]),
        ("another media type", vec![response(200, "content-type: text/html\r\n", "<html>", Keep)], Outcome::DecodeFailure, Some(6), [1, 1]),
        ("a length that is too small", vec![raw(format!("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{ORDER}"), Close)], Outcome::DecodeFailure, Some(4), [1, 1]),
        ("an invalid length", vec![raw("HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n", Close)], Outcome::Broken, None, [3, 1]),
        ("invalid chunks", vec![raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabXX", Close)], Outcome::Broken, Some(2), [3, 1]),
        ("another protocol", vec![raw("220 mail.acme.test ESMTP\r\n", Close)], Outcome::Broken, None, [3, 1]),
        ("429 with seconds, then a success", vec![retry_after(429, "0"), success()], Outcome::Success, None, [2, 2]),
        ("429 with a date, then a success", vec![retry_after(429, "Sun, 06 Nov 1994 08:49:37 GMT"), success()], Outcome::Success, None, [2, 2]),
        ("429 with more seconds than the timeout", vec![retry_after(429, "60"), success()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a date far in the future", vec![retry_after(429, "Fri, 06 Nov 2093 08:49:37 GMT"), success()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a delay in a vendor header, then a success", vec![with_header(429, "x-retry-in: 1.5ms"), success()], Outcome::Success, None, [2, 2]),
        ("503 with a delay in a vendor header, then a success", vec![with_header(503, "x-retry-in: 0s"), success()], Outcome::Success, None, [2, 1]),
        ("429 with a delay in a vendor header, longer than the timeout", vec![with_header(429, "x-retry-in: 1m0.5s"), success()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a vendor header that takes precedence over Retry-After", vec![with_header(429, "x-retry-in: 0s\r\nretry-after: 60"), success()], Outcome::Success, None, [2, 2]),
        ("429 with an invalid vendor header", vec![with_header(429, "x-retry-in: a while\r\nretry-after: 60"), success()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a time far in the future", vec![with_header(429, "x-reset: 4102444800"), success()], Outcome::Status(429), Some(0), [1, 1]),
        ("429 with a time in the past, then a success", vec![with_header(429, "x-reset: 784111777"), success()], Outcome::Success, None, [2, 2]),
        ("503 with a header that only applies to 429, then a success", vec![with_header(503, "x-reset: 4102444800"), success()], Outcome::Success, None, [2, 1]),
        ("503, then a success", vec![response(503, "", "busy", Keep), success()], Outcome::Success, None, [2, 1]),
        ("503 every time", vec![response(503, "", "busy", Keep)], Outcome::Status(503), Some(4), [3, 1]),
        ("500", vec![response(500, "", "oops", Keep)], Outcome::Status(500), Some(4), [3, 1]),
        ("an endless body", vec![raw("HTTP/1.1 200 OK\r\n\r\n", Drip(&[b'x'; 300], Duration::ZERO))], Outcome::TooLarge, Some(LIMIT), [1, 1]),
        ("a body longer than the limit", vec![response(200, JSON, [b'x'; LIMIT + 1], Keep)], Outcome::TooLarge, Some(LIMIT), [1, 1]),
        ("a body as long as the limit", vec![response(200, JSON, [b'x'; LIMIT], Keep)], Outcome::DecodeFailure, Some(LIMIT), [1, 1]),
    ]
}

#[tokio::test]
async fn fault_outcomes_are_as_documented() {
    for (name, responses, expected, kept, [safe_requests, unsafe_requests]) in cases() {
        let server = Server::start(responses.clone()).await;
        let result = client(&server).get_order("1").await;
        assert_eq!(outcome(&result), expected, "{name}: {result:?}");
        if let Err(error) = &result {
            assert_eq!(error.raw().map(|raw| raw.len()), kept, "{name}: {error:?}");
            // A program that prints the error reveals nothing of the response.
            let printed = format!("{error} {error:?}");
            assert!(
                !["0123", "busy", "<html>", "xxxx"].iter().any(|it| printed.contains(it)),
                "{printed}"
            );
        }
        assert_eq!(server.request_count(), safe_requests, "{name}");

        let server = Server::start(responses).await;
        let body = crate::acme::body();
        let _ = client(&server).create_token(&body).await;
        assert_eq!(server.request_count(), unsafe_requests, "{name}");
    }
}

#[tokio::test]
async fn fault_pooled_connection_was_closed() {
    let server = Server::start(vec![response(200, JSON, ORDER, Close)]).await;
    let client = client(&server);
    for number in 1..=3 {
        client.get_order("1").await.unwrap();
        // The client sees that the connection is closed before it sends anything on it.
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(server.request_count(), number);
    }
}

#[tokio::test]
async fn fault_pooled_connection_is_reset_when_it_is_reused() {
    let responses =
        vec![response(200, JSON, ORDER, Keep), raw("", Reset), response(200, JSON, ORDER, Keep)];
    let server = Server::start(responses.clone()).await;
    let retrying = client(&server);
    retrying.get_order("1").await.unwrap();
    retrying.get_order("1").await.unwrap();
    assert_eq!(server.request_count(), 3);

    // A request that is not safe to retry is sent once, since the server may have processed it.
    let server = Server::start(responses).await;
    let client = client(&server);
    let body = crate::acme::body();
    client.get_order("1").await.unwrap();
    let result = client.create_token(&body).await;
    assert_eq!(outcome(&result), Outcome::Broken);
    assert_eq!(server.request_count(), 2);
}

#[tokio::test]
async fn fault_body_that_arrives_slowly() {
    let drip = Drip(b"x", Duration::from_millis(5));
    let server = Server::start(vec![raw("HTTP/1.1 200 OK\r\n\r\n", drip)]).await;
    let result = client(&server).get_order("1").await;
    assert_eq!(outcome(&result), Outcome::Timeout);
    assert!(!result.unwrap_err().raw().unwrap().is_empty());
    assert_eq!(server.request_count(), 1);
}

#[tokio::test]
async fn fault_retry_delay_of_the_server_is_observed() {
    for header in ["retry-after: 1", "x-retry-in: 1s", "x-retry-in: 1000.5ms\r\nretry-after: 60"] {
        let after = response(429, &format!("{header}\r\n"), "", Keep);
        let server = Server::start(vec![after, response(200, JSON, ORDER, Keep)]).await;
        let client = client(&server);
        let call = client.get_order("1").timeout(Duration::from_secs(20)).into_future();
        tokio::pin!(call);
        let early = tokio::time::timeout(Duration::from_millis(200), &mut call).await;
        assert!(early.is_err(), "{header}: the second request is sent after a second");
        call.await.unwrap();
        assert_eq!(server.request_count(), 2);
    }
}

#[tokio::test]
async fn fault_retry_delay_longer_than_the_timeout_is_in_the_advice() {
    let server = Server::start(vec![response(429, "x-retry-in: 1m0s\r\n", "", Keep)]).await;
    let error = client(&server).get_order("1").await.unwrap_err();
    assert_eq!(error.advice(), Advice::Retry(Some(Duration::from_secs(60))));
}

#[tokio::test]
async fn fault_dropped_call_closes_its_connection() {
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
        received = server => received,
    };
    // The call is dropped here: no more bytes are sent, and the connection is closed soon.
    let end = tokio::time::timeout(Duration::from_secs(10), socket.read(&mut bytes)).await.unwrap();
    assert!(end.is_err() || end.is_ok_and(|length| length == 0));
}
