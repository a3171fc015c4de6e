//! Which calls carry the credentials that are set for every call.

use docwright_runtime::{
    Client, ClientBuilder, Credentials, EVERY_CALL, Method, Operation, OperationServer, Scheme,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{BEARER, BOTH, OPEN, ORDERS, builder, header, send};

static BOT: Scheme = Scheme::header("Bot", "Authorization", "bot").prefix("Bot ");
static BOTS: Operation = Operation::new("bots", Method::Get, "/bots").security(&[&[&BOT]]);
static PUBLIC: Operation = Operation::new("public", Method::Post, "/public").public();
static VAULT: OperationServer = OperationServer::new("vault_server", &["/vault"]);
static CARDS: Operation = Operation::new("cards", Method::Get, "/cards").server(&VAULT);

/// Starts a server that responds to every request with `{}`.
async fn any_server() -> MockServer {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(200).set_body_raw("{}", "application/json");
    Mock::given(any()).respond_with(response).mount(&server).await;
    server
}

/// Returns the headers `Authorization` and `X-Key` of each request.
async fn credentials_of_requests(server: &MockServer) -> Vec<[Option<String>; 2]> {
    let requests = server.received_requests().await.unwrap();
    let sent = |request: &Request| {
        ["authorization", "x-key"].map(|name| header(request, name).map(str::to_owned))
    };
    requests.iter().map(sent).collect()
}

#[tokio::test]
async fn credentials_for_every_call_are_sent_whatever_the_document_says() {
    let server = any_server().await;
    let client = builder(&server).bearer("t").header("X-Key", "k").build().unwrap();
    // Without a requirement, with one that is not met, and to the server of an operation.
    send(&client, &OPEN).await.unwrap();
    send(&client, &BOTH).await.unwrap();
    send(&client, &CARDS).await.unwrap();
    let expected = [Some("Bearer t".to_owned()), Some("k".to_owned())];
    assert_eq!(credentials_of_requests(&server).await, vec![expected; 3]);
}

#[tokio::test]
async fn more_specific_credentials_replace_those_for_every_call() {
    let server = any_server().await;
    let client = builder(&server).bearer("t").basic("Aladdin", "open sesame");
    let client = client.key(&BOT, "b").build().unwrap();
    send(&client, &OPEN).await.unwrap();
    send(&client, &BOTS).await.unwrap();
    send(&client, &OPEN).header("Authorization", "own").await.unwrap();
    client.set_credentials(&EVERY_CALL, Credentials::key("new")).unwrap();
    send(&client, &OPEN).await.unwrap();
    let sent = credentials_of_requests(&server).await;
    let sent: Vec<_> = sent.iter().map(|[authorization, _]| authorization.as_deref()).collect();
    let basic = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    assert_eq!(sent, [basic, "Bot b", "own", "Bearer new"].map(Some));
}

#[tokio::test]
async fn credentials_for_every_call_are_not_sent_to_public_operations_or_with_token_requests() {
    let server = any_server().await;
    let client = builder(&server).basic("me", "hunter2").header("X-Key", "k");
    let client = client.client_credentials(&BEARER, "me", "hunter2").build().unwrap();
    send(&client, &PUBLIC).await.unwrap();
    // The token request fails, since the server has no token.
    send(&client, &ORDERS).await.unwrap_err();
    assert_eq!(credentials_of_requests(&server).await, [[None, None], [None, None]]);
}

#[test]
fn secret_headers_are_checked_and_not_printed() {
    for (name, value, problem) in [
        ("Host", "hunter2", "the HTTP client sets its header"),
        ("X Key", "hunter2", "the name of its header is invalid"),
        ("X-Key", "hunter2\n", "the value contains a character that is not allowed in a header"),
        ("X-Key", "", "the value is empty"),
    ] {
        let builder = ClientBuilder::<Client>::new("https://acme.test").header(name, value);
        assert!(!format!("{builder:?}").contains("hunter2"));
        let error = builder.build().unwrap_err();
        let expected = format!("the credentials for `every call` can't be sent: {problem}");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn a_prefix_is_not_repeated() {
    let server = any_server().await;
    for key in ["b", "Bot b"] {
        send(&builder(&server).key(&BOT, key).build().unwrap(), &BOTS).await.unwrap();
    }
    let expected = [Some("Bot b".to_owned()), None];
    assert_eq!(credentials_of_requests(&server).await, vec![expected; 2]);
}

#[tokio::test]
async fn an_error_message_does_not_repeat_credentials_for_every_call() {
    let server = MockServer::start().await;
    let body = r#"{"message": "hunter-21 and hunter-22 are wrong"}"#;
    let response = ResponseTemplate::new(401).set_body_raw(body, "application/json");
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = builder(&server).bearer("hunter-21").header("X-Key", "hunter-22").build().unwrap();
    let error = send(&client, &OPEN).await.unwrap_err().to_string();
    assert!(error.contains("are wrong") && !error.contains("hunter"), "{error}");
}
