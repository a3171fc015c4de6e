//! Pipevest on the wire.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use docwright_tests::server_with;
use fintech_clients::pipevest::operations::CreateAuthTokenError;
use fintech_clients::pipevest::signature::{PROFILE, SigningKey};
use fintech_clients::pipevest::{AuthScope, Client, ClientBuilder, CreateAuthToken, ResponseCode};
use fintech_clients::runtime::signature::{
    Encoding, Message, PreHash, Profile, Target, Verifier, VerifyError, VerifyingKey, verify_digest,
};
use fintech_clients::runtime::{Retry, UnixTime};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const TOKEN: &str = r#"{"message":"Authentication successful","tokenId":"ffdcf324-5d27-4289-b626-386979e50bae",
    "token":"eyJ.jwt","expiresIn":3600,"maxTTL":86400,"tokenType":"Bearer","scope":["READ","WRITE","AUDIT"],"trustedIps":[],
    "organization":{"id":"o","name":"n","clientId":"c"},"createdAt":1762782961,"updatedAt":4102444800000}"#;

/// `test-key-ed25519` of RFC 9421, B.1.4.
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
";
const KEY_ID: &str = "staging-pipevest-ed25519";
const NOW: u64 = 1_732_893_484;

fn builder(server: &MockServer) -> ClientBuilder {
    let key = SigningKey::from_pkcs8_pem(KEY_ID, PRIVATE).expect("a key");
    Client::builder(format!("{}/v1", server.uri())).signing_key(key)
}

fn client(server: &MockServer) -> Client {
    builder(server).build().expect("a loopback address is a base URL")
}

fn body() -> CreateAuthToken {
    CreateAuthToken::new("org_1", "s3cret /+&")
}

async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.expect("requests are recorded")
}

fn header<'r>(request: &'r Request, name: &str) -> &'r str {
    request.headers.get(name).map_or("-", |value| value.to_str().expect("text"))
}

/// Verifies a request as the server does: the digest is that of the body, and the client's
/// signature covers everything that the vendor's page requires.
fn verify(profile: Profile, request: &Request, now: u64) -> Result<(), VerifyError> {
    verify_digest(header(request, "content-digest"), &request.body)?;
    let path = request.url.path().parse().expect("a path");
    let target = Target::new("http", header(request, "host"), &path);
    let message = Message::request(&request.method, &target, &request.headers).body(&request.body);
    let key = VerifyingKey::from_pem(KEY_ID, PUBLIC).expect("a key");
    let verifier = Verifier::new(profile).key(key).label("sig1").max_age(None);
    let covered = ["Content-Digest", "Content-Length", "Content-Type", "X-Idempotency-Key"];
    let derived = ["@method", "@target-uri", "@path"];
    let verifier = covered.into_iter().chain(derived).fold(verifier, Verifier::require);
    let verifier = verifier.clock_skew(Duration::ZERO);
    verifier.verify(&message, SystemTime::UNIX_EPOCH + Duration::from_secs(now)).map(drop)
}

#[tokio::test]
async fn signature_of_the_token_request_is_valid_for_the_server() {
    let server = server_with("POST", "/v1/oauth/token", 201, TOKEN).await;
    let at = || SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    let client = builder(&server).clock(at).build().expect("a client");
    let response = client.create_auth_token(&body()).await.expect("a token");
    assert_eq!(response.status().as_u16(), 201);
    assert_eq!(response.token.expose(), "eyJ.jwt");
    assert_eq!(response.expires_in, 3600_i64);
    assert_eq!(response.max_ttl, 86400_i64);
    assert_eq!(
        response.scope,
        [AuthScope::Read, AuthScope::Write, AuthScope::Unknown("AUDIT".to_owned())]
    );
    assert_eq!(response.trusted_ips, [""; 0]);
    assert_eq!(response.organization.client_id, "c");
    assert_eq!(response.created_at, UnixTime::from(1_762_782_961));
    assert_eq!(response.updated_at, UnixTime::from(4_102_444_800_000));

    let requests = received(&server).await;
    let [request] = requests.as_slice() else { panic!("one request, not {}", requests.len()) };
    assert_eq!(request.url.path(), "/v1/oauth/token");
    assert_eq!(request.body, b"clientId=org_1&clientSecret=s3cret+%2F%2B%26");
    assert_eq!(header(request, "content-type"), "application/x-www-form-urlencoded");
    assert_eq!(header(request, "authorization"), "-");
    assert_eq!(header(request, "x-client-id"), "-");
    assert_eq!(
        header(request, "signature-input"),
        "sig1=(\"Content-Digest\" \"Content-Length\" \"Content-Type\" \"X-Idempotency-Key\" \
         \"@method\" \"@target-uri\" \"@path\");keyid=\"staging-pipevest-ed25519\";\
         created=1732893484;expires=1732893584"
    );
    let key = header(request, "x-idempotency-id");
    assert_eq!(key, header(request, "x-idempotency-key"));
    assert_eq!((key.len(), key.as_bytes()[14]), (36, b'7'), "a UUID of version 7: {key}");
    verify(PROFILE, request, NOW + 100).expect("valid until it expires");
    assert_eq!(verify(PROFILE, request, NOW + 101), Err(VerifyError::TooOld));
}

#[tokio::test]
async fn signature_changes_with_each_attempt_and_the_idempotency_key_does_not() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "0");
    Mock::given(any()).respond_with(busy).up_to_n_times(1).mount(&server).await;
    let token = ResponseTemplate::new(201).set_body_raw(TOKEN, "application/json");
    Mock::given(any()).respond_with(token).mount(&server).await;
    // Each reading of the clock is a second later.
    let seconds = AtomicU64::new(NOW);
    let clock = move || {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.fetch_add(1, Ordering::Relaxed))
    };
    let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
    let client = builder(&server).clock(clock).retry(retry).build().expect("a client");
    client.create_auth_token(&body()).await.expect("a token, the second time");

    let requests = received(&server).await;
    let [first, second] = requests.as_slice() else { panic!("two, not {}", requests.len()) };
    let created = |request: &Request| -> u64 {
        let input = header(request, "signature-input");
        let (_, rest) = input.split_once(";created=").expect("a time");
        rest.split(';').next().and_then(|seconds| seconds.parse().ok()).expect("seconds")
    };
    assert!(created(first) < created(second), "{} {}", created(first), created(second));
    assert_ne!(header(first, "signature"), header(second, "signature"));
    for name in ["x-idempotency-id", "x-idempotency-key", "content-digest"] {
        assert_eq!(header(first, name), header(second, name), "{name}");
        assert_ne!(header(first, name), "-", "{name}");
    }
    for request in [first, second] {
        verify(PROFILE, request, created(request)).expect("each request is valid");
    }
}

#[tokio::test]
async fn signature_can_be_set_or_configured_by_the_caller() {
    let server = server_with("POST", "/v1/oauth/token", 201, TOKEN).await;
    let body = body();
    let client = client(&server);
    let call =
        client.create_auth_token(&body).idempotency_key("mine").content_digest("sha-512=:AA==:");
    call.signature("sig1=:AAAA:").signature_input("sig1=()").await.expect("a token");
    let hex = builder(&server).signature_pre_hash(PreHash::Sha512Hex);
    let hex = hex.signature_encoding(Encoding::UpperHex).signature_lifetime(60);
    hex.build().expect("a client").create_auth_token(&body).await.expect("a token");

    let requests = received(&server).await;
    let [presigned, hex] = requests.as_slice() else { panic!("two, not {}", requests.len()) };
    for (name, value) in [
        ("signature", "sig1=:AAAA:"),
        ("signature-input", "sig1=()"),
        ("content-digest", "sha-512=:AA==:"),
        ("x-idempotency-id", "mine"),
        ("x-idempotency-key", "mine"),
    ] {
        assert_eq!(header(presigned, name), value);
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a time").as_secs();
    let profile = PROFILE.pre_hash(PreHash::Sha512Hex).encoding(Encoding::UpperHex);
    verify(profile, hex, now).expect("valid with the changed profile");
    assert!(verify(PROFILE, hex, now).is_err(), "and invalid with the default profile");
}

#[tokio::test]
async fn signature_without_a_key_is_an_error_before_sending() {
    let server = server_with("POST", "/v1/oauth/token", 201, TOKEN).await;
    let client = Client::builder(server.uri()).build().expect("a client");
    let body = body();
    let error = client.create_auth_token(&body).await.expect_err("no key");
    assert_eq!(
        error.to_string(),
        "the request was not sent: no signing key is set: pass one to `ClientBuilder::signing_key`"
    );
    let shared = SigningKey::hmac_sha256(KEY_ID, b"a secret").unwrap();
    let with_shared_key =
        Client::builder(server.uri()).signing_key(shared).build().expect("a client");
    assert_eq!(
        with_shared_key
            .create_auth_token(&body)
            .await
            .expect_err("a key for another algorithm")
            .to_string(),
        "the request was not sent: requests are signed with `ed25519`, but the key is for `hmac-sha256`"
    );
    let incomplete = client.create_auth_token(&body).signature("sig1=:AAAA:");
    assert_eq!(
        incomplete.await.expect_err("one of two signature headers").to_string(),
        "the request was not sent: the headers `Signature` and `Signature-Input` must be set together"
    );
    assert_eq!(received(&server).await.len(), 0);
}

#[tokio::test]
async fn a_code_may_be_a_string_or_an_integer() {
    for (status, json, expected) in [
        (401, r#"{"code":401,"message":"Unauthorized"}"#, ResponseCode::Integer(401)),
        (404, r#"{"code":"404","message":"Not Found"}"#, ResponseCode::String("404".to_owned())),
        (404, r#"{"code":404,"message":"Not Found"}"#, ResponseCode::Integer(404)),
    ] {
        let server = server_with("POST", "/v1/oauth/token", status, json).await;
        let body = body();
        let error = client(&server).create_auth_token(&body).await.expect_err("an error");
        let code = match error.typed() {
            Some(CreateAuthTokenError::Unauthorized(body)) if status == 401 => body.code.clone(),
            Some(CreateAuthTokenError::NotFound(body)) if status == 404 => body.code.clone(),
            other => panic!("{status}: {other:?}"),
        };
        assert_eq!(code, expected);
    }
}

#[tokio::test]
async fn a_header_value_with_a_line_break_is_not_sent() {
    let server = server_with("POST", "/v1/oauth/token", 201, TOKEN).await;
    let body = body();
    let client = client(&server);
    let request = client.create_auth_token(&body).idempotency_key("k\r\nAuthorization: x");
    let error = request.await.expect_err("a line break in a header");
    assert_eq!(error.status(), None);
    assert_eq!(received(&server).await.len(), 0, "nothing is sent");
}
