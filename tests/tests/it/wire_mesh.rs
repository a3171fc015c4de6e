//! Mesh on the wire.

use docwright_tests::server_with;
use fintech_clients::mesh::operations::GenerateAuthTokenError;
use fintech_clients::mesh::{
    ApiResultStatus, AuthenticationStatus, Client, ClientAdminTokenRequest,
};
use wiremock::MockServer;

const PATH: &str = "/admin/api/v1/Token";
const ENVELOPE: &str = r#"{"content":{"id_token":"eyJ.id","expires_in":9007199254740993,"status":"brandNew"},
    "status":"ok","message":"","errorHash":"e47df370","errorType":"","teamCode":"added later"}"#;

fn client(server: &MockServer) -> Client {
    Client::builder(server.uri()).build().expect("a loopback address is a base URL")
}

fn body() -> ClientAdminTokenRequest {
    ClientAdminTokenRequest::new("my-client", "s3cret")
}

#[tokio::test]
async fn the_first_of_three_media_types_is_sent() {
    let server = server_with("POST", PATH, 200, ENVELOPE).await;
    let response = client(&server).generate_auth_token(&body()).await.expect("an envelope");
    assert_eq!(response.status, Some(ApiResultStatus::Ok));
    assert_eq!(response.message.as_deref(), Some(""));
    assert_eq!(response.display_message, None);
    let content = response.content.as_ref().expect("content");
    assert_eq!(content.id_token.as_ref().map(|t| t.expose()), Some("eyJ.id"));
    assert_eq!(content.expires_in, Some(9_007_199_254_740_993_i64));
    assert_eq!(content.status, Some(AuthenticationStatus::Unknown("brandNew".to_owned())));

    let requests = server.received_requests().await.expect("requests are recorded");
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].url.path(), PATH);
    assert_eq!(requests[0].headers["content-type"], "application/json");
    assert!(!requests[0].headers.contains_key("authorization"));
    assert_eq!(requests[0].body, br#"{"clientId":"my-client","clientSecret":"s3cret"}"#);
}

#[tokio::test]
async fn the_token_request_carries_no_credential() {
    let server = server_with("POST", PATH, 200, ENVELOPE).await;
    let builder = Client::builder(server.uri()).credentials("my-client", "s3cret");
    assert!(!format!("{builder:?}").contains("s3cret"));
    let client = builder.build().expect("a loopback address is a base URL");
    assert!(!format!("{client:?}").contains("s3cret"));
    client.generate_auth_token(&body()).await.expect("an envelope");
    let requests = server.received_requests().await.expect("requests are recorded");
    assert_eq!(requests.len(), 1);
    assert!(!requests[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn an_untyped_error_can_be_parsed_as_the_envelope() {
    let json = r#"{"status":"permissionDenied","message":"Error message","errorHash":"cd59bd31","errorType":"missingField"}"#;
    for status in [400, 403] {
        let server = server_with("POST", PATH, status, json).await;
        let error = client(&server).generate_auth_token(&body()).await.expect_err("an error");
        let untyped = match error.typed() {
            Some(GenerateAuthTokenError::BadRequest(untyped)) if status == 400 => untyped,
            Some(GenerateAuthTokenError::Forbidden(untyped)) if status == 403 => untyped,
            other => panic!("{status}: {other:?}"),
        };
        assert_eq!(untyped.raw().as_ref(), json.as_bytes());
        let envelope = untyped.parse().expect("this body is an envelope");
        assert_eq!(envelope.status, Some(ApiResultStatus::PermissionDenied));
        assert_eq!(envelope.error_type.as_deref(), Some("missingField"));
    }
}

#[tokio::test]
async fn an_untyped_error_body_may_be_any_bytes() {
    for text in ["", "Forbidden", "[1]", "null", r#"{"status":7}"#] {
        let server = server_with("POST", PATH, 403, text).await;
        let error = client(&server).generate_auth_token(&body()).await.expect_err("an error");
        assert_eq!(error.raw().map(|b| b.as_ref()), Some(text.as_bytes()), "{text:?}");
        let Some(GenerateAuthTokenError::Forbidden(untyped)) = error.typed() else {
            panic!("{error:?}")
        };
        assert!(untyped.parse().is_err(), "{text:?} is not an envelope");
    }
}

#[tokio::test]
async fn an_undeclared_status_is_an_untyped_error() {
    let server = server_with("POST", PATH, 500, "oops").await;
    let error = client(&server).generate_auth_token(&body()).await.expect_err("an error");
    assert_eq!(error.status().map(|s| s.as_u16()), Some(500));
    assert!(error.typed().is_none());
    assert_eq!(error.raw().map(|b| b.as_ref()), Some(b"oops".as_slice()));
}
