//! HTTP/2: which failures prove that a request was not processed, and dead connections.

use std::time::Duration;

use docwright_runtime::{
    Advice, Call, Client, ClientBuilder, Error, Method, NoTypedError, Operation, Response, Retry,
};

use crate::http2_server::{CANCEL, NO_ERROR, REFUSED_STREAM, Reaction, Seen, Server};

static PAY: Operation = Operation::new("pay", Method::Post, "/payments");

fn client(server: &Server) -> Client {
    let builder = ClientBuilder::new(server.url.as_str());
    builder.configure_http(|http| http.http2_prior_knowledge()).build().unwrap()
}

/// Sends a POST without an idempotency key.
async fn pay(client: &Client, retry: Retry) -> Result<Response<()>, Error<NoTypedError>> {
    Call::new(client, &PAY).retry(retry.first_wait(Duration::from_millis(1))).empty().await
}

const REJECTIONS: [Reaction; 2] =
    [Reaction::Reset(REFUSED_STREAM), Reaction::GoAwayUnprocessed(NO_ERROR)];

#[tokio::test]
async fn transport_rejected_requests_are_retried_with_any_method() {
    for reaction in REJECTIONS {
        let server = Server::start(&[reaction]).await;
        let result = pay(&client(&server), Retry::attempts(3)).await;
        assert!(result.is_ok(), "{reaction:?}: {result:?}");
        assert_eq!(server.seen().requests, 2, "{reaction:?}");
    }
}

#[tokio::test]
async fn transport_rejections_say_that_the_request_was_not_processed() {
    for reaction in REJECTIONS {
        let server = Server::start(&[reaction]).await;
        let error = pay(&client(&server), Retry::NEVER).await.unwrap_err();
        assert_eq!(error.advice(), Advice::Retry(None), "{reaction:?}: {error:?}");
        assert_eq!(error.to_string(), "the server rejected the request before processing it");
        let Error::Transport(error) = error else { panic!("{error:?}") };
        assert!(error.is_unprocessed() && !error.is_connect(), "{reaction:?}: {error:?}");
    }
}

#[tokio::test]
async fn transport_requests_that_may_have_been_processed_are_sent_once() {
    for reaction in [
        Reaction::Reset(CANCEL),
        Reaction::RespondAndReset(REFUSED_STREAM),
        Reaction::GoAwayProcessed(NO_ERROR),
        Reaction::GoAwayProcessed(REFUSED_STREAM),
    ] {
        let server = Server::start(&[reaction]).await;
        let error = pay(&client(&server), Retry::attempts(3)).await.unwrap_err();
        assert_eq!(error.advice(), Advice::RetryIfIdempotent(None), "{reaction:?}: {error:?}");
        let Error::Transport(error) = error else { panic!("{error:?}") };
        assert!(!error.is_unprocessed(), "{reaction:?}: {error:?}");
        assert_eq!(server.seen().requests, 1, "{reaction:?}");
    }
}

#[tokio::test]
async fn transport_rejection_is_not_that_of_a_call_with_an_unknown_outcome() {
    static KEYED: Operation =
        Operation::new("pay", Method::Post, "/payments").idempotency(&["Idempotency-Key"]);
    let server = Server::start(&[Reaction::Reset(CANCEL), REJECTIONS[0]]).await;
    let client = client(&server);
    let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
    let call = Call::new(&client, &KEYED).retry(retry);
    let error = call.empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(error.advice(), Advice::RetryIfIdempotent(None), "{error}");
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert!(!error.is_unprocessed(), "an earlier attempt may have been processed");
    assert_eq!(server.seen().requests, 2);
}

/// The clock is paused: it advances to the next timer whenever everything else waits.
#[tokio::test(start_paused = true)]
async fn transport_dead_connections_are_replaced_before_the_call_times_out() {
    static GET: Operation = Operation::new("get", Method::Get, "/payments");
    let server = Server::start(&[Reaction::Silence]).await;
    let client = client(&server);
    let call = Call::new(&client, &GET).retry(Retry::attempts(2));
    call.empty::<NoTypedError>().await.unwrap();
    assert_eq!(server.seen(), Seen { requests: 2, pings: 1 });
}
