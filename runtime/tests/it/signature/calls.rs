//! Signed calls.

use std::time::Duration;

use docwright_runtime::signature::{
    Algorithm, Component, Digest, Message, Parameter, Profile, SignError, SignFuture, Signer,
    SigningKey, Target, Verifier, VerifyingKey,
};
use docwright_runtime::{
    Call, Client, ClientBuilder, Media, Method, NoTypedError, Operation, Retry,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::unix_time;

static PROFILE: Profile = Profile::RFC
    .components(&[
        Component::new("@method"),
        Component::new("@target-uri"),
        Component::new("content-digest").if_present(),
        Component::new("content-length").if_present(),
        Component::new("idempotency-key").if_present(),
    ])
    .parameters(&[Parameter::Created, Parameter::Nonce, Parameter::KeyId]);
static POST: Operation = Operation::new("post", Method::Post, "/orders")
    .body(&[Media::BYTES])
    .digest(&[Digest::Sha512])
    .idempotency(&["Idempotency-Key"])
    .signature(&PROFILE);

fn key() -> SigningKey {
    SigningKey::hmac_sha256("k", b"s").unwrap()
}

fn builder(server: &MockServer) -> ClientBuilder<Client> {
    ClientBuilder::new(server.uri()).clock(|| unix_time(1000))
}

async fn server() -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    server
}

async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

#[tokio::test]
async fn signature_of_a_call_is_valid_for_the_server() {
    let server = server().await;
    let client = builder(&server).signing_key(key()).build().unwrap();
    Call::new(&client, &POST).body_bytes("{}").empty::<NoTypedError>().await.unwrap();
    let requests = received(&server).await;
    let request = &requests[0];
    let method = request.method.as_str().parse().unwrap();
    // The URL that the mock server's library reports is not the one that was requested.
    let (host, path) = (request.headers["host"].to_str().unwrap(), request.url.path());
    let target = Target::new("http", host, &path.parse().unwrap());
    let message = Message::request(&method, &target, &request.headers).body(&request.body);
    let verifier = Verifier::new(PROFILE).key(VerifyingKey::hmac_sha256("k", b"s").unwrap());
    let verifier = ["content-digest", "content-length", "idempotency-key"]
        .into_iter()
        .fold(verifier, Verifier::require);
    verifier.verify(&message, unix_time(1000)).unwrap();
}

#[tokio::test]
async fn signature_key_missing_is_an_error_before_sending() {
    let server = server().await;
    let client = builder(&server).build().unwrap();
    let error = Call::new(&client, &POST).empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request was not sent: no signing key is set: pass one to `ClientBuilder::signing_key`"
    );
    assert_eq!(received(&server).await.len(), 0);
}

#[tokio::test]
async fn signature_headers_of_the_caller_are_kept() {
    let server = server().await;
    let client = builder(&server).build().unwrap();
    let own_headers = [
        ("Signature", "sig1=:AAAA:"),
        ("Signature-Input", "sig1=()"),
        ("Content-Digest", "sha-512=:BBBB:"),
        ("Idempotency-Key", "mine"),
    ];
    let call = Call::new(&client, &POST).body_bytes("{}");
    let call = own_headers.iter().fold(call, |call, (name, value)| call.header(name, value));
    call.empty::<NoTypedError>().await.unwrap();
    let requests = received(&server).await;
    for (name, value) in own_headers {
        assert_eq!(requests[0].headers[name], value);
    }
}

#[tokio::test]
async fn signature_service_that_fails_or_hangs_is_an_error_before_sending() {
    struct Service(Option<&'static str>);
    impl Signer for Service {
        fn key_id(&self) -> &str {
            "k"
        }
        fn algorithm(&self) -> Algorithm {
            Algorithm::Ed25519
        }
        fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> {
            Box::pin(async move {
                match self.0 {
                    Some(message) => Err(SignError::new(message, None)),
                    None => std::future::pending().await,
                }
            })
        }
    }
    let server = server().await;
    let failing = builder(&server).signing_key(Service(Some("the vault is closed")));
    let client = failing.retry(Retry::attempts(3)).build().unwrap();
    let error = Call::new(&client, &POST).empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(error.to_string(), "the request was not sent: the vault is closed");
    let hanging = builder(&server).signing_key(Service(None)).timeout(Duration::from_millis(50));
    let client = hanging.build().unwrap();
    let error = Call::new(&client, &POST).empty::<NoTypedError>().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(received(&server).await.len(), 0);
}

#[tokio::test]
async fn signature_can_be_inspected_without_sending() {
    let server = server().await;
    let client = builder(&server).signing_key(key()).build().unwrap();
    let request = Call::new(&client, &POST).body_bytes("{}").into_request().await.unwrap();
    assert_eq!(request.body().as_ref(), b"{}");
    assert!(request.headers().contains_key("signature"));
    assert_eq!(received(&server).await.len(), 0);
}
