//! Bodies that are never held as a whole: responses as they come, requests as they are made.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod acme;

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use acme::{Client, CreateTokenError};
use docwright_runtime::{
    Bytes, Call, DownloadError, Error, File, Media, Method, NoTypedError, Operation, Retry,
};
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

static UPLOAD: Operation = Operation::new("upload", Method::Put, "/upload").body(&[Media::BYTES]);

/// A client of a server that responds one request with these bytes, and the connection.
async fn responding(response: &'static [u8]) -> (Client, tokio::task::JoinHandle<TcpStream>) {
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

const TEN: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: 10\r\n\r\n";

#[tokio::test]
async fn a_body_is_read_while_it_comes() {
    let (client, connection) = responding(TEN).await;
    let response = client.download_order("1").send_stream().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/csv");
    let mut body = response.into_body();
    assert_eq!(body.length(), Some(10));
    let mut socket = connection.await.unwrap();
    for piece in [&b"01234"[..], b"56789"] {
        socket.write_all(piece).await.unwrap();
        assert_eq!(body.chunk().await.unwrap().unwrap(), piece);
    }
    assert_eq!(body.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_stream_is_as_long_as_the_caller_allows() {
    let response = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789";
    let (client, _connection) = responding(response).await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    assert_eq!(body.limit(10).bytes().await.unwrap(), "0123456789");
    let (client, _connection) = responding(response).await;
    let mut body = client.download_order("1").send_stream().await.unwrap().into_body().limit(9);
    let error = body.chunk().await.unwrap_err();
    assert!(error.is_too_large());
    assert_eq!(error.to_string(), "the response is larger than the limit of 9 bytes");
    assert_eq!(body.chunk().await.unwrap(), None);
    // What is held is as long as any response of the client may be.
    let (client, _connection) = responding(response).await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    let error = body.bytes().await.unwrap_err();
    assert_eq!(error.to_string(), "the response is larger than the limit of 4 bytes");
}

#[tokio::test]
async fn a_file_appears_when_all_of_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("order.csv");
    let (client, _connection) =
        responding(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789").await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    assert_eq!(body.save(&file).await.unwrap(), 10);
    assert_eq!(std::fs::read(&file).unwrap(), b"0123456789");

    let (client, connection) =
        responding(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabcde").await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    drop(connection.await.unwrap());
    let error = body.save(&file).await.unwrap_err();
    assert!(matches!(error, DownloadError::Transport(_)), "{error:?}");
    assert_eq!(std::fs::read(&file).unwrap(), b"0123456789");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let (client, _connection) = responding(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na").await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    let error = body.save(folder.path().join("none/order.csv")).await.unwrap_err();
    assert!(matches!(error, DownloadError::Write(_)), "{error:?}");
}

/// A writer that takes so many bytes and no more.
#[derive(Default)]
struct Full {
    room: usize,
    taken: Vec<u8>,
    flushed: bool,
}

impl AsyncWrite for Full {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        // Three bytes at a time: what is written is not always all that was to be.
        let takes = bytes.len().min(3).min(self.room);
        if takes == 0 {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::StorageFull, "no room")));
        }
        self.room -= takes;
        self.taken.extend_from_slice(&bytes[..takes]);
        Poll::Ready(Ok(takes))
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
async fn a_body_goes_to_a_writer() {
    let response = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789";
    let download = |room: usize, limit: u64| async move {
        let (client, _connection) = responding(response).await;
        let body = client.download_order("1").send_stream().await.unwrap().into_body();
        let mut writer = Full { room, ..Full::default() };
        (body.limit(limit).write_to(&mut writer).await, writer)
    };
    let (written, writer) = download(10, 10).await;
    assert_eq!((written.unwrap(), &writer.taken[..]), (10, &b"0123456789"[..]));
    assert!(writer.flushed);

    // A writer that fails half-way: what it took it has, and the error is its own.
    let (written, writer) = download(5, 10).await;
    let error = written.unwrap_err();
    let DownloadError::Write(cause) = &error else { panic!("{error:?}") };
    assert_eq!(cause.kind(), io::ErrorKind::StorageFull);
    assert_eq!(error.to_string(), "the response's body can't be written");
    assert_eq!(writer.taken, b"01234");

    // Nothing of the piece that passes the limit is written.
    let (written, writer) = download(10, 9).await;
    let error = written.unwrap_err();
    assert!(matches!(&error, DownloadError::Transport(it) if it.is_too_large()), "{error:?}");
    assert!(writer.taken.is_empty());
}

#[tokio::test]
async fn a_writer_has_what_came_before_the_end_that_came_too_early() {
    let (client, connection) =
        responding(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabcde").await;
    let body = client.download_order("1").send_stream().await.unwrap().into_body();
    drop(connection.await.unwrap());
    let mut writer = Vec::new();
    let error = body.write_to(&mut writer).await.unwrap_err();
    assert!(matches!(error, DownloadError::Transport(_)), "{error:?}");
    assert_eq!(writer, b"abcde");
}

#[tokio::test]
async fn each_piece_is_waited_for_as_long_as_the_call() {
    let (client, connection) = responding(TEN).await;
    let wait = Duration::from_millis(200);
    let mut body =
        client.download_order("1").timeout(wait).send_stream().await.unwrap().into_body();
    let mut socket = connection.await.unwrap();
    // Longer than the timeout as a whole, no piece longer than it.
    for _ in 0..4 {
        tokio::time::sleep(wait / 2).await;
        socket.write_all(b"0").await.unwrap();
        assert_eq!(body.chunk().await.unwrap().unwrap(), "0");
    }
    let begun = Instant::now();
    assert!(body.chunk().await.unwrap_err().is_timeout());
    assert!((wait..wait * 20).contains(&begun.elapsed()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn what_is_no_success_is_read_and_typed() {
    let server = MockServer::start().await;
    let body = r#"{"code":"invalid_client_id","message":"no"}"#;
    let response = ResponseTemplate::new(400).set_body_raw(body, "application/json");
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder(server.uri()).build().unwrap();
    let body = acme::body();
    let error = client.create_token(&body).send_stream().await.unwrap_err();
    assert!(matches!(error.typed(), Some(CreateTokenError::BadRequest(_))), "{error:?}");
}

#[tokio::test]
async fn a_response_as_it_is() {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(418).set_body_raw("short and stout", "text/plain");
    Mock::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder(server.uri()).build().unwrap();
    let response = client.get_order("1").send_raw().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.body()[..]), (418, &b"short and stout"[..]));
}

fn pieces(texts: &'static [&'static str], length: Option<u64>) -> File {
    let pieces = texts.iter().map(|text| io::Result::Ok(Bytes::from(*text)));
    File::stream(futures_util::stream::iter(pieces), length)
}

#[tokio::test]
async fn a_request_is_sent_while_it_is_made() {
    for (length, header) in
        [(Some(5), ("content-length", "5")), (None, ("transfer-encoding", "chunked"))]
    {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(503)).mount(&server).await;
        let builder = docwright_runtime::ClientBuilder::new(server.uri());
        let client: docwright_runtime::Client = builder.retry(Retry::attempts(3)).build().unwrap();
        let call = Call::new(&client, &UPLOAD).body_bytes(pieces(&["ab", "", "cde"], length));
        let error = call.empty::<NoTypedError>().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
        // There is no second attempt: the stream is read.
        let [request] = server.received_requests().await.unwrap().try_into().unwrap();
        assert_eq!(request.body, b"abcde");
        assert_eq!(request.headers[header.0], header.1);
    }
}

#[tokio::test]
async fn a_stream_that_is_not_as_long_as_it_says_is_not_sent_as_a_whole() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let client: docwright_runtime::Client =
        docwright_runtime::ClientBuilder::new(server.uri()).build().unwrap();
    for (texts, length) in [(&["abc"], 2), (&["abc"], 4)] {
        let call = Call::new(&client, &UPLOAD).body_bytes(pieces(texts, Some(length)));
        let error = call.empty::<NoTypedError>().await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
    let once = pieces(&["abc"], None);
    let send = || Call::new(&client, &UPLOAD).body_bytes(once.clone()).empty::<NoTypedError>();
    send().await.unwrap();
    assert_eq!(
        send().await.unwrap_err().to_string(),
        "the request was not sent: a stream can be sent once"
    );
}
