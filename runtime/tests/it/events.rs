//! Server-sent events: typed, resumed after a broken connection, limited in size.

use std::time::Duration;

use crate::faulty_server::AfterResponse::{Close, Keep, Reset, Stall};
use crate::faulty_server::{Response, Server, raw, response};
use docwright_runtime::{
    Call, Client, ClientBuilder, Error, EventStream, Method, NoTypedError, Operation, Processed,
    ResponseEnum, Retry, StatusCode, record, responses,
};

#[derive(Debug, Clone, PartialEq)]
struct Tick {
    n: i64,
}
record!(Tick { required n = "n" });

#[derive(Debug)]
enum Failure {
    Gone,
}
responses!(Failure { code 410 => Gone });

static WATCH: Operation = Operation::new("watch", Method::Get, "/watch").accept("application/json");
static CHAT: Operation = Operation::new("chat", Method::Post, "/chat");

/// Returns a response without a length whose body is these events.
fn events(text: &str, after: crate::faulty_server::AfterResponse) -> Response {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n";
    raw(format!("{head}{text}"), after)
}

fn client(server: &Server, attempts: u32) -> Client {
    let retry = Retry::attempts(attempts).first_wait(Duration::from_millis(1));
    let builder = ClientBuilder::new(server.url.as_str()).retry(retry).response_limit(100);
    builder.timeout(Duration::from_millis(400)).build().unwrap()
}

/// Reads a stream to its end and returns a line for each event and error.
async fn lines<E: ResponseEnum + std::fmt::Debug>(mut stream: EventStream<Tick, E>) -> Vec<String> {
    let mut lines = Vec::new();
    while let Some(event) = stream.next().await {
        lines.push(match event {
            Ok(event) => format!("{:?} {:?} {}", event.name, event.id, event.data.n),
            Err(error) => error.to_string(),
        });
    }
    lines
}

async fn watch(server: &Server, attempts: u32) -> Vec<String> {
    let client = client(server, attempts);
    let stream = Call::new(&client, &WATCH).events::<Tick, NoTypedError>().await.unwrap();
    lines(stream.into_body()).await
}

#[tokio::test]
async fn events_are_typed_and_an_invalid_event_does_not_end_the_stream() {
    let text = ": hello\n\nevent: tick\nid: 1\ndata: {\"n\":1}\n\ndata: {\"n\":\"s3cret\"}\n\n\
                data: {\ndata: \"n\": 3}\n\ndata: [DONE]\n\ndata: {\"n\":4}\n\n";
    let server = Server::start(vec![events(text, Close)]).await;
    assert_eq!(
        watch(&server, 1).await,
        [
            "Some(\"tick\") Some(\"1\") 1",
            "the server reported success, 200 OK, but the body (14 bytes) could not be decoded: `n`: expected an integer, found a string",
            "None Some(\"1\") 3",
        ]
    );
    assert!(server.requests()[0].contains("accept: text/event-stream"), "{:?}", server.requests());
}

#[tokio::test]
async fn a_stream_resumes_after_the_last_event_when_its_connection_breaks() {
    let responses = vec![
        events("retry: 1\nid: 1\ndata: {\"n\":1}\n\nid: 2\ndata: {\"n\":2}\n\ndata: half", Reset),
        raw("", Reset),
        events("id: 3\ndata: {\"n\":3}\n\n", Reset),
        events("data: {\"n\":4}\n\n", Close),
    ];
    let server = Server::start(responses).await;
    let numbers: Vec<char> =
        watch(&server, 3).await.iter().map(|line| line.chars().last().unwrap()).collect();
    assert_eq!(numbers, ['1', '2', '3', '4']);
    let id = |request: &String| {
        let id = request.split("last-event-id: ").nth(1)?;
        id.lines().next().map(str::to_owned)
    };
    let ids: Vec<_> = server.requests().iter().map(id).collect();
    let some = |id: &str| Some(id.to_owned());
    assert_eq!(ids, [None, some("2"), some("2"), some("3")]);
}

#[tokio::test]
async fn reconnects_are_limited_and_only_made_for_safe_requests() {
    let broken = "the exchange with the server failed";
    let first = events("data: {\"n\":1}\n\n", Reset);
    let server = Server::start(vec![first.clone(), events("", Reset)]).await;
    let broken_again = format!("{broken}; 3 attempts");
    assert_eq!(watch(&server, 3).await, ["None None 1", &broken_again]);
    assert_eq!(server.request_count(), 3);

    let server = Server::start(vec![first.clone()]).await;
    assert_eq!(watch(&server, 1).await, ["None None 1", broken]);
    assert_eq!(server.request_count(), 1);

    let server = Server::start(vec![first]).await;
    let client = client(&server, 3);
    let stream = Call::new(&client, &CHAT).events::<Tick, NoTypedError>().await.unwrap();
    let broken = format!("{broken}; the server had reported success");
    assert_eq!(lines(stream.into_body()).await, ["None None 1", &broken]);
    assert_eq!(server.request_count(), 1);
}

#[tokio::test]
async fn an_error_response_ends_the_stream_and_is_typed() {
    let gone = response(410, "content-type: application/json\r\n", "{}", Keep);
    let server = Server::start(vec![events("data: {\"n\":1}\n\n", Reset), gone.clone()]).await;
    let client = client(&server, 3);
    let mut stream =
        Call::new(&client, &WATCH).events::<Tick, Failure>().await.unwrap().into_body();
    assert_eq!(stream.next().await.unwrap().unwrap().data, Tick { n: 1 });
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(matches!(error.typed(), Some(Failure::Gone)), "{error:?}");
    assert!(stream.next().await.is_none());

    let error = Call::new(&client, &WATCH).events::<Tick, Failure>().await.unwrap_err();
    assert!(matches!(error.typed(), Some(Failure::Gone)), "{error:?}");
}

#[tokio::test]
async fn a_stream_without_events_times_out() {
    let server = Server::start(vec![events("data: {\"n\":1}\n\n", Stall)]).await;
    assert_eq!(watch(&server, 1).await, ["None None 1", "the request timed out"]);
}

#[tokio::test]
async fn the_size_limit_applies_to_each_event_and_not_to_the_stream() {
    let small = "data: {\"n\":1}\n\n".repeat(20);
    let server = Server::start(vec![events(&small, Close)]).await;
    assert_eq!(watch(&server, 1).await.len(), 20);
    let large = format!("data: {}\ndata: {}", "x".repeat(60), "x".repeat(60));
    let server = Server::start(vec![events(&large, Close)]).await;
    assert_eq!(watch(&server, 1).await, ["the response is larger than the limit of 100 bytes"]);
}

#[tokio::test]
async fn a_response_that_is_not_an_event_stream_is_an_error_with_its_bytes() {
    let html = response(200, "content-type: text/html\r\n", "<html>", Keep);
    let server = Server::start(vec![html]).await;
    let client = client(&server, 1);
    let error = Call::new(&client, &WATCH).events::<Tick, NoTypedError>().await.unwrap_err();
    let Error::Decode(response) = &error else { panic!("{error:?}") };
    assert_eq!(response.raw(), "<html>");
    assert_eq!(
        error.to_string(),
        "the server reported success, 200 OK, but the body (6 bytes) could not be decoded: the value is not an event stream"
    );
}

#[tokio::test]
async fn text_events_are_not_parsed() {
    let server = Server::start(vec![events("data: [DONE]\n\ndata: a\ndata: b\n\n", Close)]).await;
    let client = client(&server, 1);
    let stream = Call::new(&client, &WATCH).text_events::<NoTypedError>().await.unwrap();
    let mut stream = stream.into_body();
    assert_eq!(stream.next().await.unwrap().unwrap().data, "[DONE]");
    assert_eq!(stream.next().await.unwrap().unwrap().data, "a\nb");
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn connections_that_broke_are_among_the_earlier_attempts() {
    let first = events("data: {\"n\":1}\n\n", Reset);
    let server = Server::start(vec![first, raw("", Reset), events("", Reset)]).await;
    let client = client(&server, 3);
    let stream = Call::new(&client, &WATCH).events::<Tick, NoTypedError>().await.unwrap();
    let mut stream = stream.into_body();
    assert_eq!(stream.next().await.unwrap().unwrap().data.n, 1);
    let error = stream.next().await.unwrap().unwrap_err();
    assert_eq!((error.attempts(), server.request_count()), (4, 4));
    let earlier: Vec<_> = error
        .earlier()
        .iter()
        .map(|attempt| (attempt.number(), attempt.status(), attempt.transport_error().is_some()))
        .collect();
    let success = Some(StatusCode::OK);
    assert_eq!(earlier, [(1, success, true), (2, None, true), (3, success, true)]);
    assert_eq!(error.earlier()[0].processed(), Processed::Yes);
}
