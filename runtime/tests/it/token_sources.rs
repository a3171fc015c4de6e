//! Where tokens are obtained: from a provider of the caller's own, or with credentials that are
//! replaced while the client is used.

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docwright_runtime::{
    AccessToken, Call, Client, ClientBuilder, Credentials, Error, Media, Method, NoTypedError,
    Operation, Scheme, TokenContext, TokenFuture, TokenProvider, TokenRequest, Value,
};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::paused_clock::PausedClock;

static CREATE_TOKEN: Operation =
    Operation::new("create_token", Method::Post, "/token").body(&[Media::FORM]);
static TOKEN: TokenRequest =
    TokenRequest::new(&CREATE_TOKEN).client("id", "secret").id_header("X-Client");
static BEARER: Scheme = Scheme::bearer("Bearer", "bearer").token_from(&TOKEN);
static PLAIN: TokenRequest = TokenRequest::new(&CREATE_TOKEN).plain_basic();
static PLAIN_BEARER: Scheme = Scheme::bearer("Bearer", "bearer").token_from(&PLAIN);
static ENCODED: TokenRequest = TokenRequest::new(&CREATE_TOKEN);
static ENCODED_BEARER: Scheme = Scheme::bearer("Bearer", "bearer").token_from(&ENCODED);
static KEY: Scheme = Scheme::header("Key", "X-Key", "key");
static ORDERS: Operation =
    Operation::new("orders", Method::Get, "/orders").security(&[&[&BEARER], &[&KEY]]);

struct Orders<'a>(Call<'a>);
docwright_runtime::request!(Orders => json Value, NoTypedError);

fn orders(client: &Client) -> Orders<'_> {
    Orders(Call::new(client, &ORDERS))
}

/// Starts a server whose `/orders` accepts everything but these tokens, and whose `/token` issues the
/// token `for-ID`, unless the secret is wrong or the id is `slow`.
async fn server(rejected: &'static [&'static str]) -> MockServer {
    let server = MockServer::start().await;
    let respond = move |request: &Request| {
        let token = header(request, "authorization").unwrap_or_default();
        let is_rejected = rejected.iter().any(|it| token == format!("Bearer {it}"));
        ResponseTemplate::new(if is_rejected { 401 } else { 200 })
            .set_body_raw("{}", "application/json")
    };
    Mock::given(path("/orders")).respond_with(respond).mount(&server).await;
    let respond = |request: &Request| {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        let id = body.split(['=', '&']).nth(1).unwrap_or("basic").to_owned();
        let delay = Duration::from_secs(if id == "slow" { 3600 } else { 0 });
        let body = format!(r#"{{"access_token":"for-{id}"}}"#);
        match String::from_utf8_lossy(&request.body).contains("wrong") {
            true => ResponseTemplate::new(401),
            false => ResponseTemplate::new(200).set_body_raw(body, "application/json"),
        }
        .set_delay(delay)
    };
    Mock::given(path("/token")).respond_with(respond).mount(&server).await;
    server
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.headers.get(name).map(|value| value.to_str().unwrap())
}

/// Returns a header of each request to a path.
async fn sent(server: &MockServer, path: &str, name: &str) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let requests = requests.iter().filter(|request| request.url.path() == path);
    requests.map(|request| header(request, name).unwrap_or("none").to_owned()).collect()
}

/// Returns what a test chooses, and records what it was requested for.
#[derive(Clone, Default)]
struct Vault {
    contexts: Arc<Mutex<Vec<String>>>,
    hangs: bool,
    fails: bool,
}

impl TokenProvider for Vault {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> TokenFuture<'a> {
        Box::pin(async move {
            let number = {
                let mut contexts = self.contexts.lock().unwrap();
                contexts.push(format!(
                    "{} {:?} {:?}",
                    context.scheme(),
                    context.field("scope"),
                    context.rejected()
                ));
                contexts.len()
            };
            if self.hangs {
                std::future::pending::<()>().await;
            }
            if self.fails {
                return Err("the vault is sealed with hunter2".into());
            }
            let token = AccessToken::new(format!("v{number}")).client_id("vaulted");
            Ok(token.lifetime(Duration::from_secs(3600)))
        })
    }
}

impl Vault {
    fn contexts(&self) -> Vec<String> {
        self.contexts.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn token_provider_is_used_until_the_token_expires_or_is_rejected() {
    let (server, vault) = (server(&["v2"]).await, Vault::default());
    let builder = ClientBuilder::new(server.uri()).token_field(&BEARER, "scope", "read");
    let client: Client = builder.token_provider(&BEARER, vault.clone()).build().unwrap();
    let clock = PausedClock::new().await;
    orders(&client).await.unwrap();
    orders(&client).await.unwrap();
    clock.advance(Duration::from_secs(3601)).await;
    orders(&client).await.unwrap();
    let bearers = ["Bearer v1", "Bearer v1", "Bearer v2", "Bearer v3"];
    assert_eq!(sent(&server, "/orders", "authorization").await, bearers);
    assert_eq!(sent(&server, "/orders", "x-client").await, ["vaulted"; 4]);
    let contexts = [
        "Bearer Some(\"read\") None",
        "Bearer Some(\"read\") None",
        "Bearer Some(\"read\") Some(\"v2\")",
    ];
    assert_eq!(vault.contexts(), contexts);
}

#[tokio::test]
async fn token_provider_that_fails_or_hangs_fails_the_call() {
    let server = server(&[]).await;
    let client = |vault: Vault| -> Client {
        let builder = ClientBuilder::new(server.uri()).timeout(Duration::from_millis(50));
        builder.token_provider(&BEARER, vault).build().unwrap()
    };
    let failing = client(Vault { fails: true, ..Vault::default() });
    let error = orders(&failing).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no token for the security scheme `Bearer`: the token provider failed"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
    assert_eq!(error.source().unwrap().to_string(), "the vault is sealed with hunter2");
    let error = orders(&client(Vault { hangs: true, ..Vault::default() })).await.unwrap_err();
    assert!(error.is_timeout());
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[test]
fn token_provider_and_user_need_a_scheme_that_sends_them() {
    let builder = ClientBuilder::<Client>::new("https://acme.test");
    let error = builder.token_provider(&KEY, Vault::default()).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the credentials for `Key` can't be sent: a token provider supplies bearer tokens only"
    );
    let client = ClientBuilder::<Client>::new("https://acme.test").build().unwrap();
    let error = client.set_credentials(&KEY, Credentials::user("me", "hunter2")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the credentials for `Key` can't be sent: a user name and a password are sent in the header \
         `Authorization` only"
    );
}

#[tokio::test]
async fn token_credentials_can_be_replaced_while_the_client_is_used() {
    let server = server(&[]).await;
    let builder = ClientBuilder::<Client>::new(server.uri());
    let client = builder.client_credentials(&BEARER, "first", "s").build().unwrap();
    let clone = client.clone();
    orders(&client).await.unwrap();
    client.set_credentials(&BEARER, Credentials::client("second", "s")).unwrap();
    orders(&clone).await.unwrap();
    clone.set_credentials(&BEARER, Credentials::provider(Vault::default())).unwrap();
    orders(&client).await.unwrap();
    client.set_credentials(&BEARER, Credentials::key("mine")).unwrap();
    orders(&client).await.unwrap();
    let bearers = ["Bearer for-first", "Bearer for-second", "Bearer v1", "Bearer mine"];
    assert_eq!(sent(&server, "/orders", "authorization").await, bearers);
    let ids = ["first", "second", "vaulted", "none"];
    assert_eq!(sent(&server, "/orders", "x-client").await, ids);

    let error = client.set_credentials(&BEARER, Credentials::key("a\nb")).unwrap_err();
    assert_eq!(error.scheme(), "Bearer");
    assert!(!format!("{error:?} {error}").contains("a\nb"));
    orders(&client).await.unwrap();
    assert_eq!(sent(&server, "/orders", "authorization").await[4], "Bearer mine");
}

#[tokio::test]
async fn token_of_replaced_credentials_is_not_used_even_if_it_arrives_later() {
    let server = server(&[]).await;
    let builder = ClientBuilder::<Client>::new(server.uri());
    let client = builder.client_credentials(&BEARER, "slow", "s").build().unwrap();
    let waiting = {
        let client = client.clone();
        tokio::spawn(async move { orders(&client).await.map(drop) })
    };
    while sent(&server, "/token", "host").await.is_empty() {
        tokio::task::yield_now().await;
    }
    client.set_credentials(&BEARER, Credentials::client("second", "s")).unwrap();
    orders(&client).await.unwrap();
    assert_eq!(sent(&server, "/orders", "authorization").await, ["Bearer for-second"]);
    waiting.abort();
}

#[tokio::test]
async fn token_is_requested_at_once_after_rejected_credentials_were_replaced() {
    let server = server(&[]).await;
    let builder = ClientBuilder::<Client>::new(server.uri());
    let client = builder.client_credentials(&BEARER, "me", "wrong").build().unwrap();
    for _ in 0..5 {
        let error = orders(&client).await.unwrap_err();
        assert!(matches!(&error, Error::Token(it) if it.status().unwrap() == 401), "{error:?}");
    }
    assert_eq!(sent(&server, "/token", "host").await.len(), 1);
    client.set_credentials(&BEARER, Credentials::client("me", "right")).unwrap();
    orders(&client).await.unwrap();
    assert_eq!(sent(&server, "/token", "host").await.len(), 2);
}

#[tokio::test]
async fn token_that_is_invalidated_is_not_used_again() {
    let (server, vault) = (server(&[]).await, Vault::default());
    let builder = ClientBuilder::<Client>::new(server.uri()).key(&KEY, "k");
    let client = builder.token_provider(&BEARER, vault.clone()).build().unwrap();
    orders(&client).await.unwrap();
    client.invalidate_token(&BEARER);
    // Neither a key nor a scheme without credentials has a token.
    client.invalidate_token(&KEY);
    orders(&client).await.unwrap();
    assert_eq!(sent(&server, "/orders", "authorization").await, ["Bearer v1", "Bearer v2"]);
    assert_eq!(vault.contexts()[1], "Bearer None Some(\"v1\")");

    // A rejected token request is repeated as well.
    let builder = ClientBuilder::<Client>::new(server.uri());
    let client = builder.client_credentials(&BEARER, "me", "wrong").build().unwrap();
    orders(&client).await.unwrap_err();
    client.invalidate_token(&BEARER);
    orders(&client).await.unwrap_err();
    assert_eq!(sent(&server, "/token", "host").await.len(), 2);
}

#[tokio::test]
async fn token_request_sends_id_and_secret_form_encoded_or_plain() {
    for (scheme, expected) in [
        // `me:a b+c/d` and `me:a+b%2Bc%2Fd` in base64.
        (&PLAIN_BEARER, "Basic bWU6YSBiK2MvZA=="),
        (&ENCODED_BEARER, "Basic bWU6YStiJTJCYyUyRmQ="),
    ] {
        let server = server(&[]).await;
        let builder = ClientBuilder::<Client>::new(server.uri());
        let client = builder.client_credentials(scheme, "me", "a b+c/d").build().unwrap();
        orders(&client).await.unwrap();
        assert_eq!(sent(&server, "/token", "authorization").await, [expected]);
    }
    let builder = ClientBuilder::<Client>::new("https://acme.test");
    let error = builder.client_credentials(&PLAIN_BEARER, "a:b", "c").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the credentials for `Bearer` can't be sent: the client id contains a colon"
    );
}
