//! A success that deviates from the document is never reported as a failure.

use docwright_runtime::{
    Advice, Bytes, Call, ClientBuilder, Error, Method, NoTypedError, Operation, Retry, Status,
};

use crate::acme::{Client, Order, PutOrderResponse};
use crate::faulty_server::{AfterResponse, Server, response};

const ORDER: &str = r#"{"id":"1","lines":[]}"#;
const JSON: &str = "content-type: application/json\r\n";
const CSV: &str = "content-type: text/csv\r\n";

static EXPORT: Operation = Operation::new("export", Method::Get, "/export")
    .accept("text/csv")
    .success(&[Status::Code(200)]);

fn order() -> Order {
    Order { id: "1".to_owned(), lines: Vec::new() }
}

/// Starts a server with one response, and returns it with a client that would retry.
async fn start(status: u16, headers: &str, body: &str) -> (Server, Client) {
    let server = Server::start(vec![response(status, headers, body, AfterResponse::Keep)]).await;
    let client = Client::builder(&*server.url).retry(Retry::attempts(3)).response_limit(64);
    let client = client.build().unwrap();
    (server, client)
}

/// Returns the bytes of the export, received at once, as text, and as a stream.
async fn export(status: u16, headers: &str, body: &str) -> [Result<Bytes, Error<NoTypedError>>; 3] {
    let (server, _) = start(status, headers, body).await;
    let client: docwright_runtime::Client = ClientBuilder::new(&*server.url).build().unwrap();
    let call = || Call::new(&client, &EXPORT);
    let streamed = match call().stream::<NoTypedError>().await {
        Ok(response) => Ok(response.into_body().bytes().await.unwrap()),
        Err(error) => Err(error),
    };
    [
        call().bytes::<NoTypedError>().await.map(|it| it.into_body()),
        call().text::<NoTypedError>().await.map(|it| it.into_body().into()),
        streamed,
    ]
}

#[tokio::test]
async fn outcome_undeclared_success_has_the_declared_type() {
    for status in [201, 202, 203, 206, 226] {
        let (_server, client) = start(status, JSON, ORDER).await;
        let received = client.get_order("1").await.unwrap();
        assert_eq!((received.status().as_u16(), received.into_body()), (status, order()));
        // The declared success of this operation is empty.
        let (_server, client) = start(status, JSON, "{}").await;
        assert_eq!(client.delete_order("1").await.unwrap().status(), status);
        for received in export(status, CSV, "a,b").await {
            assert_eq!(received.unwrap(), "a,b", "{status}");
        }
    }
    let (_server, client) = start(200, "", "").await;
    assert_eq!(client.delete_order("1").await.unwrap().status(), 200);
}

#[tokio::test]
async fn outcome_undeclared_success_with_another_body_reports_success() {
    let body = r#"{"state":"pending"}"#;
    let (server, client) = start(202, JSON, body).await;
    let error = client.get_order("1").await.unwrap_err();
    let Error::UnexpectedSuccess(response) = &error else { panic!("{error:?}") };
    assert_eq!((response.status().as_u16(), response.path()), (202, "id".to_owned()));
    assert_eq!(response.raw(), body);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(
        error.to_string(),
        "the server reported success, but with the undeclared status 202 Accepted, and the body \
         (19 bytes) could not be decoded: `id`: the value is missing"
    );
    assert_eq!((error.advice(), error.is_retryable()), (Advice::Succeeded, false));
    assert_eq!((error.status().unwrap().as_u16(), error.raw().unwrap().len()), (202, 19));
    assert_eq!(server.request_count(), 1);
}

#[tokio::test]
async fn outcome_undeclared_success_of_several_types_reports_success() {
    let (_server, client) = start(200, JSON, ORDER).await;
    let received = client.put_order("1", &order()).await.unwrap();
    assert_eq!(received.into_body(), PutOrderResponse::Ok(order()));

    let (_server, client) = start(201, JSON, ORDER).await;
    let error = client.put_order("1", &order()).await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedSuccess(_)), "{error:?}");
    assert_eq!(error.raw().unwrap(), ORDER);
    assert_eq!(
        error.to_string(),
        "the server reported success, but with the undeclared status 201 Created, and the body \
         (21 bytes) could not be decoded: the value has no declared type for this status"
    );
}

#[tokio::test]
async fn outcome_undeclared_json_or_no_content_is_not_a_file() {
    for (status, headers, body) in [(202, JSON, r#"{"state":"pending"}"#), (204, "", "")] {
        for received in export(status, headers, body).await {
            let error = received.unwrap_err();
            assert!(matches!(error, Error::UnexpectedSuccess(_)), "{error:?}");
            assert_eq!(error.raw().unwrap(), body);
            assert_eq!(error.advice(), Advice::Succeeded);
        }
    }
}

#[tokio::test]
async fn outcome_declared_success_with_another_body_reports_success() {
    let (server, client) = start(200, JSON, r#"{"id":1}"#).await;
    let error = client.get_order("1").await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the server reported success, 200 OK, but the body (8 bytes) could not be decoded: \
         `id`: expected a string, found an integer"
    );
    assert_eq!((error.advice(), error.is_retryable()), (Advice::Succeeded, false));
    assert_eq!(server.request_count(), 1);

    let too_large = format!("{ORDER}{}", " ".repeat(64));
    let (server, client) = start(200, JSON, &too_large).await;
    let error = client.get_order("1").await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!((error.advice(), error.is_retryable()), (Advice::Succeeded, false));
    assert_eq!(server.request_count(), 1);
}

static DELETE: Operation =
    Operation::new("delete", Method::Delete, "/orders/1").success(&[Status::Code(204)]);
static CHECK: Operation = Operation::new("check", Method::Head, "/orders/1");
static REPLACE: Operation = Operation::new("replace", Method::Put, "/orders/1");

#[tokio::test]
async fn outcome_responses_without_content_have_no_body() {
    // After the head, a server may send what looks like the next response or content.
    for (operation, status, body) in
        [(&DELETE, 204, ""), (&CHECK, 200, ""), (&REPLACE, 204, ""), (&REPLACE, 205, "reset")]
    {
        let (server, _) = start(status, JSON, body).await;
        let client: docwright_runtime::Client = ClientBuilder::new(&*server.url).build().unwrap();
        let call = || Call::new(&client, operation);
        let name = operation.name();
        assert_eq!(call().empty::<NoTypedError>().await.unwrap().status(), status, "{name}");
        assert_eq!(call().raw().await.unwrap().body(), "", "{name}");
        let streamed = call().stream::<NoTypedError>().await.unwrap().into_body();
        assert_eq!((streamed.length(), streamed.bytes().await.unwrap()), (Some(0), Bytes::new()));
        // JSON that is declared for it nevertheless is missing, but nothing has failed.
        let error = call().json::<Vec<i64>, NoTypedError>().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{name}: {error:?}");
        assert!(error.to_string().starts_with("the server reported success"), "{error}");
        assert_eq!(error.advice(), Advice::Succeeded, "{name}");
    }
    let (_server, client) = start(204, "", "").await;
    let error = client.get_order("1").await.unwrap_err();
    assert!(matches!(error, Error::UnexpectedSuccess(_)), "{error:?}");
    assert!(error.to_string().contains("reported success"), "{error}");
}
