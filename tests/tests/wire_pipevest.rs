//! Pipevest on the wire.

use docwright_tests::server_with;
use fintech_clients::pipevest::operations::CreateAuthTokenError;
use fintech_clients::pipevest::{AuthScope, Client, CreateAuthToken, ResponseCode};
use wiremock::MockServer;

const TOKEN: &str = r#"{"message":"Authentication successful","tokenId":"ffdcf324-5d27-4289-b626-386979e50bae",
    "token":"eyJ.jwt","expiresIn":3600,"maxTTL":86400,"tokenType":"Bearer","scope":["READ","WRITE","AUDIT"],"trustedIps":[],
    "organization":{"id":"o","name":"n","clientId":"c"},"createdAt":1762782961,"updatedAt":4102444800000}"#;

fn client(server: &MockServer) -> Client {
    Client::builder(format!("{}/v1", server.uri()))
        .build()
        .expect("a loopback address is a base URL")
}

fn body() -> CreateAuthToken {
    CreateAuthToken::new("org_1", "s3cret /+&")
}

#[tokio::test]
async fn the_token_call_is_a_form_with_the_headers_given() {
    let server = server_with("POST", "/v1/oauth/token", 201, TOKEN).await;
    let client = client(&server);
    let body = body();
    let request = client.create_auth_token(
        "sig1=:AAAA:",
        r#"sig1=("@method")"#,
        "01937261",
        "sha-512=:BBBB:",
        &body,
    );
    let answer = request.await.expect("a token");
    assert_eq!(answer.status().as_u16(), 201);
    assert_eq!(answer.token.expose(), "eyJ.jwt");
    assert_eq!(answer.expires_in, 3600_i64);
    assert_eq!(answer.max_ttl, 86400_i64);
    assert_eq!(
        answer.scope,
        [AuthScope::Read, AuthScope::Write, AuthScope::Unknown("AUDIT".to_owned())]
    );
    assert_eq!(answer.trusted_ips, [""; 0]);
    assert_eq!(answer.organization.client_id, "c");
    assert_eq!((answer.created_at, answer.updated_at), (1_762_782_961, 4_102_444_800_000));

    let requests = server.received_requests().await.expect("requests are recorded");
    let [request] = requests.as_slice() else { panic!("one request, not {}", requests.len()) };
    assert_eq!(request.url.path(), "/v1/oauth/token");
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.headers["signature"], "sig1=:AAAA:");
    assert_eq!(request.headers["signature-input"], r#"sig1=("@method")"#);
    assert_eq!(request.headers["x-idempotency-id"], "01937261");
    assert_eq!(request.headers["content-digest"], "sha-512=:BBBB:");
    assert!(!request.headers.contains_key("authorization"), "the token call carries no token");
    assert_eq!(request.body, b"clientId=org_1&clientSecret=s3cret+%2F%2B%26");
}

#[tokio::test]
async fn a_code_is_accepted_as_text_and_as_an_integer() {
    for (status, json, expected) in [
        (401, r#"{"code":401,"message":"Unauthorized"}"#, ResponseCode::Integer(401)),
        (404, r#"{"code":"404","message":"Not Found"}"#, ResponseCode::String("404".to_owned())),
        (404, r#"{"code":404,"message":"Not Found"}"#, ResponseCode::Integer(404)),
    ] {
        let server = server_with("POST", "/v1/oauth/token", status, json).await;
        let body = body();
        let error = client(&server)
            .create_auth_token("s", "i", "k", "d", &body)
            .await
            .expect_err("an error");
        let code = match error.typed() {
            Some(CreateAuthTokenError::Unauthorized(body)) if status == 401 => body.code.clone(),
            Some(CreateAuthTokenError::NotFound(body)) if status == 404 => body.code.clone(),
            other => panic!("{status}: {other:?}"),
        };
        assert_eq!(code, expected);
    }
}

#[tokio::test]
async fn a_header_value_cannot_break_out_of_its_place() {
    let server = server_with("POST", "/v1/oauth/token", 201, TOKEN).await;
    let body = body();
    let error = client(&server)
        .create_auth_token("sig1=:AAAA:\r\nAuthorization: Bearer x", "i", "k", "d", &body)
        .await
        .expect_err("a line break in a header");
    assert_eq!(error.status(), None);
    assert_eq!(server.received_requests().await.map(|r| r.len()), Some(0), "nothing is sent");
}
