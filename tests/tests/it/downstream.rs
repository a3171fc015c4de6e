//! A crate that depends on `fintech-clients` alone calls all three vendors.

use docwright_tests::root;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::crates;

const MAIN: &str = r#"
use fintech_clients::{mesh, orum, pipevest, runtime};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args().nth(1).ok_or("the base URL is missing")?;
    runtime::block_on(calls(&base))?
}

async fn calls(base: &str) -> Result<(), Box<dyn std::error::Error>> {
    let orum = orum::Client::builder(base).build()?;
    let body = orum::OauthTokenBody::new("id", "secret");
    match orum.post_oauth_token(&body).await {
        Ok(token) => println!("orum {} s", token.expires_in),
        Err(e) => match e.code() {
            Some(orum::ErrorCode::InvalidClientId) => println!("orum invalid"),
            _ => return Err(e.into()),
        },
    }

    let key = pipevest::signature::SigningKey::ed25519_from_seed("k", &[7; 32]).unwrap();
    let pipevest = pipevest::Client::builder(format!("{base}/v1")).signing_key(key).build()?;
    let body = pipevest::CreateAuthToken::new("id", "secret");
    if let Err(e) = pipevest.create_auth_token(&body).await {
        println!("pipevest {:?}", e.status());
    }

    let mesh = mesh::Client::builder(base).build()?;
    let body = mesh::ClientAdminTokenRequest::new("id", "secret");
    let token = mesh.generate_auth_token(&body).await?;
    println!("mesh {:?}", token.status);

    let _ = (orum::Server::ApiSandbox, pipevest::Server::Staging, mesh::Server::AdminApi);
    Ok(())
}
"#;

#[tokio::test]
async fn a_downstream_crate_calls_all_three_vendors() {
    let server = MockServer::start().await;
    let responses = [
        ("/oauth/token", 200, r#"{"access_token":"t","token_type":"Bearer","expires_in":60}"#),
        ("/v1/oauth/token", 401, r#"{"code":401,"message":"Unauthorized"}"#),
        ("/admin/api/v1/Token", 200, r#"{"status":"ok"}"#),
    ];
    for (path, status, body) in responses {
        Mock::given(method("POST"))
            .and(wiremock::matchers::path(path))
            .respond_with(ResponseTemplate::new(status).set_body_raw(body, "application/json"))
            .mount(&server)
            .await;
    }
    let uri = server.uri();
    let printed = tokio::task::spawn_blocking(move || run(&uri)).await.expect("the crate runs");
    assert_eq!(printed, "orum 60 s\npipevest Some(401)\nmesh Some(Ok)\n");

    let requests = server.received_requests().await.expect("requests are recorded");
    let bodies: Vec<_> =
        requests.iter().map(|r| String::from_utf8_lossy(&r.body).into_owned()).collect();
    assert_eq!(
        bodies,
        [
            r#"{"client_id":"id","client_secret":"secret"}"#,
            "clientId=id&clientSecret=secret",
            r#"{"clientId":"id","clientSecret":"secret"}"#,
        ]
    );
}

/// Builds and runs the crate, and returns its output.
fn run(base: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let clients = root().join("generated");
    let manifest = format!(
        "[package]\nname = \"downstream\"\nedition = \"2024\"\n[dependencies]\nfintech-clients = {{ path = {clients:?} }}\n[profile.dev]\ndebug = \"line-tables-only\"\n[workspace]\n"
    );
    std::fs::create_dir(folder.path().join("src")).expect("a folder");
    std::fs::write(folder.path().join("Cargo.toml"), manifest).expect("a file");
    std::fs::write(folder.path().join("src/main.rs"), MAIN).expect("a file");
    crates::run_crate(folder.path(), &[], &[base.to_owned()])
}
