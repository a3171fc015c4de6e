//! Compressed bodies, some of which decompress to far more bytes. A body is only decompressed with
//! the feature `gzip`; the limit counts decompressed bytes, and memory stays near the limit.

use std::io::Write;
use std::sync::mpsc;
use std::time::Duration;

use docwright_runtime::{Error, Retry};
use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};

use super::{LIMIT, ORDER, Outcome, TIMEOUT, outcome};
use crate::acme::Client;
use crate::faulty_server::AfterResponse::{Close, Drip, Keep};
use crate::faulty_server::{Response, Server, raw, response};

/// The decompressed size of the bombs.
const LARGE: usize = 10 * 1024 * 1024;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bomb() -> Vec<u8> {
    let bomb = gzip(&vec![0; LARGE]);
    assert!(bomb.len() < LARGE / 500, "{}", bomb.len());
    bomb
}

/// Returns a response that never ends: each chunk decompresses to 64 kB.
fn endless() -> Response {
    let mut chunk = Vec::with_capacity(4096);
    let mut deflate = Compress::new(Compression::best(), false);
    deflate.compress_vec(&[0; 65_536], &mut chunk, FlushCompress::Sync).unwrap();
    assert_eq!(deflate.total_in(), 65_536);
    let head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nx-request-id: 7\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03";
    raw(*head, Drip(chunk.leak(), Duration::ZERO))
}

fn compressed(body: &[u8]) -> Response {
    response(200, "content-encoding: gzip\r\nx-request-id: 7\r\n", body, Keep)
}

fn client(server: &str, decompresses: bool) -> Client {
    let retry = Retry::attempts(3).first_wait(Duration::from_millis(1));
    let builder = Client::builder(server).timeout(TIMEOUT * 10).response_limit(LIMIT).retry(retry);
    // Without the feature, a client does not decompress.
    let builder =
        if decompresses { builder } else { builder.configure_http(|http| http.no_gzip()) };
    builder.build().unwrap()
}

/// A case: its name, the response, and the outcome and the number of body bytes that are kept, for
/// a client that decompresses and for one that does not.
type Case = (&'static str, Response, [(Outcome, Option<usize>); 2]);

fn cases() -> Vec<Case> {
    use Outcome::{Broken, DecodeFailure, Success, TooLarge};
    let large = (TooLarge, Some(LIMIT));
    let not_decoded = |body: &[u8]| (DecodeFailure, Some(body.len()));
    let (order, bomb) = (gzip(ORDER.as_bytes()), bomb());
    let nested = gzip(&bomb);
    assert!(nested.len() < LIMIT);
    let twice = response(200, "content-encoding: gzip, gzip\r\nx-request-id: 7\r\n", &nested, Keep);
    // Without the checksum at its end.
    let truncated = &order[..order.len() - 8];
    let json = gzip(format!("[{}]", "0".repeat(LIMIT - 2)).as_bytes());
    vec![
        ("a compressed response", compressed(&order), [(Success, None), not_decoded(&order)]),
        (
            "decompressed exactly as long as the limit",
            compressed(&json),
            [(DecodeFailure, Some(LIMIT)), not_decoded(&json)],
        ),
        ("a bomb", compressed(&bomb), [large, large]),
        ("a bomb in a bomb", compressed(&nested), [large, not_decoded(&nested)]),
        // Only one layer is decompressed.
        (
            "a bomb in a bomb, declared in the header",
            twice,
            [not_decoded(&nested), not_decoded(&nested)],
        ),
        ("an endless compressed body", endless(), [large, large]),
        (
            "a truncated compressed body",
            compressed(truncated),
            [(Broken, Some(ORDER.len())), not_decoded(truncated)],
        ),
        (
            "an invalid compressed body",
            compressed(b"{}"),
            [(Broken, Some(0)), (DecodeFailure, Some(2))],
        ),
    ]
}

#[tokio::test]
async fn fault_gzip_bomb_is_read_up_to_the_limit() {
    for (name, response, expected) in cases() {
        for (decompresses, (expected_outcome, kept)) in [true, false].into_iter().zip(expected) {
            let name = format!("{name}, decompresses: {decompresses}");
            let server = Server::start(vec![response.clone()]).await;
            let result = client(&server.url, decompresses).get_order("1").await;
            assert_eq!(outcome(&result), expected_outcome, "{name}: {result:?}");
            let accepts_gzip = server.requests()[0].contains("accept-encoding: gzip");
            assert_eq!(accepts_gzip, decompresses, "{name}");
            let Err(error) = result else { continue };
            assert_eq!(error.raw().map(|raw| raw.len()), kept, "{name}: {error:?}");
            assert_eq!(error.status().map(|it| it.as_u16()), Some(200), "{name}");
            assert_eq!(error.request_id(), Some("7"), "{name}");
            if let Error::Decode(_) = &error
                && error.headers().unwrap().contains_key("content-encoding")
            {
                assert!(error.to_string().contains("is compressed"), "{name}: {error}");
            }
        }
    }
}

#[tokio::test]
async fn fault_gzip_bomb_is_streamed_up_to_the_limit() {
    for response in [compressed(&bomb()), endless()] {
        let server = Server::start(vec![response]).await;
        let call = client(&server.url, true).download_order("1").send_stream().await.unwrap();
        let body = call.into_body().limit(100_000);
        // The `Content-Length` is that of the compressed body.
        assert_eq!(body.length(), None);
        let mut sink = tokio::io::sink();
        let error = body.write_to(&mut sink).await.unwrap_err();
        assert_eq!(error.to_string(), "the response is larger than the limit of 100000 bytes");
    }
}

/// Starts a server on its own thread, so that its memory is not counted, and returns its URL.
fn start_on_thread(response: Response) -> String {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            sender.send(Server::start(vec![response]).await.url).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}

#[test]
fn fault_gzip_bomb_uses_little_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (response, decompresses) in [
        (compressed(&bomb()), true),
        (compressed(&bomb()), false),
        (endless(), true),
        (endless(), false),
    ] {
        let url = start_on_thread(response);
        let client = client(&url, decompresses);
        let call = || runtime.block_on(async { outcome(&client.get_order("1").await) });
        assert_eq!(call(), Outcome::TooLarge, "the warm-up");
        let memory = allocation_counter::measure(|| {
            assert_eq!(call(), Outcome::TooLarge);
        });
        println!("{} bytes at most, decompresses: {decompresses}", memory.bytes_max);
        // The connection and the decoder each have buffers of some tens of kilobytes.
        assert!(
            memory.bytes_max < 500_000,
            "{} bytes, decompresses: {decompresses}",
            memory.bytes_max
        );
    }
}

#[tokio::test]
async fn fault_truncated_compressed_response_is_retried() {
    let order = gzip(ORDER.as_bytes());
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        order.len()
    );
    let truncated = [head.as_bytes(), &order[..12]].concat();
    let server = Server::start(vec![raw(truncated, Close), compressed(&order)]).await;
    let result = client(&server.url, true).get_order("1").await;
    assert_eq!((outcome(&result), server.request_count()), (Outcome::Success, 2));
}
