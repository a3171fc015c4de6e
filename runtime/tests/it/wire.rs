//! Requests as a local server receives them, and results as callers see them.

use std::time::Duration;

use crate::acme::{
    Client, CreateTokenError, ErrorCode, Order, PutOrderResponse, ResponseCode, TokenStatus,
};
use docwright_runtime::{ClientBuilder, Error};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// Starts a server that sends the same response to every request, and returns a client of it.
async fn server(response: ResponseTemplate) -> (MockServer, Client) {
    server_with(response, |builder| builder).await
}

async fn server_with(
    response: ResponseTemplate,
    options: fn(ClientBuilder<Client>) -> ClientBuilder<Client>,
) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = options(Client::builder(server.uri() + "/v1/")).build().expect("a valid client");
    (server, client)
}

fn response(status: u16, body: impl Into<Vec<u8>>) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.into(), "application/json")
}

async fn only_request(server: &MockServer) -> Request {
    let mut requests = server.received_requests().await.expect("requests are recorded");
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

fn headers(request: &Request) -> Vec<String> {
    let headers = request.headers.iter().filter(|(name, _)| *name != "host");
    let mut lines: Vec<_> =
        headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    lines.sort();
    lines
}

const USER_AGENT: &str = concat!("user-agent: docwright-runtime/", env!("CARGO_PKG_VERSION"));
/// Sent with the feature `gzip`.
const ENCODING: &str = "accept-encoding: gzip";

#[tokio::test]
async fn json_is_sent_and_received() {
    let (server, client) = server(response(200, crate::acme::token())).await;
    let body = crate::acme::body();
    let token = client.create_token(&body).await.unwrap();
    assert_eq!(token.status(), 200);
    assert_eq!(token.headers()["content-type"], "application/json");
    assert_eq!(token.expires_in, 3600.0);
    assert_eq!(token.access_token.expose(), "t0ken");
    assert_eq!(token.body().status, TokenStatus::Unknown("paused".to_owned()));
    assert_eq!(docwright_runtime::to_json(token.body()).unwrap(), crate::acme::token());

    let request = only_request(&server).await;
    let text =
        r#"{"client_id":"me","client_secret":"s3cr&t","scope":["read","write"],"note":null}"#;
    assert_eq!(request.method.as_str(), "POST");
    assert_eq!(request.url.path(), "/v1/oauth/token");
    assert_eq!(String::from_utf8_lossy(&request.body), text);
    assert_eq!(
        headers(&request),
        [
            ENCODING.to_owned(),
            "accept: application/json".to_owned(),
            format!("content-length: {}", text.len()),
            "content-type: application/json".to_owned(),
            USER_AGENT.to_owned(),
        ]
    );
}

#[tokio::test]
async fn the_same_body_can_be_sent_as_a_form() {
    let (server, client) = server(response(200, crate::acme::token())).await;
    client.create_token(&crate::acme::body()).form().header("X-Trace", "7").await.unwrap();
    let request = only_request(&server).await;
    let text = "client_id=me&client_secret=s3cr%26t&scope=read&scope=write&note=";
    assert_eq!(String::from_utf8_lossy(&request.body), text);
    assert_eq!(
        headers(&request),
        [
            ENCODING.to_owned(),
            "accept: application/json".to_owned(),
            format!("content-length: {}", text.len()),
            "content-type: application/x-www-form-urlencoded".to_owned(),
            USER_AGENT.to_owned(),
            "x-trace: 7".to_owned(),
        ]
    );
}

#[tokio::test]
async fn parameters_are_escaped() {
    let (server, client) = server(response(200, "{\"id\":\"a/b\",\"lines\":[]}")).await;
    client.get_order("a/b?c").expand(&["x", "y&z"]).await.unwrap();
    let request = only_request(&server).await;
    assert_eq!(request.url.path(), "/v1/orders/a%2Fb%3Fc");
    assert_eq!(request.url.query(), Some("expand%5B%5D=x&expand%5B%5D=y%26z"));
    assert_eq!(headers(&request), [ENCODING, "accept: application/json", USER_AGENT]);
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn errors_are_typed_by_status() {
    let text = r#"{"code":"invalid_client_id","message":"client_id must be a string"}"#;
    let (_server, client) = server(response(400, text)).await;
    let error = client.create_token(&crate::acme::body()).await.unwrap_err();
    let Some(CreateTokenError::BadRequest(body)) = error.typed() else { panic!("{error:?}") };
    assert_eq!(body.code, ResponseCode::Text("invalid_client_id".to_owned()));
    assert_eq!(body.details, None);
    assert_eq!(error.code(), Some(ErrorCode::InvalidClientId));
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.raw().unwrap(), text);
    assert_eq!(
        error.to_string(),
        "the server responded 400 Bad Request: invalid_client_id: client_id must be a string"
    );
}

#[tokio::test]
async fn a_range_and_the_default_cover_the_other_statuses() {
    let (_server, client) = server(response(503, "down for maintenance")).await;
    let error = client.create_token(&crate::acme::body()).await.unwrap_err();
    let expected = CreateTokenError::ServerError("down for maintenance".to_owned());
    assert_eq!(error.typed(), Some(&expected));
    assert_eq!(error.code(), None);

    let (_server, client) = server(response(429, r#"{"code":429,"message":"slow down"}"#)).await;
    let error = client.create_token(&crate::acme::body()).await.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::RateLimited));
    let Some(CreateTokenError::Default(body)) = error.into_typed() else { panic!() };
    assert_eq!(body.code, ResponseCode::Number(429));
}

#[tokio::test]
async fn an_untyped_error_body_is_kept() {
    for (text, parses) in [
        (r#"{"code":"x","message":"m","details":{}}"#, true),
        ("<html>no</html>", false),
        ("", false),
    ] {
        let (_server, client) = server(response(403, text)).await;
        let error = client.create_token(&crate::acme::body()).await.unwrap_err();
        let Some(CreateTokenError::Forbidden(body)) = error.typed() else { panic!("{error:?}") };
        assert_eq!(body.raw(), text);
        assert_eq!(body.parse().is_ok(), parses);
    }
}

#[tokio::test]
async fn an_undeclared_status_is_an_untyped_error() {
    for status in [302, 404, 500] {
        let text = r#"{"error":"whatever"}"#;
        let (_server, client) = server(response(status, text).insert_header("x-id", "7")).await;
        let error = client.get_order("1").await.unwrap_err();
        let Error::Status(response) = &error else { panic!("{error:?}") };
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["x-id"], "7");
        assert_eq!(response.raw(), text);
        assert!(response.typed().is_none() && response.decode_error().is_none());
    }
}

#[tokio::test]
async fn a_declared_error_with_an_invalid_body_has_the_decode_error_and_the_code() {
    let (_server, client) = server(response(400, r#"{"code":"429","message":[]}"#)).await;
    let error = client.create_token(&crate::acme::body()).await.unwrap_err();
    let Error::Status(response) = &error else { panic!("{error:?}") };
    assert!(response.typed().is_none());
    assert_eq!(
        response.decode_error().unwrap().to_string(),
        "`message`: expected a string, found an array"
    );
    assert_eq!(error.code(), Some(ErrorCode::RateLimited));
}

#[tokio::test]
async fn an_invalid_success_body_is_an_error_with_the_path() {
    let text = r#"{"id":"1","lines":[{"quantity":1},{"quantity":"s3cret"}]}"#;
    let (_server, client) = server(response(200, text)).await;
    let error = client.get_order("1").await.unwrap_err();
    let Error::Decode(response) = &error else { panic!("{error:?}") };
    assert_eq!(response.path(), "lines[1].quantity");
    assert_eq!(response.status(), 200);
    assert_eq!(error.raw().unwrap(), text);
    assert_eq!(
        error.to_string(),
        "the server reported success, 200 OK, but the body (57 bytes) could not be decoded: \
         `lines[1].quantity`: expected an integer, found a string"
    );
}

#[tokio::test]
async fn a_success_can_have_several_types() {
    let order = Order { id: "1".to_owned(), lines: vec![] };
    let (_server, client) = server(response(200, "{\"id\":\"1\",\"lines\":[]}")).await;
    let updated = client.put_order("1", &order).await.unwrap();
    assert_eq!(*updated, PutOrderResponse::Ok(order.clone()));
    let (_server, client) = server(response(202, "accepted")).await;
    assert_eq!(
        client.put_order("1", &order).await.unwrap().into_body(),
        PutOrderResponse::Accepted
    );
}

#[tokio::test]
async fn empty_text_and_byte_responses() {
    let (_server, client) = server(response(204, "")).await;
    assert_eq!(client.delete_order("1").await.unwrap().status(), 204);

    let (_server, client) = server(response(200, "a,b\n\u{e9}")).await;
    assert_eq!(client.download_order("1").await.unwrap().len(), 6);
    let text = client.download_text("1").await.unwrap();
    assert_eq!(*text, "a,b\n\u{e9}");
    assert!(format!("{text:?}").contains("6 bytes"));
    assert!(!format!("{text:?}").contains("a,b"));
}

#[tokio::test]
async fn a_response_is_read_up_to_the_limit() {
    let options = |builder: ClientBuilder<Client>| builder.response_limit(10);
    let (_server, client) = server_with(response(200, "0123456789"), options).await;
    assert_eq!(client.download_text("1").await.unwrap().into_body(), "0123456789");

    let (_server, client) = server_with(response(200, "0123456789a"), options).await;
    let error = client.download_text("1").await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_too_large());
    assert_eq!(error.to_string(), "the response is larger than the limit of 10 bytes");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.raw().unwrap(), "0123456789");
}

#[tokio::test]
async fn a_slow_response_is_a_timeout() {
    let delayed = response(200, crate::acme::token()).set_delay(Duration::from_secs(30));
    let (_server, client) =
        server_with(delayed.clone(), |builder| builder.timeout(Duration::from_millis(50))).await;
    let error = client.create_token(&crate::acme::body()).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.to_string(), "the request timed out; the server may have processed it");

    let (_server, client) = server(delayed).await;
    let body = crate::acme::body();
    let call = client.create_token(&body).timeout(Duration::from_millis(50));
    assert!(call.await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (target, _) = server(response(200, crate::acme::token())).await;
    let redirect = response(307, "").insert_header("location", target.uri());
    let (_server, client) = server(redirect).await;
    let error = client.create_token(&crate::acme::body()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert!(target.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn values_that_would_break_the_request_are_not_sent() {
    let (server, client) = server(response(200, "{}")).await;
    for (error, message) in [
        (client.get_order("").await.unwrap_err(), "the path parameter `id` is empty"),
        (
            client.get_order("..").await.unwrap_err(),
            "the path segment `{id}` must not be empty, `.` or `..`",
        ),
        (
            client.get_order("1").header("X-A", "a\nb").await.unwrap_err(),
            "the value of the header `X-A` contains a character that is not allowed in a header",
        ),
    ] {
        assert!(matches!(error, Error::Request(_)));
        assert_eq!(error.to_string(), format!("the request was not sent: {message}"));
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_failed_connection_is_a_connect_error() {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    drop(socket);
    let client = Client::builder(format!("http://{address}")).build().unwrap();
    let error = client.get_order("secret-id").await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_connect() && !error.is_timeout());
    assert!(!format!("{error:?}").contains("secret-id"));
}

#[tokio::test]
async fn secrets_are_not_printed() {
    let secrets = ["s3cr", "t0ken", "b0dy", "he4der", "qu3ry"];
    let check = |printed: String| {
        for secret in secrets {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
    };
    let body = crate::acme::body();
    let (server, client) =
        server(response(200, crate::acme::token()).insert_header("x", "he4der")).await;
    check(format!("{client:?} {body:?}"));
    check(format!("{:?}", client.create_token(&body).header("Authorization", "he4der")));
    check(format!("{:?}", client.get_order("b0dy").expand(&["qu3ry"])));
    check(format!("{:#?}", client.create_token(&body).await.unwrap()));

    server.reset().await;
    // The code and the message are shown, without the secrets in them.
    let failure = |text| response(400, text).insert_header("set-cookie", "he4der");
    let wrong = failure(r#"{"code":"expired","message":"s3cr&t is wrong","details":{"b0dy":1}}"#);
    Mock::given(any()).respond_with(wrong).up_to_n_times(1).mount(&server).await;
    let late = failure(r#"{"code":"expired","message":"too late","details":{"b0dy":1}}"#);
    Mock::given(any()).respond_with(late).mount(&server).await;
    let error = client.create_token(&body).await.unwrap_err();
    check(format!("{error:?} {error}"));
    let error = client.get_order("b0dy").expand(&["qu3ry"]).await.unwrap_err();
    check(format!("{error:?} {error}"));
}

#[test]
fn clients_errors_and_futures_can_be_shared_between_threads() {
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    fn shared<T: Clone + Send + Sync + 'static>() {}
    fn send<T: Send>(_: &T) {}
    error::<Error<CreateTokenError>>();
    shared::<Client>();
    let client = Client::builder("https://example.com").build().unwrap();
    send(&IntoFuture::into_future(client.get_order("1")));
    let message = Client::builder("http://example.com").build().unwrap_err().to_string();
    assert!(message.starts_with("the server URL uses `http:`"), "{message}");
}
