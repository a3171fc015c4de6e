//! Tests as a user would write them with the generated mock servers.

use std::error::Error as _;
use std::time::Duration;

use fintech_clients::{mesh, orum, runtime};
use orum::{ErrorCode, ErrorResponse, OauthTokenBody, OauthTokenResponse};
use runtime::mock::StubResponse;

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

#[tokio::test]
async fn a_connection_that_is_dropped_or_reset_leaves_the_outcome_open() {
    let body = OauthTokenBody::new("me", "hunter2");
    for reset in [false, true] {
        let (mock, orum) = orum().await;
        let stub = mock.post_oauth_token();
        if reset { stub.resets_connection() } else { stub.drops_connection() }
            .then()
            .responds(200, token("t-1"));
        let error = orum.post_oauth_token(&body).await.expect_err("no response");
        assert!(matches!(error, runtime::Error::Transport(_)), "{error:?}");
        assert_eq!(error.advice(), runtime::Advice::RetryIfIdempotent(None));
        let mut causes = vec![error.to_string()];
        let mut source = error.source();
        while let Some(cause) = source {
            causes.push(cause.to_string());
            source = cause.source();
        }
        let is_reset = causes.iter().any(|cause| cause.contains("reset by peer"));
        assert_eq!(is_reset, reset, "{causes:?}");
        orum.post_oauth_token(&body).await.expect("the second response");
        assert_eq!(mock.post_oauth_token().received().len(), 2);
    }
}

#[tokio::test]
async fn a_delayed_response_makes_a_call_time_out() {
    let (mock, orum) = orum().await;
    let minute = Duration::from_secs(60);
    mock.post_oauth_token().responds(200, token("t-1")).with_delay(minute);
    let body = OauthTokenBody::new("me", "hunter2");
    let call = orum.post_oauth_token(&body).timeout(Duration::from_secs(1));
    assert!(call.await.expect_err("no response").is_timeout());
    assert_eq!(mock.post_oauth_token().received().len(), 1);
}

#[tokio::test]
async fn a_response_can_depend_on_the_request() {
    let (mock, orum) = orum().await;
    mock.post_oauth_token().responds_by(|request| {
        let body = request.body().expect("a typed body");
        match body.client_id.as_str() {
            "me" => StubResponse::new(200, token("t-1")).header("X-Request-Id", "r-7"),
            "busy" => StubResponse::bytes(503, "text/plain", "busy"),
            _ => StubResponse::dropped_connection(),
        }
    });
    let me = OauthTokenBody::new("me", "s");
    let response = orum.post_oauth_token(&me).await.expect("a response");
    assert_eq!(response.request_id(), Some("r-7"));
    let busy = OauthTokenBody::new("busy", "s");
    let error = orum.post_oauth_token(&busy).await.expect_err("503");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(503));
    let other = OauthTokenBody::new("other", "s");
    let error = orum.post_oauth_token(&other).await.expect_err("no response");
    assert!(matches!(error, runtime::Error::Transport(_)), "{error:?}");
    assert_eq!(mock.post_oauth_token().received().len(), 3);
}

#[tokio::test]
async fn a_mock_ends_when_it_is_dropped() {
    let (mock, orum) = orum().await;
    mock.post_oauth_token().responds(200, token("t-1"));
    let body = OauthTokenBody::new("me", "s");
    orum.post_oauth_token(&body).await.expect("a response");
    drop(mock);
    // The port is closed by the mock's own thread, so this may take a moment.
    while !matches!(&orum.post_oauth_token(&body).await, Err(runtime::Error::Transport(e)) if e.is_connect())
    {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
#[should_panic = "has no response to add a header to"]
async fn a_dropped_connection_has_no_headers() {
    let (mock, _) = orum().await;
    mock.post_oauth_token().drops_connection().with_header("X-Request-Id", "r-7");
}
