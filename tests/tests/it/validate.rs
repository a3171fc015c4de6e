//! Validation before sending, and the predicates on errors, with a client of `specs/`.

use std::time::Duration;

use docwright_tests::{error_json, server_with};
use fintech_clients::orum::operations::{PostOauthTokenError, PostOauthTokenRequest};
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
async fn a_validating_client_does_not_send_an_invalid_body() {
    let response = error_json("missing_client_id");
    let server = server_with("POST", "/oauth/token", 400, &response).await;
    let body = OauthTokenBody::new("", "s3cr3t");
    let local_error = client(&server, true).post_oauth_token(&body).await.expect_err("an empty id");
    assert_eq!(server.received_requests().await.map(|all| all.len()), Some(0));
    let Error::Validation(invalid) = &local_error else { panic!("{local_error:?}") };
    let [violation] = invalid.violations() else { panic!("{invalid:?}") };
    assert_eq!((violation.location(), violation.path()), (RequestLocation::Body, "client_id"));
    assert_eq!(violation.rule(), Rule::Required);
    assert_eq!(violation.code(), Some(ErrorCode::MissingClientId));
    assert_eq!(violation.message(), Some("client_id is required"));
    assert_eq!(
        local_error.to_string(),
        "the request was not sent: `client_id` is required but empty (missing_client_id: client_id \
         is required)"
    );
    assert!(!format!("{local_error:?}").contains("s3cr3t"));

    // The client reports before sending the same code that the server responds with.
    let server_error = client(&server, false).post_oauth_token(&body).await.expect_err("400");
    assert_eq!(server.received_requests().await.map(|all| all.len()), Some(1));
    assert_eq!(server_error.status().map(|status| status.as_u16()), Some(400));
    for error in [local_error, server_error] {
        assert_eq!(error.code(), Some(ErrorCode::MissingClientId));
        assert!(error.is(ErrorCode::MissingClientId) && !error.is(ErrorCode::InvalidClientId));
        assert_eq!(error.advice(), Advice::Never);
    }
}

#[tokio::test]
async fn bodies_and_requests_have_a_validate_method() {
    let server = MockServer::start().await;
    let client = client(&server, false);
    for (id, secret, codes) in [
        ("id", "secret", [].as_slice()),
        ("", "secret", &["missing_client_id"]),
        ("", "", &["missing_client_id", "missing_client_secret"]),
    ] {
        let body = OauthTokenBody::new(id, secret);
        for result in [body.validate(), client.post_oauth_token(&body).validate()] {
            let violations = result.err().map(|it| it.violations().to_vec()).unwrap_or_default();
            let found: Vec<&str> = violations.iter().filter_map(|it| it.code()).collect();
            assert_eq!(found, codes);
        }
    }
}

#[test]
fn only_the_rules_of_the_document_are_checked() {
    use fintech_clients::pipevest::CreateAuthToken;
    // Required, but the document does not say that it must not be empty.
    assert_eq!(CreateAuthToken::new("", "").validate(), Ok(()));
    // Here `minLength` does, and the vendor has no error code for it.
    let invalid = mesh::ClientAdminTokenRequest::new("", "x").validate().expect_err("empty");
    let [violation] = invalid.violations() else { panic!("{invalid:?}") };
    assert_eq!((violation.path(), violation.rule()), ("clientId", Rule::Required));
    assert_eq!((violation.code::<&str>(), violation.message()), (None, None));
}

#[test]
fn received_values_are_not_validated() {
    let json = br#"{"client_id":"","client_secret":""}"#;
    let body: OauthTokenBody = runtime::from_slice(json).expect("an invalid value is still parsed");
    assert_eq!(body.client_id, "");
}

#[test]
fn each_request_lists_its_error_codes() {
    assert_eq!(
        PostOauthTokenRequest::error_codes(),
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

/// Returns the client's error for a response with this status.
async fn error_for(status: u16) -> Error<PostOauthTokenError> {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(status).insert_header("retry-after", "2");
    Mock::given(method("POST")).respond_with(response).mount(&server).await;
    let body = OauthTokenBody::new("id", "secret");
    client(&server, true).post_oauth_token(&body).await.expect_err("an error status")
}

#[tokio::test]
async fn an_error_advises_whether_to_retry() {
    let wait = Some(Duration::from_secs(2));
    for (status, advice) in [
        (400, Advice::Never),
        (429, Advice::Retry(wait)),
        (500, Advice::RetryIfIdempotent(wait)),
        (503, Advice::RetryIfIdempotent(wait)),
    ] {
        assert_eq!(error_for(status).await.advice(), advice, "{status}");
    }
    let closed = Client::builder("http://127.0.0.1:1").build().expect("a base URL");
    let body = OauthTokenBody::new("id", "secret");
    let error = closed.post_oauth_token(&body).await.expect_err("the port is closed");
    assert_eq!(error.advice(), Advice::Retry(None));
}
