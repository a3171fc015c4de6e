//! Orum on the wire: the exact bytes of requests, and every declared response.

use docwright_tests::{error_json, server_with};
use fintech_clients::orum::operations::PostOauthTokenError;
use fintech_clients::orum::{Client, ErrorCode, OauthTokenBody};
use fintech_clients::runtime::{Cause, CauseKind, Error, RequestLocation};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const TOKEN: &str =
    r#"{"access_token":"eyJ.secret.token","token_type":"Bearer","expires_in":3600}"#;

fn client(server: &MockServer) -> Client {
    Client::builder(server.uri()).build().expect("a loopback address is a base URL")
}

fn body() -> OauthTokenBody {
    OauthTokenBody::new("my-client", "s3cr&t=")
}

#[tokio::test]
async fn the_body_is_json_by_default() {
    let server = server_with("POST", "/oauth/token", 200, TOKEN).await;
    let response = client(&server).post_oauth_token(&body()).await.expect("a token");
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.access_token.expose(), "eyJ.secret.token");
    assert_eq!(response.token_type, "Bearer");
    assert_eq!(response.expires_in, 3600.0);

    let requests = server.received_requests().await.expect("requests are recorded");
    let [request] = requests.as_slice() else { panic!("one request, not {}", requests.len()) };
    assert_eq!(request.method.as_str(), "POST");
    assert_eq!(request.url.path(), "/oauth/token");
    assert_eq!(request.url.query(), None);
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.headers["accept"], "application/json");
    assert!(!request.headers.contains_key("authorization"), "the token request carries no token");
    assert_eq!(request.body, br#"{"client_id":"my-client","client_secret":"s3cr&t="}"#);
}

#[tokio::test]
async fn the_same_body_can_be_sent_as_a_form() {
    let server = server_with("POST", "/oauth/token", 200, TOKEN).await;
    client(&server).post_oauth_token(&body()).as_form().await.expect("a token");
    let requests = server.received_requests().await.expect("requests are recorded");
    assert_eq!(requests[0].headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(requests[0].body, b"client_id=my-client&client_secret=s3cr%26t%3D");
}

/// Returns the client's error for a response with this status and body.
async fn error_for(status: u16, json: &str) -> Error<PostOauthTokenError> {
    let server = server_with("POST", "/oauth/token", status, json).await;
    client(&server).post_oauth_token(&body()).await.expect_err("an error status is an error")
}

#[tokio::test]
async fn errors_are_typed_by_status() {
    for status in [400, 401, 403, 429, 500, 503, 418] {
        let error = error_for(status, &error_json("invalid_client_id")).await;
        let name = match error.typed() {
            Some(PostOauthTokenError::BadRequest(_)) => 400,
            Some(PostOauthTokenError::Unauthorized(_)) => 401,
            Some(PostOauthTokenError::Forbidden(_)) => 403,
            Some(PostOauthTokenError::TooManyRequests(_)) => 429,
            Some(PostOauthTokenError::InternalServerError(_)) => 500,
            Some(PostOauthTokenError::ServiceUnavailable(_)) => 503,
            Some(PostOauthTokenError::Default(_)) => 418,
            other => panic!("{status}: {other:?}"),
        };
        assert_eq!(name, status);
        assert_eq!(error.status().map(|s| s.as_u16()), Some(status));
        assert_eq!(error.code(), Some(ErrorCode::InvalidClientId));
    }
}

#[tokio::test]
async fn an_unlisted_code_is_kept() {
    let error = error_for(400, &error_json("brand_new")).await;
    assert_eq!(error.code(), Some(ErrorCode::Unknown("brand_new".to_owned())));
    assert_eq!(error.code().map(|c| c.to_string()).as_deref(), Some("brand_new"));
}

#[tokio::test]
async fn details_may_be_missing_null_or_anything() {
    for (details, expected) in
        [("", 0), (r#","details":null"#, 0), (r#","details":{"a":[1]},"new":true"#, 1)]
    {
        let json = format!(r#"{{"error_code":"x","message":"m"{details}}}"#);
        let error = error_for(400, &json).await;
        let Some(PostOauthTokenError::BadRequest(body)) = error.typed() else {
            panic!("{details}: {error:?}")
        };
        assert_eq!(body.details.as_ref().map_or(0, |d| d.len()), expected, "{details}");
    }
}

#[tokio::test]
async fn an_error_with_an_invalid_body_keeps_its_bytes() {
    let error = error_for(502, "<html>Bad gateway</html>").await;
    assert_eq!(error.status().map(|s| s.as_u16()), Some(502));
    assert!(error.typed().is_none());
    assert_eq!(error.code(), None);
    assert_eq!(error.raw().map(|b| b.as_ref()), Some(b"<html>Bad gateway</html>".as_slice()));
}

#[tokio::test]
async fn an_invalid_success_body_is_an_error_with_the_field() {
    let server = server_with(
        "POST",
        "/oauth/token",
        200,
        r#"{"access_token":"t0p","token_type":"Bearer","expires_in":"soon"}"#,
    )
    .await;
    let error =
        client(&server).post_oauth_token(&body()).await.expect_err("expires_in is not a number");
    let text = format!("{error} {error:?}");
    assert!(text.contains("expires_in"), "{text}");
    assert!(!text.contains("t0p") && !text.contains("soon"), "a value is printed: {text}");
    assert!(error.raw().is_some_and(|raw| raw.starts_with(b"{\"access_token\"")));
}

#[tokio::test]
async fn no_secret_is_printed() {
    let server = server_with("POST", "/oauth/token", 200, TOKEN).await;
    let client = client(&server);
    let body = body();
    let request = client.post_oauth_token(&body);
    let before = format!("{client:?} {body:?} {request:?}");
    let response = request.await.expect("a token");
    let text = format!("{before} {response:?} {:?}", response.access_token);
    assert!(!text.contains("s3cr") && !text.contains("secret.token"), "{text}");
    let error =
        error_for(400, r#"{"error_code":"x","message":"m","details":{"client_secret":"s3cr"}}"#)
            .await;
    assert!(
        matches!(error.typed(), Some(PostOauthTokenError::BadRequest(body)) if body.details.is_some())
    );
    let text = format!("{error} {error:?} {:?}", error.typed());
    assert!(!text.contains("s3cr"), "{text}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = MockServer::start().await;
    let server = MockServer::start().await;
    let location = format!("{}/oauth/token", target.uri());
    Mock::given(method("POST"))
        .and(path("/oauth/token"))
        .respond_with(ResponseTemplate::new(307).insert_header("location", location.as_str()))
        .mount(&server)
        .await;
    let error =
        client(&server).post_oauth_token(&body()).await.expect_err("a redirect is an error");
    assert_eq!(error.status().map(|s| s.as_u16()), Some(307));
    assert_eq!(target.received_requests().await.map(|r| r.len()), Some(0));
}

#[test]
fn each_code_has_its_causes() {
    let info = ErrorCode::InvalidClientId.info().expect("a known code has info");
    assert_eq!(info.messages, ["client_id must be a string"]);
    assert_eq!(info.statuses, [400]);
    let cause = Cause {
        operation: "post_oauth_token",
        location: RequestLocation::Body,
        field: "client_id",
        kind: CauseKind::Invalid,
    };
    assert_eq!(info.causes, [cause]);
    let missing = ErrorCode::MissingClientSecret.info().expect("a known code has info");
    assert_eq!(missing.statuses, [0_u16; 0]);
    assert_eq!(missing.causes[0].kind, CauseKind::Missing);
    assert_eq!(ErrorCode::Unknown("brand_new".to_owned()).info(), None);
    assert_eq!("missing_client_secret".parse(), Ok(ErrorCode::MissingClientSecret));
}
