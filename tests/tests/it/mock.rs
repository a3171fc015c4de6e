//! Tests as a user would write them with the generated mock servers.

use fintech_clients::{mesh, orum, runtime};
use orum::{ErrorCode, ErrorResponse, OauthTokenBody, OauthTokenResponse};

fn token(text: &str) -> OauthTokenResponse {
    OauthTokenResponse::new(text, "Bearer", 3600.0)
}

async fn orum() -> (orum::mock::Server, orum::Client) {
    let mock = orum::mock::Server::start().await;
    let client = orum::Client::builder(mock.server()).build().expect("a loopback address");
    (mock, client)
}

#[tokio::test]
async fn responses_are_sent_in_order_and_the_last_one_from_then_on() {
    let (mock, orum) = orum().await;
    let problem = ErrorResponse::new("invalid_client_id", "client_id must be a string");
    mock.post_oauth_token().responds(400, problem).responds(200, token("t-1"));
    let body = OauthTokenBody::new("me", "hunter2");

    let error = orum.post_oauth_token(&body).await.expect_err("the first response");
    assert_eq!(error.code(), Some(ErrorCode::InvalidClientId));
    for _ in 0..2 {
        let response = orum.post_oauth_token(&body).await.expect("the second response");
        assert_eq!(response.access_token.expose(), "t-1");
    }
    assert_eq!(mock.post_oauth_token().received().len(), 3);
}

#[tokio::test]
async fn received_requests_are_typed() {
    let (mock, orum) = orum().await;
    mock.post_oauth_token().responds(200, token("t-1")).with_header("X-Request-Id", "r-7");
    let body = OauthTokenBody::new("me", "a&b=c");
    let response = orum.post_oauth_token(&body).as_form().await.expect("the response");
    assert_eq!(response.headers()["x-request-id"], "r-7");
    orum.post_oauth_token(&body).query("trace", "on").await.expect("the response");

    let calls = mock.post_oauth_token().received();
    let [form, json] = calls.as_slice() else { panic!("{} calls", calls.len()) };
    assert_eq!(form.bytes().as_ref(), b"client_id=me&client_secret=a%26b%3Dc");
    assert_eq!(form.body().expect("a typed body"), body);
    assert_eq!(json.headers()["content-type"], "application/json");
    assert_eq!(json.body().expect("a typed body"), body);
    assert_eq!((form.query("trace"), json.query("trace")), (None, Some("on")));
    assert!(!format!("{calls:?}").contains("a&b"));
}

#[tokio::test]
async fn an_operation_without_a_response_is_a_501() {
    let (mock, orum) = orum().await;
    let error = orum.post_oauth_token(&OauthTokenBody::new("me", "s")).await.expect_err("none");
    let runtime::Error::Status(response) = error else { panic!("{error:?}") };
    assert_eq!(response.status().as_u16(), 501);
    let message = String::from_utf8_lossy(response.raw()).into_owned();
    assert_eq!(
        message,
        "the mock server has no response for `POST /oauth/token`: set one with `.responds(…)`"
    );
    assert!(mock.post_oauth_token().received().is_empty());
}

#[tokio::test]
async fn a_response_can_be_raw_bytes() {
    let (mock, orum) = orum().await;
    mock.post_oauth_token().responds_with_bytes(502, "text/html", "<html>");
    let error = orum.post_oauth_token(&OauthTokenBody::new("me", "s")).await.expect_err("502");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(502));
}

#[tokio::test]
#[should_panic = "declares no `fintech_clients::orum::types::OauthTokenResponse` for the status 500"]
async fn a_response_type_is_only_accepted_for_its_declared_status() {
    let (mock, _) = orum().await;
    mock.post_oauth_token().responds(500, token("t-1"));
}

#[tokio::test]
async fn a_token_is_fetched_from_the_mock() {
    let mock = mesh::mock::Server::start().await;
    let mut response = mesh::OAuthTokenResponseApiResult::default();
    response.content = Some(mesh::OAuthTokenResponse::default());
    mock.generate_auth_token().responds(200, response);
    let mesh =
        mesh::Client::builder(mock.server()).credentials("me", "s").build().expect("a client");
    let body = mesh::ClientAdminTokenRequest::new("me", "s");
    let response = mesh.generate_auth_token(&body).await.expect("the response");
    assert!(response.content.is_some());
}
