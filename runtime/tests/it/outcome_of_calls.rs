//! The outcome of a call is that of all its attempts, not only of the last one.

use std::time::Duration;

use docwright_runtime::{
    Advice, Call, Client, Error, Method, NoTypedError, Operation, Processed, Retry, StatusCode,
};

use crate::scripted_server::Fault::{NoConnection, Reset, Signer, Status, Timeout, Token};
use crate::scripted_server::{Fault, KEYED, Script, UNKEYED};

const RETRY: Retry = Retry::attempts(2).first_wait(Duration::from_millis(1));

/// Makes a call whose attempts fail like this, and returns its error.
async fn fail(operation: &'static Operation, faults: &[Fault]) -> Error<NoTypedError> {
    let (script, builder) = Script::start(faults).await;
    let timeout = if faults.contains(&Timeout) { 200 } else { 20_000 };
    let client = builder.timeout(Duration::from_millis(timeout)).retry(RETRY).build().unwrap();
    let error = Call::new(&client, operation).empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(script.attempts(), faults.len(), "{error}");
    error
}

/// Asserts that an error says that the first of two attempts may have been processed.
fn assert_unknown(error: &Error<NoTypedError>, wait: Option<Duration>) {
    assert_eq!(error.processed(), Processed::Unknown, "{error}");
    assert_eq!(error.advice(), Advice::RetryIfIdempotent(wait), "{error}");
    assert!(error.was_sent() && !error.is_connect() && error.is_retryable(), "{error}");
    assert_eq!((error.attempts(), error.earlier().len()), (2, 1), "{error}");
    assert_eq!(error.earlier()[0].number(), 1);
    assert_eq!(error.earlier()[0].processed(), Processed::Unknown);
}

#[tokio::test]
async fn outcome_no_connection_after_reset_is_unknown() {
    let error = fail(&KEYED, &[Reset, NoConnection]).await;
    assert_unknown(&error, None);
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(!transport.is_connect(), "an earlier attempt was received");
    assert!(error.earlier()[0].transport_error().is_some());
    assert_eq!(
        error.to_string(),
        "could not connect to the server; the server may have processed attempt 1 of 2 (the \
         exchange with the server failed)"
    );
}

#[tokio::test]
async fn outcome_429_after_reset_is_unknown() {
    let error = fail(&KEYED, &[Reset, Status(429)]).await;
    assert_unknown(&error, Some(Duration::ZERO));
    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
}

#[tokio::test]
async fn outcome_token_error_after_reset_is_unknown() {
    let error = fail(&KEYED, &[Reset, Token]).await;
    assert!(matches!(error, Error::Token(_)), "{error:?}");
    assert_unknown(&error, None);
}

#[tokio::test]
async fn outcome_signer_error_after_504_is_unknown() {
    let error = fail(&KEYED, &[Status(504), Signer]).await;
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert_unknown(&error, None);
    assert_eq!(error.earlier()[0].status(), Some(StatusCode::GATEWAY_TIMEOUT));
    assert_eq!(
        error.to_string(),
        "attempt 2 was not sent: the vault is closed; the server may have processed attempt 1 of 2 \
         (504 Gateway Timeout)"
    );
}

#[tokio::test]
async fn outcome_409_after_504_is_unknown() {
    let error = fail(&KEYED, &[Status(504), Status(409)]).await;
    assert_unknown(&error, None);
    assert_eq!(error.status(), Some(StatusCode::CONFLICT));
}

#[tokio::test]
async fn outcome_timeout_after_no_connection_is_unknown() {
    let error = fail(&KEYED, &[NoConnection, Timeout]).await;
    assert_eq!(error.processed(), Processed::Unknown);
    assert!(error.was_sent() && error.is_timeout());
    assert_eq!(error.earlier()[0].processed(), Processed::No);
    assert_eq!(
        error.to_string(),
        "the request timed out; the server may have processed it; 2 attempts"
    );
}

#[tokio::test]
async fn outcome_of_calls_that_were_not_sent_is_known() {
    for faults in [
        &[NoConnection, NoConnection][..],
        &[NoConnection, Token],
        &[NoConnection, Signer],
        &[Token],
    ] {
        let error = fail(&UNKEYED, faults).await;
        assert_eq!(error.processed(), Processed::No, "{faults:?}: {error}");
        assert!(!error.was_sent(), "{faults:?}: {error}");
        assert_eq!(error.attempts() as usize, faults.len(), "{faults:?}");
        assert!(!error.to_string().contains("processed"), "{faults:?}: {error}");
    }
    let error = fail(&UNKEYED, &[NoConnection, NoConnection]).await;
    assert!(error.is_connect());
    assert_eq!(error.advice(), Advice::Retry(None));
}

#[tokio::test]
async fn outcome_of_a_call_without_key_says_why_it_was_not_retried() {
    let error = fail(&UNKEYED, &[Reset]).await;
    assert_eq!(
        error.to_string(),
        "the exchange with the server failed; not retried: POST without an idempotency key; the \
         server may have processed it"
    );
    let error = fail(&KEYED, &[Status(503), Status(503)]).await;
    assert_eq!(
        error.to_string(),
        "the server responded 503 Service Unavailable (0 bytes); the server may have processed it; \
         2 attempts"
    );
}

#[tokio::test]
async fn outcome_of_a_call_that_was_never_attempted() {
    static PATH: Operation = Operation::new("get", Method::Get, "/{id}");
    let client: Client =
        docwright_runtime::ClientBuilder::new("http://127.0.0.1:1").build().unwrap();
    let error = Call::new(&client, &PATH).empty::<NoTypedError>().await.unwrap_err();
    assert!(matches!(error, Error::Request(_)));
    assert_eq!((error.attempts(), error.processed()), (0, Processed::No));
    assert!(!error.was_sent());
}

#[tokio::test]
async fn outcome_of_many_attempts_names_the_first_that_may_have_been_processed() {
    const ATTEMPTS: usize = 40;
    let mut faults = vec![Status(429); ATTEMPTS];
    faults[1] = Reset;
    let (script, builder) = Script::start(&faults).await;
    let wait = Duration::from_millis(1);
    let retry = Retry::attempts(40).first_wait(wait).max_wait(wait).budget(100);
    let client = builder.retry(retry).build().unwrap();
    let error = Call::new(&client, &KEYED).empty::<NoTypedError>().await.unwrap_err();
    assert_eq!((script.attempts(), error.attempts()), (ATTEMPTS, 40));
    let numbers: Vec<_> = error.earlier().iter().map(|attempt| attempt.number()).collect();
    assert_eq!((numbers.len(), numbers[0], numbers[31]), (32, 2, 39));
    let text = error.to_string();
    assert!(text.contains("the server may have processed attempt 2 of 40"), "{text}");
}

#[tokio::test]
async fn outcome_that_is_unknown_is_never_given_up() {
    for status in (300..=308).chain(402..=431).chain(500..=511).chain(520..=530).chain([599]) {
        let (_script, builder) = Script::start(&[Status(status)]).await;
        let client = builder.build().unwrap();
        let error = Call::new(&client, &UNKEYED).empty::<NoTypedError>().await.unwrap_err();
        let rejected = matches!(status, 300 | 304 | 307 | 308 | 501 | 505 | 511)
            || matches!(status, 400..=499) && status != 408;
        let (processed, advice) = match status {
            425 => (Processed::No, Advice::Retry(None)),
            429 => (Processed::No, Advice::Retry(Some(Duration::ZERO))),
            _ if rejected => (Processed::No, Advice::Never),
            _ => (Processed::Unknown, Advice::RetryIfIdempotent(None)),
        };
        assert_eq!((error.processed(), error.advice()), (processed, advice), "{status}: {error}");
        let says_unknown = error.to_string().contains("the server may have processed it");
        assert_eq!(says_unknown, processed == Processed::Unknown, "{error}");
    }
}

#[tokio::test]
async fn outcome_of_a_method_without_effects_does_not_matter() {
    let server = wiremock::MockServer::start().await;
    let response = wiremock::ResponseTemplate::new(303);
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(response).mount(&server).await;
    static READ: Operation = Operation::new("read", Method::Get, "/read");
    let client: Client = docwright_runtime::ClientBuilder::new(server.uri()).build().unwrap();
    let error = Call::new(&client, &READ).empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(error.advice(), Advice::Never);
}

#[tokio::test]
async fn outcome_of_a_raw_response_is_that_of_all_attempts() {
    let (_script, builder) = Script::start(&[Reset, Status(429)]).await;
    let client = builder.retry(RETRY).build().unwrap();
    let rejected = Call::new(&client, &KEYED).raw().await.unwrap();
    assert_eq!((rejected.status().as_u16(), rejected.attempts()), (429, 2));
    assert_eq!(rejected.earlier()[0].number(), 1);
    assert_eq!(rejected.processed(), Processed::Unknown);
    assert_eq!(rejected.advice(), Advice::RetryIfIdempotent(Some(Duration::ZERO)));

    let success = Call::new(&client, &KEYED).raw().await.unwrap();
    assert_eq!((success.attempts(), success.earlier().len()), (1, 0));
    assert_eq!((success.processed(), success.advice()), (Processed::Yes, Advice::Succeeded));
}
