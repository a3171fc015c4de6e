//! Every sequence of two faults, with and without an idempotency key: nothing that the client says
//! about a call contradicts what the server has received, and a program that follows the advice never
//! pays twice.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use docwright_runtime::{
    Advice, Call, Client, Error, NoTypedError, Operation, Processed, Retry, TransportError,
};
use futures_util::stream::{StreamExt, iter};

use crate::scripted_server::{Fault, KEYED, Received, Script, UNKEYED};

const FAULTS: [Fault; 16] = [
    Fault::NoConnection,
    Fault::Reset,
    Fault::Timeout,
    Fault::Status(303),
    Fault::Status(401),
    Fault::Status(408),
    Fault::Status(409),
    Fault::Status(425),
    Fault::Status(429),
    Fault::Status(500),
    Fault::Status(501),
    Fault::Status(503),
    Fault::Status(504),
    Fault::Status(520),
    Fault::Token,
    Fault::Signer,
];

/// The sequences that run at the same time.
const CONCURRENCY: usize = 40;

fn client(builder: docwright_runtime::ClientBuilder<Client>, faults: [Fault; 2]) -> Client {
    let timeout = if faults.contains(&Fault::Timeout) { 1 } else { 60 };
    let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
    builder.timeout(Duration::from_secs(timeout)).retry(retry).build().unwrap()
}

/// Returns how many payments were made in the worst case: one for each key, and one for each request
/// without a key.
fn payments(received: &[Received]) -> usize {
    let processed = || received.iter().filter(|request| request.may_be_processed());
    let keys: BTreeSet<_> = processed().filter_map(|request| request.key.as_ref()).collect();
    keys.len() + processed().filter(|request| request.key.is_none()).count()
}

/// Checks every statement of an error about its call.
fn check(error: &Error<NoTypedError>, script: &Script, faults: [Fault; 2]) {
    let (received, text) = (script.received(), error.to_string());
    let may_be_processed = received.iter().any(Received::may_be_processed);
    let case = format!("{faults:?}: {text} {error:?}");
    // A call that times out on a busy machine may not have reached the server, which it cannot know.
    let is_exact = !error.is_timeout();

    match error.processed() {
        Processed::No => assert!(!may_be_processed, "{case}"),
        Processed::Unknown => assert!(may_be_processed || !is_exact, "{case}"),
        Processed::Yes => assert!(received.iter().any(|it| it.fault.is_none()), "{case}"),
    }
    assert!(error.was_sent() || received.is_empty(), "{case}");
    assert!(!error.was_sent() || !received.is_empty() || !is_exact, "{case}");
    if let Error::Transport(transport) = error {
        assert_eq!(transport.is_connect(), error.is_connect(), "{case}");
    }
    assert!(!error.is_connect() || received.is_empty(), "{case}");
    assert!(!matches!(error.advice(), Advice::Retry(_)) || !may_be_processed, "{case}");
    // A call whose outcome is unknown is not given up.
    assert!(error.advice() != Advice::Never || !may_be_processed, "{case}");

    let says_unknown = text.contains("may have processed");
    assert!(says_unknown || !may_be_processed, "{case}");
    assert!(!says_unknown || may_be_processed || !is_exact, "{case}");
    assert!(!text.contains("the request was not sent") || received.is_empty(), "{case}");

    assert_eq!(error.attempts() as usize, script.attempts(), "{case}");
    check_earlier(error, faults, &case);
    if let Some(key) = error.idempotency_key() {
        let keys = received.iter().map(|request| request.key.as_deref());
        assert!(keys.into_iter().all(|sent| sent == Some(key)), "{case}");
    } else {
        assert!(received.iter().all(|request| request.key.is_none()), "{case}");
    }
}

/// Checks that the earlier failure of a call is the first fault.
fn check_earlier(error: &Error<NoTypedError>, faults: [Fault; 2], case: &str) {
    assert_eq!(error.earlier().len(), error.attempts() as usize - 1, "{case}");
    let Some(earlier) = error.earlier().first() else { return };
    assert_eq!(earlier.number(), 1, "{case}");
    let may_be_processed = earlier.processed() != Processed::No;
    assert_eq!(may_be_processed, faults[0].may_be_processed(), "{case}");
    match faults[0] {
        Fault::Status(status) => assert_eq!(earlier.status().unwrap(), status, "{case}"),
        fault => {
            let is_connect = earlier.transport_error().map(TransportError::is_connect);
            assert_eq!(is_connect, Some(fault == Fault::NoConnection), "{case}");
        }
    }
}

/// Does what the advice says: retries with the same key if there is one, or else with a new call if it
/// is safe. The attempts after the faults succeed.
async fn follow(error: &Error<NoTypedError>, client: &Client, operation: &'static Operation) {
    let call = Call::new(client, operation);
    match (error.advice(), error.idempotency_key()) {
        // A new call, and a new key.
        (Advice::Retry(_), _) => drop(call.empty::<NoTypedError>().await),
        (Advice::RetryIfIdempotent(_), Some(key)) => {
            drop(call.idempotency_key(key).empty::<NoTypedError>().await);
        }
        _ => {}
    }
}

async fn run(faults: [Fault; 2], operation: &'static Operation) {
    let (script, builder): (Arc<Script>, _) = Script::start(&faults).await;
    let client = client(builder, faults);
    let result = Call::new(&client, operation).empty::<NoTypedError>().await;
    if let Err(error) = &result {
        check(error, &script, faults);
        follow(error, &client, operation).await;
    }
    let received = script.received();
    assert!(payments(&received) <= 1, "{faults:?}: {result:?}: {received:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outcome_of_two_faults_is_what_the_server_saw() {
    let sequences = FAULTS.iter().flat_map(|first| FAULTS.map(|second| [*first, second]));
    let cases: Vec<_> =
        sequences.flat_map(|faults| [(faults, &KEYED), (faults, &UNKEYED)]).collect();
    assert_eq!(cases.len(), 512);
    let runs = cases.into_iter().map(|(faults, operation)| {
        let run = tokio::spawn(run(faults, operation));
        async move { run.await.unwrap() }
    });
    let mut runs = iter(runs).buffer_unordered(CONCURRENCY);
    while let Some(()) = runs.next().await {}
}
