//! Errors say why a call failed, in a form that can be logged; and errors of different operations can be
//! handled as one type.

use std::error::Error as StdError;

use docwright_runtime::signature::{Algorithm, Component, Profile, SignError, SignFuture, Signer};
use docwright_runtime::{
    AnyError, Call, Client, ClientBuilder, Error, Map, Media, Method, NoTypedError, Operation,
    RequestErrorKind, Scheme, Secret, Style, Value, record,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

static KEY: Scheme = Scheme::header("Key", "X-Account", "key");
static QUERY: Scheme = Scheme::query("Query", "sig", "query");
static BASIC: Scheme = Scheme::basic("Basic", "basic");
static PAY: Operation = Operation::new("pay", Method::Post, "/pay/{id}")
    .body(&[Media::JSON])
    .security(&[&[&KEY, &QUERY, &BASIC]]);
static GET: Operation = Operation::new("get", Method::Get, "/a");

struct Payment {
    reference: String,
    pin: Secret,
    card_number: String,
    rest: Map<Value>,
}
record!(Payment {
    required reference = "reference",
    required pin = "pin",
    required card_number = "cardNumber",
    rest rest,
});

async fn server(status: u16, body: &str) -> MockServer {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(status)
        .insert_header("x-request-id", "req_1")
        .set_body_raw(body.to_owned(), "application/json");
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

fn builder(server: &MockServer) -> ClientBuilder<Client> {
    ClientBuilder::new(server.uri())
}

async fn get(server: &MockServer) -> Error<NoTypedError> {
    let client: Client = builder(server).build().unwrap();
    Call::new(&client, &GET).empty::<NoTypedError>().await.unwrap_err()
}

/// Sends a payment with secrets in every part of the request.
async fn pay(client: &Client) -> Error<NoTypedError> {
    let payment = Payment {
        reference: "ref-1".to_owned(),
        pin: Secret::from("pin-80085"),
        card_number: "1234-card".to_owned(),
        rest: Map::from([("iban".to_owned(), Value::from("DE02120300000000202051"))]),
    };
    let call = Call::new(client, &PAY)
        .path("id", &Secret::from("path-secret"))
        .query("code", &Secret::from("query-secret"), Style::FORM)
        .header("X-Session-Token", &"session-secret")
        .body(&payment);
    call.empty::<NoTypedError>().await.unwrap_err()
}

fn client_with_credentials(builder: ClientBuilder<Client>) -> Client {
    let builder = builder.key(&KEY, "key-secret").key(&QUERY, "sig secret");
    builder.user(&BASIC, "me", "hunter2").build().unwrap()
}

#[tokio::test]
async fn error_shows_status_code_message_and_request_id() {
    for (body, code, message) in [
        (
            r#"{"error_code":"insufficient_funds","message":"the account holds 3 USD"}"#,
            Some("insufficient_funds"),
            Some("the account holds 3 USD"),
        ),
        (r#"{"error":{"code":"declined","message":"no"}}"#, Some("declined"), Some("no")),
        (r#"{"errors":[{"code":7,"message":"no"}]}"#, Some("7"), Some("no")),
        (
            r#"{"error":"invalid_grant","error_description":"expired"}"#,
            Some("invalid_grant"),
            Some("expired"),
        ),
        (r#"{"type":"about:blank","title":"No","detail":"no funds"}"#, None, Some("no funds")),
        ("<html>", None, None),
    ] {
        let error = get(&server(402, body).await).await;
        assert_eq!(error.code_str(), code, "{body}");
        assert_eq!(error.message(), message, "{body}");
        assert_eq!(error.status().unwrap(), 402);
        assert_eq!(error.body().unwrap(), body);
        let expected = match (code, message) {
            (Some(code), Some(message)) => format!(": {code}: {message}"),
            (None, Some(message)) => format!(": {message}"),
            _ => format!(" ({} bytes)", body.len()),
        };
        let status = "the server responded 402 Payment Required";
        assert_eq!(error.to_string(), format!("{status}{expected} (request req_1)"));
    }
}

#[tokio::test]
async fn error_message_is_short_and_has_no_control_characters() {
    let message = format!("\u{1b}[31m\nline\u{202e}{}", "x".repeat(500));
    let body = serde_json::json!({ "message": message }).to_string();
    let error = get(&server(400, &body).await).await;
    assert_eq!(error.message(), Some(message.as_str()));
    let shown = error.to_string();
    assert!(shown.contains(r"\u{1b}[31m\nline\u{202e}xxx"), "{shown}");
    assert!(!shown.chars().any(char::is_control), "{shown}");
    let status = "the server responded 400 Bad Request: ".chars().count();
    assert_eq!(shown.chars().count(), status + 200 + " (request req_1)".len(), "{shown}");
}

#[tokio::test]
async fn error_message_repeats_no_secret_of_the_call() {
    let secrets = [
        "key-secret",
        "sig secret",
        "hunter2",
        "path-secret",
        "query-secret",
        "session-secret",
        "pin-80085",
        "1234-card",
        "DE02120300000000202051",
        "4111 1111 1111 1111",
        "of-the-response",
    ];
    for secret in secrets {
        let body = serde_json::json!({
            "code": secret,
            "message": format!("{secret} of ref-1"),
            "account_number": "of-the-response",
        });
        let server = server(400, &body.to_string()).await;
        let error = pay(&client_with_credentials(builder(&server))).await;
        assert_eq!(error.code_str(), Some(secret));
        assert_eq!(
            error.to_string(),
            "the server responded 400 Bad Request: [redacted]: [redacted] of ref-1 (request req_1)",
            "{secret}"
        );
        assert!(!format!("{error:?}").contains(secret), "{error:?}");
    }
}

#[tokio::test]
async fn error_messages_can_be_hidden() {
    let server = server(400, r#"{"code":"unknown","message":"why"}"#).await;
    let client = client_with_credentials(builder(&server).hide_error_messages());
    let error = pay(&client).await;
    assert_eq!(
        error.to_string(),
        "the server responded 400 Bad Request (34 bytes) (request req_1)"
    );
    assert_eq!((error.code_str(), error.message()), (Some("unknown"), Some("why")));
}

#[tokio::test]
async fn error_of_any_operation_converts_to_one_type() {
    async fn call(client: &Client) -> Result<(), AnyError> {
        let body = crate::acme::body();
        let acme = crate::acme::Client::from(client.clone());
        acme.delete_order("1").await?;
        acme.create_token(&body).await?;
        Ok(())
    }
    let server = MockServer::start().await;
    let body = r#"{"code":"invalid_client_id","message":"who?","details":{}}"#;
    let deleted = Mock::given(wiremock::matchers::method("DELETE"));
    deleted.respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let response = ResponseTemplate::new(400).set_body_raw(body, "application/json");
    Mock::given(any()).respond_with(response).mount(&server).await;
    let error = call(&builder(&server).build().unwrap()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!((error.code_str(), error.message()), (Some("invalid_client_id"), Some("who?")));
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.attempts(), 1);
    let shown = "the server responded 400 Bad Request: invalid_client_id: who?";
    assert_eq!(error.to_string(), shown);
    let boxed: Box<dyn StdError + Send + Sync> = error.into();
    assert!(boxed.downcast_ref::<AnyError>().is_some());
}

#[tokio::test]
async fn error_of_a_signer_keeps_its_source() {
    struct Service;
    impl Signer for Service {
        fn key_id(&self) -> &str {
            "k"
        }
        fn algorithm(&self) -> Algorithm {
            Algorithm::Ed25519
        }
        fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> {
            let source = std::io::Error::other("the network is down");
            Box::pin(async { Err(SignError::new("the vault is closed", Some(source.into()))) })
        }
    }
    static PROFILE: Profile = Profile::RFC.components(&[Component::new("@method")]);
    static SIGNED: Operation = Operation::new("get", Method::Get, "/a").signature(&PROFILE);
    let client: Client =
        ClientBuilder::new("http://127.0.0.1:1").signing_key(Service).build().unwrap();
    let error = Call::new(&client, &SIGNED).empty::<NoTypedError>().await.unwrap_err();
    let Error::Request(request) = &error else { panic!("{error:?}") };
    assert_eq!(request.kind(), RequestErrorKind::Signature);
    assert_eq!(error.to_string(), "the request was not sent: the vault is closed");
    assert_eq!(error.source().unwrap().to_string(), "the network is down");
}

#[tokio::test]
async fn error_kinds_of_requests_can_be_distinguished() {
    let client: Client = ClientBuilder::new("http://127.0.0.1:1").build().unwrap();
    static ID: Operation = Operation::new("id", Method::Get, "/a/{id}");
    for (call, kind) in [
        (Call::new(&client, &ID), RequestErrorKind::Parameter),
        (Call::new(&client, &GET).header("x", &"\n"), RequestErrorKind::Parameter),
        (Call::new(&client, &GET).idempotency_key("k"), RequestErrorKind::IdempotencyKey),
        (Call::new(&client, &PAY).path("id", &1_i64), RequestErrorKind::Credentials),
        (Call::new(&client, &GET).body(&1_i64), RequestErrorKind::Body),
        (Call::new(&client, &GET).base_url("ftp://a"), RequestErrorKind::Url),
    ] {
        let error = call.empty::<NoTypedError>().await.unwrap_err();
        let Error::Request(request) = &error else { panic!("{error:?}") };
        assert_eq!(request.kind(), kind, "{error}");
    }
}
