//! Sends webhooks to the axum example as the vendors sign them.

#[path = "../../examples/webhooks.rs"]
#[expect(dead_code, reason = "its `main` is not called here")]
mod example;

use std::sync::Mutex;
use std::time::SystemTime;

use fintech_clients::runtime::reqwest::{Client, RequestBuilder};
use fintech_clients::runtime::signature::{
    Digest, Message, Signed, SigningKey, Target, content_digest,
};
use fintech_clients::runtime::{HeaderMap, Url};
use fintech_clients::{mesh, orum, pipevest};

use example::Receivers;

const OPENSSH: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7 hooks";
/// Its private key: `test-key-ed25519` of RFC 9421, B.1.4.
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
";

/// Starts the example on a free port and returns its URL.
async fn start() -> String {
    let receivers = Receivers {
        mesh: mesh::webhooks::receiver()
            .key("an old secret")
            .and_then(|it| it.key("hunter2"))
            .expect("two keys"),
        // The signature below is constant, so its time is not checked.
        orum: orum::webhooks::receiver()
            .key(include_str!("../../../runtime/tests/it/signature/keys/rsa.pub.pem"))
            .expect("a key")
            .window(None),
        pipevest: pipevest::webhooks::receiver().key(OPENSSH).expect("a key"),
        seen: Mutex::default(),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, example::router(receivers)).await });
    format!("http://{address}")
}

/// Sends the request and returns the status and the text of the response.
async fn send(request: RequestBuilder) -> String {
    let response = request.send().await.expect("a response");
    let status = response.status();
    format!("{} {}", status.as_u16(), response.text().await.expect("text"))
}

#[tokio::test]
async fn signature_of_a_webhook_with_a_shared_secret() {
    let url = start().await + "/hooks/mesh";
    let http = Client::builder().no_proxy().build().expect("a client");
    let body = r#"{"EventId":"e-1","Id":"1","SentTimestamp":1,"TransferId":"t","Timestamp":1,"TransferStatus":"succeeded","SourceAmount":0.1}"#;
    // `openssl dgst -sha256 -hmac hunter2 -binary | base64`
    let signature = "KHNMzcS2XQoVCVC7OWvlHB+jIgJDeKicmk2WBQYYO1Q=";
    let call = |signature: &str, body: &'static str| {
        http.post(&url).header("X-Mesh-Signature-256", signature).body(body)
    };
    assert_eq!(send(call(signature, body)).await, "200 succeeded");
    assert_eq!(send(call(signature, body)).await, "200 duplicate");
    assert_eq!(send(call(signature, "{}")).await, "401 ");
    assert_eq!(send(http.post(&url).body(body)).await, "401 ");
    let other = r#"{"EventId":"e-2","Id":"2","TransferId":"t","TransferStatus":"returned"}"#;
    assert_eq!(
        send(call("su5abaE43WnDuaXXRfMfKN3OqqcytkRwgH2Q5pe4D2Q=", other)).await,
        "200 unknown status"
    );
    assert_eq!(send(call("27xDSETQTr9bWWIwBkbF6rh+eRRp0dp1Tg3TQ/+EiVo=", "[]")).await, "400 ");
}

#[tokio::test]
async fn signature_of_a_webhook_with_rsa() {
    let url = start().await + "/hooks/orum";
    let http = Client::builder().no_proxy().build().expect("a client");
    let body = r#"{"event_id":"7d1e","event_type":"transfer_updated","created_at":"2026-11-25T08:00:00.123Z","event_data":{"transfer":{"id":"t-1"}}}"#;
    let signature = "T8Ai206g67O8V5okQQSpqi0UD3CE6aPaabRe9fzOxPHWwBTTj88zpghifjwXYQDTzRRjP8N++Itb2/who/1Gno0WxuLUp/JaQqb2vMnpKtsdx1hUsZqZDyynuudqgMHVeC3w0gywIUCplMuNH1dSJls/E91Q3+DC47AcSJKwIMhQKFKOhD2wN+79MRpWw98GvTkOTpmnU27AcZkefkwyskDDbvdOl0CbYFR3FUrKB8CP9FixgOtBrDol5GA9wmmoLfO/qA1WKBFXJHH2N3FnChOyEXK3rZjz6cXXR+0rqV1nH6gdoRGsw6vLBWi1LGFxEYrXmv9cTeL5AT6Uj2qcRQ==";
    let call = http.post(&url).header("Signature", signature);
    assert_eq!(send(call.body(body)).await, "200 a transfer");
    let call = http.post(&url).header("Signature", signature);
    assert_eq!(send(call.body(body.replace("t-1", "t-2"))).await, "401 ");
}

#[tokio::test]
async fn signature_of_a_webhook_by_rfc9421() {
    let base = start().await;
    let http = Client::builder().no_proxy().build().expect("a client");
    let body = r#"{"eventId":"01937261-e216-754f-99ba-c1170d65dd28","event":"ACCOUNT.CREATED","createdAt":1732893484,"data":{"id":7}}"#;
    // The vendor signs the public address, which may differ from the one behind a proxy.
    let host = base.trim_start_matches("http://");
    let url = Url::parse(&format!("https://{host}/hooks/pipevest")).expect("a URL");
    let mut unsigned = HeaderMap::new();
    let digest = content_digest(&[Digest::Sha512], body.as_bytes());
    unsigned.insert("content-digest", digest.parse().expect("a header"));
    unsigned.insert("content-type", "application/json".parse().expect("a header"));
    let target = Target::from(&url);
    let method = "POST".parse().expect("a method");
    let message = Message::request(&method, &target, &unsigned).body(body.as_bytes());
    let key = SigningKey::from_pkcs8_pem("whatever", PRIVATE).expect("a key");
    let signed = pipevest::signature::PROFILE.sign(&message, &key, SystemTime::now()).await;
    let Signed { input, signature } = signed.expect("a signature");
    let call = |body: String| {
        let call = http.post(format!("{base}/hooks/pipevest")).headers(unsigned.clone());
        call.header("signature-input", &input).header("signature", &signature).body(body)
    };
    assert_eq!(send(call(body.to_owned())).await, "200 an account");
    assert_eq!(send(call(body.replace('7', "8"))).await, "401 ");
    let other_receiver = http.post(format!("{base}/hooks/mesh")).headers(unsigned.clone());
    let other_receiver =
        other_receiver.header("signature-input", &input).header("signature", &signature);
    assert_eq!(send(other_receiver.body(body)).await, "401 ");
}
