//! Streamed bodies: responses are read as they arrive, requests are sent as they are produced.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::acme::{Client, CreateTokenError};
use docwright_runtime::{
    Bytes, Call, DownloadError, Error, File, Media, Method, NoTypedError, Operation, Retry,
};
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

static UPLOAD: Operation = Operation::new("upload", Method::Put, "/upload").body(&[Media::BYTES]);

/// Starts a server that sends these bytes in response to one request, and returns a client of it
/// and the connection.
async fn start_server(response: &'static [u8]) -> (Client, tokio::task::JoinHandle<TcpStream>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connection = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.read(&mut [0; 4096]).await.unwrap();
        socket.write_all(response).await.unwrap();
        socket
    });
    let builder = Client::builder(format!("http://{address}")).timeout(Duration::from_secs(20));
    (builder.response_limit(4).build().unwrap(), connection)
}

/// The head of a response with a body of ten bytes.
const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: 10\r\n\r\n";

#[tokio::test]
async fn a_response_body_is_read_as_it_arrives() {
    let (client, connection) = start_server(HEAD).await;
    let response = client.download_order("1").send_stream().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/csv");
    let mut body = response.into_body();
    assert_eq!(body.length(), Some(10));
    let mut socket = connection.await.unwrap();
    for chunk in [&b"01234"[..], b"56789"] {
        socket.write_all(chunk).await.unwrap();
        assert_eq!(body.chunk().await.unwrap().unwrap(), chunk);
    }
    assert_eq!(body.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_stream_is_limited_to_the_length_that_the_caller_allows() {
    let response = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789";
    let (client, _connection) = start_server(response).await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    assert_eq!(body.limit(10).bytes().await.unwrap(), "0123456789");
    let (client, _connection) = start_server(response).await;
    let mut body = client.download_order("1").send_stream().await.unwrap().into_body().limit(9);
    let error = body.chunk().await.unwrap_err();
    assert!(error.is_too_large());
    assert_eq!(error.to_string(), "the response is larger than the limit of 9 bytes");
    assert_eq!(body.chunk().await.unwrap(), None);
    // The limit of the client applies to a body that is collected.
    let (client, _connection) = start_server(response).await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    let error = body.bytes().await.unwrap_err();
    assert_eq!(error.to_string(), "the response is larger than the limit of 4 bytes");
}

#[tokio::test]
async fn a_file_is_saved_only_if_it_is_complete() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("order.csv");
    let (client, _connection) =
        start_server(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789").await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    assert_eq!(body.save(&file).await.unwrap(), 10);
    assert_eq!(std::fs::read(&file).unwrap(), b"0123456789");

    let (client, connection) =
        start_server(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabcde").await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    drop(connection.await.unwrap());
    let error = body.save(&file).await.unwrap_err();
    assert!(matches!(error, DownloadError::Transport(_)), "{error:?}");
    assert_eq!(std::fs::read(&file).unwrap(), b"0123456789");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let (client, _connection) =
        start_server(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na").await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    let error = body.save(folder.path().join("none/order.csv")).await.unwrap_err();
    assert!(matches!(error, DownloadError::Write(_)), "{error:?}");
}

/// A writer that fails after `room` bytes.
#[derive(Default)]
struct LimitedWriter {
    room: usize,
    accepted: Vec<u8>,
    flushed: bool,
}

impl AsyncWrite for LimitedWriter {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        // At most three bytes at a time, so that writes are partial.
        let count = bytes.len().min(3).min(self.room);
        if count == 0 {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::StorageFull, "no room")));
        }
        self.room -= count;
        self.accepted.extend_from_slice(&bytes[..count]);
        Poll::Ready(Ok(count))
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.flushed = true;
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_body_is_written_to_a_writer() {
    let response = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789";
    let download = |room: usize, limit: u64| async move {
        let (client, _connection) = start_server(response).await;
        let body = client.download_order("1").send_stream().await.unwrap().into_body();
        let mut writer = LimitedWriter { room, ..LimitedWriter::default() };
        (body.limit(limit).write_to(&mut writer).await, writer)
    };
    let (result, writer) = download(10, 10).await;
    assert_eq!((result.unwrap(), &writer.accepted[..]), (10, &b"0123456789"[..]));
    assert!(writer.flushed);

    // A writer that fails half-way keeps what it accepted, and its error is returned.
    let (result, writer) = download(5, 10).await;
    let error = result.unwrap_err();
    let DownloadError::Write(cause) = &error else { panic!("{error:?}") };
    assert_eq!(cause.kind(), io::ErrorKind::StorageFull);
    assert_eq!(error.to_string(), "the response body can't be written");
    assert_eq!(writer.accepted, b"01234");

    // Nothing of the chunk that exceeds the limit is written.
    let (result, writer) = download(10, 9).await;
    let error = result.unwrap_err();
    assert!(matches!(&error, DownloadError::Transport(it) if it.is_too_large()), "{error:?}");
    assert!(writer.accepted.is_empty());
}

#[tokio::test]
async fn a_writer_has_the_bytes_before_a_premature_end() {
    let (client, connection) =
        start_server(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabcde").await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    drop(connection.await.unwrap());
    let mut writer = Vec::new();
    let error = body.write_to(&mut writer).await.unwrap_err();
    assert!(matches!(error, DownloadError::Transport(_)), "{error:?}");
    assert_eq!(writer, b"abcde");
}

#[tokio::test]
async fn the_timeout_applies_to_each_chunk() {
    let (client, connection) = start_server(HEAD).await;
    let wait = Duration::from_millis(200);
    let mut body =
        client.download_order("1").timeout(wait).send_stream().await.unwrap().into_body();
    let mut socket = connection.await.unwrap();
    // Longer than the timeout in total, but no chunk takes longer.
    for _ in 0..4 {
        tokio::time::sleep(wait / 2).await;
        socket.write_all(b"0").await.unwrap();
        assert_eq!(body.chunk().await.unwrap().unwrap(), "0");
    }
    assert!(body.chunk().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn an_error_response_is_typed_when_a_stream_was_requested() {
    let server = MockServer::start().await;
    let body = r#"{"code":"invalid_client_id","message":"no"}"#;
    let response = ResponseTemplate::new(400).set_body_raw(body, "application/json");
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder(server.uri()).build().unwrap();
    let body = crate::acme::body();
    let error = client.create_token(&body).send_stream().await.unwrap_err();
    assert!(matches!(error.typed(), Some(CreateTokenError::BadRequest(_))), "{error:?}");
}

#[tokio::test]
async fn a_raw_response_has_any_status() {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(418).set_body_raw("short and stout", "text/plain");
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder(server.uri()).build().unwrap();
    let response = client.get_order("1").send_raw().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.body()[..]), (418, &b"short and stout"[..]));
}

/// Returns a body that streams these chunks.
fn stream_of(texts: &'static [&'static str], length: Option<u64>) -> File {
    let chunks = texts.iter().map(|text| io::Result::Ok(Bytes::from(*text)));
    File::stream(futures_util::stream::iter(chunks), length)
}

#[tokio::test]
async fn a_request_body_is_streamed() {
    for (length, header) in
        [(Some(5), ("content-length", "5")), (None, ("transfer-encoding", "chunked"))]
    {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(503)).mount(&server).await;
        let builder = docwright_runtime::ClientBuilder::new(server.uri());
        let client: docwright_runtime::Client = builder.retry(Retry::attempts(3)).build().unwrap();
        let call = Call::new(&client, &UPLOAD).body_bytes(stream_of(&["ab", "", "cde"], length));
        let error = call.empty::<NoTypedError>().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
        // There is no second attempt: the stream is consumed.
        let [request] = server.received_requests().await.unwrap().try_into().unwrap();
        assert_eq!(request.body, b"abcde");
        assert_eq!(request.headers[header.0], header.1);
    }
}

#[tokio::test]
async fn a_stream_of_the_wrong_length_and_a_consumed_stream_are_errors() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let client: docwright_runtime::Client =
        docwright_runtime::ClientBuilder::new(server.uri()).build().unwrap();
    for (texts, length) in [(&["abc"], 2), (&["abc"], 4)] {
        let call = Call::new(&client, &UPLOAD).body_bytes(stream_of(texts, Some(length)));
        let error = call.empty::<NoTypedError>().await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
    let stream = stream_of(&["abc"], None);
    let send = || Call::new(&client, &UPLOAD).body_bytes(stream.clone()).empty::<NoTypedError>();
    send().await.unwrap();
    assert_eq!(
        send().await.unwrap_err().to_string(),
        "the request was not sent: a stream can be sent only once"
    );
}
