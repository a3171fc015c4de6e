//! The credentials that a generated client sends to the API and to the operation server of the
//! vault.

use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

#[tokio::test]
async fn credentials_are_sent_as_the_document_declares() {
    let (api, vault) = (MockServer::start().await, MockServer::start().await);
    let token = ResponseTemplate::new(200)
        .set_body_raw(r#"{"accessToken":"t-9","expiresIn":3600.0}"#, "application/json")
        .set_delay(std::time::Duration::from_millis(200));
    Mock::given(method("POST")).and(path("/oauth/token")).respond_with(token).mount(&api).await;
    for server in [&api, &vault] {
        Mock::given(any()).respond_with(ResponseTemplate::new(204)).mount(server).await;
    }
    let addresses = [api.uri(), vault.uri()];
    let printed =
        tokio::task::spawn_blocking(move || crate::crates::run("security", "", &addresses))
            .await
            .expect("it runs");
    assert!(!printed.contains("hunter2"), "{printed}");
    let lines: Vec<&str> = printed.lines().filter(|l| !l.starts_with("ClientBuilder")).collect();
    let not_sent = "the request was not sent: ";
    assert_eq!(
        lines,
        [
            "Ok(())".to_owned(),
            format!("{not_sent}no credentials are set for `OAuth` (`ClientBuilder::credentials`)"),
            format!(
                "{not_sent}`create_card` has its own server, whose URL is unknown for this base URL: set it with `ClientBuilder::vault_server`"
            ),
            "20 orders".to_owned(),
        ]
    );

    let summarize = |requests: Vec<Request>| -> Vec<String> {
        let header = |request: &Request, name: &str| {
            request.headers.get(name).map_or("-".to_owned(), |v| v.to_str().unwrap().to_owned())
        };
        let show = |r: &Request| {
            let (token, tenant) = (header(r, "authorization"), header(r, "x-tenant"));
            format!("{} {} {token} {tenant}", r.method, r.url.path())
        };
        let mut summaries: Vec<String> = requests.iter().map(show).collect();
        summaries.dedup();
        summaries
    };
    let calls = api.received_requests().await.expect("requests are recorded");
    let orders = calls.iter().filter(|request| request.url.path() == "/orders").count();
    assert_eq!(orders, 20);
    assert_eq!(calls[1].body, br#"{"clientId":"me","clientSecret":"hunter2"}"#);
    assert_eq!(
        summarize(calls),
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
    assert_eq!(summarize(calls), ["POST /cards Bearer t-9 -"]);
}
