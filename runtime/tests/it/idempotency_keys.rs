//! The idempotency key of a call can be read before and after it is sent, and decides with the method
//! whether the call is retried.

use std::future::IntoFuture;
use std::time::Duration;

use docwright_runtime::{
    Advice, Call, Client, Error, Method, NoTypedError, Operation, Processed, Retry, Value,
};

use crate::scripted_server::Fault::{NoConnection, Reset, Signer, Status, Timeout, Token};
use crate::scripted_server::{Fault, KEYED, Script, UNKEYED};

const RETRY: Retry = Retry::attempts(2).first_wait(Duration::from_millis(1));

async fn start(faults: &[Fault]) -> (std::sync::Arc<Script>, Client) {
    let (script, builder) = Script::start(faults).await;
    (script, builder.retry(RETRY).build().unwrap())
}

#[tokio::test]
async fn idempotency_key_is_known_before_sending_and_in_the_response() {
    let (script, client) = start(&[Reset]).await;
    let call = Call::new(&client, &KEYED);
    let key = call.get_idempotency_key().expect("a generated key").to_owned();
    let response = call.empty::<NoTypedError>().await.unwrap();
    assert_eq!(response.idempotency_key(), Some(key.as_str()));
    let keys: Vec<_> = script.received().into_iter().map(|request| request.key.unwrap()).collect();
    assert_eq!(keys, [key.as_str(), key.as_str()]);

    let raw = Call::new(&client, &KEYED).idempotency_key("mine").raw().await.unwrap();
    assert_eq!(raw.idempotency_key(), Some("mine"));
    let unkeyed = Call::new(&client, &UNKEYED);
    assert_eq!(unkeyed.get_idempotency_key(), None);
    assert_eq!(unkeyed.empty::<NoTypedError>().await.unwrap().idempotency_key(), None);
}

#[tokio::test]
async fn idempotency_keys_of_two_calls_differ() {
    let (_script, client) = start(&[]).await;
    let keys = [Call::new(&client, &KEYED), Call::new(&client, &KEYED)]
        .map(|call| call.get_idempotency_key().unwrap().to_owned());
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn idempotency_key_of_a_dropped_call_is_known() {
    let (script, client) = start(&[Timeout]).await;
    let call = Call::new(&client, &KEYED);
    let key = call.get_idempotency_key().unwrap().to_owned();
    let sent = async {
        while script.received().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        response = call.empty::<NoTypedError>().into_future() => panic!("{response:?}"),
        () = sent => {}
    }
    assert_eq!(script.received()[0].key.as_deref(), Some(key.as_str()));
}

#[tokio::test]
async fn idempotency_key_is_in_every_error() {
    for faults in [
        &[Reset, Reset][..],
        &[NoConnection, NoConnection],
        &[Status(400)],
        &[Status(503), Token],
        &[Status(503), Signer],
        &[Token],
        &[Signer],
    ] {
        let (script, client) = start(faults).await;
        let call = Call::new(&client, &KEYED);
        let key = call.get_idempotency_key().unwrap().to_owned();
        let error = call.empty::<NoTypedError>().await.unwrap_err();
        assert_eq!(error.idempotency_key(), Some(key.as_str()), "{faults:?}: {error}");
        let received = script.received();
        assert!(received.iter().all(|it| it.key.as_ref() == Some(&key)), "{faults:?}");
    }
    // The empty body of the response is not JSON.
    let (_script, client) = start(&[]).await;
    let call = Call::new(&client, &KEYED).idempotency_key("mine");
    let error = call.json::<Value, NoTypedError>().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.idempotency_key(), Some("mine"));
    // The request cannot be built.
    let call = Call::new(&client, &KEYED).idempotency_key("mine").header("x", &"\n");
    let error = call.empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(error.idempotency_key(), Some("mine"));
}

#[tokio::test]
async fn idempotency_key_set_by_hand_makes_a_call_safe_to_retry() {
    for name in ["Idempotency-Key", "X-Idempotency-Key", "idempotency-id"] {
        let (script, client) = start(&[Reset]).await;
        let call = Call::new(&client, &UNKEYED).header(name, &"mine");
        assert_eq!(call.get_idempotency_key(), Some("mine"));
        let response = call.empty::<NoTypedError>().await.unwrap();
        assert_eq!(response.idempotency_key(), Some("mine"), "{name}");
        assert_eq!(script.received().len(), 2, "{name}");
    }
}

#[tokio::test]
async fn idempotency_of_a_call_can_be_asserted() {
    let (script, client) = start(&[Reset]).await;
    Call::new(&client, &UNKEYED).idempotent().empty::<NoTypedError>().await.unwrap();
    assert_eq!(script.received().len(), 2);

    let (script, client) = start(&[Reset]).await;
    let error = Call::new(&client, &UNKEYED).empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(error.advice(), Advice::RetryIfIdempotent(None));
    assert_eq!(script.received().len(), 1);
}

#[tokio::test]
async fn idempotency_does_not_matter_if_the_server_rejects_the_request() {
    for status in [425, 429] {
        let (script, client) = start(&[Status(status)]).await;
        Call::new(&client, &UNKEYED).empty::<NoTypedError>().await.unwrap();
        assert_eq!(script.received().len(), 2, "{status}");

        // The default policy makes one attempt.
        let (script, client) = start(&[Status(status)]).await;
        let call = Call::new(&client, &UNKEYED).retry(Retry::NEVER);
        let error = call.empty::<NoTypedError>().await.unwrap_err();
        assert_eq!(error.processed(), Processed::No);
        assert_eq!(script.received().len(), 1, "{status}");
    }
    // Once a request may have been processed, the call is not repeated.
    let (script, client) = start(&[Status(429), Status(503), Status(429)]).await;
    let call = Call::new(&client, &UNKEYED).retry(Retry::attempts(9));
    let error = call.empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(error.processed(), Processed::Unknown);
    assert_eq!(script.received().len(), 2);
}

#[tokio::test]
async fn idempotency_key_that_is_empty_is_an_error() {
    static GET: Operation = Operation::new("get", Method::Get, "/a");
    let (script, client) = start(&[]).await;
    for call in [
        Call::new(&client, &KEYED).idempotency_key(" "),
        Call::new(&client, &UNKEYED).header("Idempotency-Key", &""),
        Call::new(&client, &GET).idempotency_key("k"),
    ] {
        let error = call.empty::<NoTypedError>().await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{error:?}");
    }
    assert_eq!(script.received().len(), 0);
}
