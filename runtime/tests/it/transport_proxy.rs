//! Requests to the local machine never go through a proxy.

use std::process::Command;

use docwright_runtime::{
    Call, Client, ClientBuilder, Method, NoTypedError, Operation, OperationServer, Scheme, reqwest,
};

use crate::faulty_server::AfterResponse::Keep;
use crate::faulty_server::{Server, response};

static KEY: Scheme = Scheme::header("Key", "X-Key", "key");
static GET: Operation = Operation::new("get", Method::Get, "/a").security(&[&[&KEY]]);
static VAULT: OperationServer = OperationServer::new("vault_server", &["https://vault.acme.test"]);
static VAULT_GET: Operation = Operation::new("vault_get", Method::Get, "/a").server(&VAULT);

const REMOTE: &str = "http://api.acme.test";

/// Sends requests with these settings, and checks which of them went through the proxy.
async fn check_routes(target: &str, configure: impl Fn() -> ClientBuilder<Client>) {
    let client = configure().operation_server(&VAULT, target).key(&KEY, "s3cr3t").build().unwrap();
    let text = async |call: Call<'_>| call.text::<NoTypedError>().await.unwrap().into_body();
    assert_eq!(text(Call::new(&client, &GET)).await, "by the proxy");
    assert_eq!(text(Call::new(&client, &GET).base_url(target)).await, "by the target");
    assert_eq!(text(Call::new(&client, &VAULT_GET)).await, "by the target");
}

async fn servers() -> (Server, Server) {
    let [proxy, target] = ["by the proxy", "by the target"]
        .map(|body| Server::start(vec![response(200, "content-type: text/plain\r\n", body, Keep)]));
    (proxy.await, target.await)
}

#[tokio::test]
async fn transport_loopback_request_bypasses_the_proxy_that_a_caller_configures() {
    let (proxy, target) = servers().await;
    let builder = || {
        let proxy = reqwest::Proxy::all(proxy.url.as_str()).unwrap();
        let builder = ClientBuilder::new(REMOTE).allow_http();
        builder.configure_http(move |http| http.proxy(proxy.clone()))
    };
    check_routes(&target.url, builder).await;
    let client: Client = ClientBuilder::new(target.url.as_str())
        .configure_http(move |http| http.proxy(reqwest::Proxy::all(proxy.url.as_str()).unwrap()))
        .build()
        .unwrap();
    let response = Call::new(&client, &VAULT_GET).base_url(target.url.as_str());
    assert_eq!(response.text::<NoTypedError>().await.unwrap().body(), "by the target");
}

/// Set in the process that runs with a proxy in its environment.
const TARGET: &str = "DOCWRIGHT_TEST_TARGET";

#[tokio::test(flavor = "multi_thread")]
async fn transport_loopback_request_bypasses_the_proxy_of_the_environment() {
    if let Ok(target) = std::env::var(TARGET) {
        check_routes(&target, || ClientBuilder::new(REMOTE).allow_http()).await;
        println!("checked");
        return;
    }
    let (proxy, target) = servers().await;
    let name = "transport_proxy::transport_loopback_request_bypasses_the_proxy_of_the_environment";
    let mut command = Command::new(std::env::current_exe().expect("the path of this test"));
    command.args(["--exact", name, "--nocapture"]);
    command.env(TARGET, &target.url).env("HTTP_PROXY", &proxy.url).env_remove("NO_PROXY");
    command.env_remove("no_proxy").env_remove("REQUEST_METHOD");
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.unwrap().expect("a process");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    assert!(output.status.success() && printed.contains("checked"), "{printed}");
}
