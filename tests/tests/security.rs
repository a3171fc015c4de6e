//! A generated client authenticates: what two servers see of it, one of them the vault.

use std::path::Path;
use std::process::Command;

use docwright::source::render::render;
use docwright::{CrateOptions, Input, RuntimeDependency, Vendor, generate_crate};
use docwright_tests::root;
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

#[tokio::test]
async fn credentials_go_where_the_description_says() {
    let (api, vault) = (MockServer::start().await, MockServer::start().await);
    let token = ResponseTemplate::new(200)
        .set_body_raw(r#"{"accessToken":"t-9","expiresIn":3600.0}"#, "application/json")
        .set_delay(std::time::Duration::from_millis(200));
    Mock::given(method("POST")).and(path("/oauth/token")).respond_with(token).mount(&api).await;
    for server in [&api, &vault] {
        Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(server).await;
    }
    let addresses = [api.uri(), vault.uri()];
    let printed = tokio::task::spawn_blocking(move || run(&addresses)).await.expect("it runs");
    assert!(!printed.contains("hunter2"), "{printed}");
    let lines: Vec<&str> = printed.lines().filter(|l| !l.starts_with("ClientBuilder")).collect();
    let unsent = "the request was not sent: ";
    assert_eq!(
        lines,
        [
            "Ok(())".to_owned(),
            format!("{unsent}no credentials are given for `OAuth` (`ClientBuilder::credentials`)"),
            format!(
                "{unsent}`create_card` has a server of its own: give its URL with `ClientBuilder::vault_server`"
            ),
            "20 orders".to_owned(),
        ]
    );

    let seen = |requests: Vec<Request>| -> Vec<String> {
        let header = |request: &Request, name: &str| {
            request.headers.get(name).map_or("-".to_owned(), |v| v.to_str().unwrap().to_owned())
        };
        let show = |r: &Request| {
            let (token, tenant) = (header(r, "authorization"), header(r, "x-tenant"));
            format!("{} {} {token} {tenant}", r.method, r.url.path())
        };
        let mut all: Vec<String> = requests.iter().map(show).collect();
        all.dedup();
        all
    };
    let calls = api.received_requests().await.expect("requests are recorded");
    let orders = calls.iter().filter(|request| request.url.path() == "/orders").count();
    assert_eq!(orders, 20);
    assert_eq!(calls[1].body, br#"{"clientId":"me","clientSecret":"hunter2"}"#);
    assert_eq!(
        seen(calls),
        [
            "GET /status - -",
            "POST /oauth/token - -",
            "GET /orders Bearer t-9 -",
            "GET /reports Bearer t-9 t-1",
            "GET /status - -",
            "POST /oauth/token - -",
        ]
    );
    let calls = vault.received_requests().await.expect("requests are recorded");
    assert_eq!(seen(calls), ["POST /cards Bearer t-9 -"]);
}

/// Generates the crate, builds it in the folder and with the profile of this test's own build, and
/// runs it.
fn run(addresses: &[String]) -> String {
    let here = root().join("tests/security");
    let bytes = std::fs::read(here.join("acme.yaml")).expect("the description");
    let input = Input { file: "acme.yaml".to_owned(), bytes };
    let vendor = Vendor { name: "acme".to_owned(), inputs: vec![input], ..Vendor::default() };
    let runtime = root().join("runtime");
    let options = CrateOptions {
        name: "acme".to_owned(),
        runtime: RuntimeDependency::Path(runtime.to_string_lossy().into_owned()),
        example: false,
    };
    let output = generate_crate(&vendor, &options)
        .unwrap_or_else(|report| panic!("{}", render(&report, false)));
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (file, text) in &output.files.0 {
        let file = folder.path().join(file);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        let lints = "\n[profile.dev]\ndebug = \"line-tables-only\"\n";
        let text = match file.ends_with("Cargo.toml") {
            true => format!("{text}{lints}"),
            false => text.clone(),
        };
        std::fs::write(file, text).expect("a file");
    }
    std::fs::copy(here.join("main.rs"), folder.path().join("src/main.rs")).expect("a file");
    std::fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("a file");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--"])
        .args(addresses)
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("text")
}
