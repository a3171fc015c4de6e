//! Servers that misbehave on the socket: what came is kept, and nothing waits for ever.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod acme;

use std::time::Duration;

use acme::Client;
use docwright_runtime::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A server that answers one request with these bytes and then closes, or goes on with `forever`.
async fn server(answer: &'static [u8], forever: &'static [u8]) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _ = socket.read(&mut request).await;
        let _ = socket.write_all(answer).await;
        while !forever.is_empty() && socket.write_all(forever).await.is_ok() {}
    });
    let builder = Client::builder(format!("http://{address}"));
    builder.timeout(Duration::from_secs(20)).response_limit(100_000).build().unwrap()
}

#[tokio::test]
async fn fault_closed_before_the_answer() {
    let client = server(b"", b"").await;
    let error = client.download_order("1").await.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.to_string(), "the exchange with the server broke off");
    assert!(error.raw().is_none() && error.status().is_none());
}

#[tokio::test]
async fn fault_closed_inside_the_body() {
    let client = server(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n0123456789", b"").await;
    let error = client.download_order("1").await.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.raw().unwrap(), "0123456789");
}

#[tokio::test]
async fn fault_a_body_without_end() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n";
    let client = server(head, &[b'x'; 1024]).await;
    let error = client.download_order("1").await.unwrap_err();
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_too_large(), "{error:?}");
    assert_eq!(error.raw().unwrap().len(), 100_000);
}

#[tokio::test]
async fn fault_no_http_at_all() {
    let client = server(b"220 mail.example.com ESMTP\r\n", b"").await;
    let error = client.download_order("1").await.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error:?}");
}
