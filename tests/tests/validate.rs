//! Checks before sending, and what an error says of itself, with a client of `specs/`.

use std::time::Duration;

use docwright_tests::{error_json, server_with};
use fintech_clients::orum::operations::{PostOauthToken, PostOauthTokenError};
use fintech_clients::orum::{Client, ErrorCode, OauthTokenBody};
use fintech_clients::runtime::{Advice, Error, RequestLocation, Rule};
use fintech_clients::{mesh, runtime};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

fn client(server: &MockServer, validate: bool) -> Client {
    let builder = Client::builder(server.uri()).validate(validate);
    builder.build().expect("a loopback address is a base URL")
}

#[tokio::test]
async fn a_client_that_was_told_to_check_sends_nothing_wrong() {
    let response = error_json("missing_client_id");
    let server = server_with("POST", "/oauth/token", 400, &response).await;
    let body = OauthTokenBody::new("", "s3cr3t");
    let checked = client(&server, true).post_oauth_token(&body).await.expect_err("an empty id");
    assert_eq!(server.received_requests().await.map(|all| all.len()), Some(0));
    let Error::Invalid(invalid) = &checked else { panic!("{checked:?}") };
    let [violation] = invalid.violations() else { panic!("{invalid:?}") };
    assert_eq!((violation.location(), violation.path()), (RequestLocation::Body, "client_id"));
    assert_eq!(violation.rule(), Rule::Required);
    assert_eq!(violation.code(), Some(ErrorCode::MissingClientId));
    assert_eq!(violation.message(), Some("client_id is required"));
    assert_eq!(
        checked.to_string(),
        "the request was not sent: `client_id` is required and empty (missing_client_id: client_id \
         is required)"
    );
    assert!(!format!("{checked:?}").contains("s3cr3t"));

    // The client knows before the call what the server says after it.
    let responded = client(&server, false).post_oauth_token(&body).await.expect_err("400");
    assert_eq!(server.received_requests().await.map(|all| all.len()), Some(1));
    assert_eq!(responded.status().map(|status| status.as_u16()), Some(400));
    for error in [checked, responded] {
        assert_eq!(error.code(), Some(ErrorCode::MissingClientId));
        assert!(error.is(ErrorCode::MissingClientId) && !error.is(ErrorCode::InvalidClientId));
        assert_eq!(error.advice(), Advice::Never);
    }
}

#[tokio::test]
async fn bodies_and_requests_are_checked_on_request() {
    let server = MockServer::start().await;
    let client = client(&server, false);
    for (id, secret, codes) in [
        ("id", "secret", [].as_slice()),
        ("", "secret", &["missing_client_id"]),
        ("", "", &["missing_client_id", "missing_client_secret"]),
    ] {
        let body = OauthTokenBody::new(id, secret);
        for checked in [body.validate(), client.post_oauth_token(&body).validate()] {
            let found = checked.err().map(|it| it.violations().to_vec()).unwrap_or_default();
            let found: Vec<&str> = found.iter().filter_map(|it| it.code()).collect();
            assert_eq!(found, codes);
        }
    }
}

#[test]
fn nothing_is_checked_that_the_description_does_not_say() {
    use fintech_clients::pipevest::CreateAuthToken;
    // Required, and nothing says that it may not be empty.
    assert_eq!(CreateAuthToken::new("", "").validate(), Ok(()));
    // `minLength` says it here, and no catalogue has a code for it.
    let invalid = mesh::ClientAdminTokenRequest::new("", "x").validate().expect_err("empty");
    let [violation] = invalid.violations() else { panic!("{invalid:?}") };
    assert_eq!((violation.path(), violation.rule()), ("clientId", Rule::Required));
    assert_eq!((violation.code::<&str>(), violation.message()), (None, None));
}

#[test]
fn what_is_received_is_never_rejected() {
    let json = br#"{"client_id":"","client_secret":""}"#;
    let body: OauthTokenBody = runtime::from_slice(json).expect("it is read all the same");
    assert_eq!(body.client_id, "");
}

#[test]
fn each_request_names_its_codes() {
    assert_eq!(
        PostOauthToken::error_codes(),
        [
            ErrorCode::InvalidClientId,
            ErrorCode::InvalidClientSecret,
            ErrorCode::MissingClientId,
            ErrorCode::MissingClientSecret,
        ]
    );
    let json = serde_json::to_string(&ErrorCode::InvalidClientId).expect("JSON");
    assert_eq!(json, "\"invalid_client_id\"");
    let code: ErrorCode = serde_json::from_str("\"brand_new\"").expect("any code");
    assert_eq!(code, ErrorCode::Unknown("brand_new".to_owned()));
}

/// ResponseEnum with `status`, and gives back what the client makes of it.
async fn error_for(status: u16) -> Error<PostOauthTokenError> {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(status).insert_header("retry-after", "2");
    Mock::given(method("POST")).respond_with(response).mount(&server).await;
    let body = OauthTokenBody::new("id", "secret");
    client(&server, true).post_oauth_token(&body).await.expect_err("an error status")
}

#[tokio::test]
async fn an_error_says_whether_to_call_again() {
    let wait = Some(Duration::from_secs(2));
    for (status, advice) in [
        (400, Advice::Never),
        (429, Advice::Again(wait)),
        (500, Advice::IfHarmless(wait)),
        (503, Advice::IfHarmless(wait)),
    ] {
        assert_eq!(error_for(status).await.advice(), advice, "{status}");
    }
    let closed = Client::builder("http://127.0.0.1:1").build().expect("a base URL");
    let body = OauthTokenBody::new("id", "secret");
    let error = closed.post_oauth_token(&body).await.expect_err("nobody listens there");
    assert_eq!(error.advice(), Advice::Again(None));
}
