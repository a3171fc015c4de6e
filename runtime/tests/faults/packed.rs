//! Bodies that are small on their way and large once they are unpacked. Unpacked is only what was asked
//! for, which the feature `gzip` does; the limit is one on unpacked bytes, and memory stays near it.

use std::io::Write;
use std::sync::mpsc;
use std::time::Duration;

use docwright_runtime::{Error, Retry};
use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};

use super::acme::Client;
use super::server::Then::{Close, Drip, Keep};
use super::server::{Response, Server, raw, response};
use super::{LIMIT, ORDER, Outcome, TIMEOUT, outcome};

/// What the bombs unpack to.
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

/// A stream that never ends: each piece unpacks to 64 kB.
fn endless() -> Response {
    let mut piece = Vec::with_capacity(4096);
    let mut deflate = Compress::new(Compression::best(), false);
    deflate.compress_vec(&[0; 65_536], &mut piece, FlushCompress::Sync).unwrap();
    assert_eq!(deflate.total_in(), 65_536);
    let head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nx-request-id: 7\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03";
    raw(*head, Drip(piece.leak(), Duration::ZERO))
}

fn packed(body: &[u8]) -> Response {
    response(200, "content-encoding: gzip\r\nx-request-id: 7\r\n", body, Keep)
}

fn client(server: &str, unpacks: bool) -> Client {
    let retry = Retry::attempts(3).first_wait(Duration::from_millis(1));
    let builder = Client::builder(server).timeout(TIMEOUT * 10).response_limit(LIMIT).retry(retry);
    // What a client is without the feature.
    let builder = if unpacks { builder } else { builder.configure_http(|http| http.no_gzip()) };
    builder.build().unwrap()
}

/// Its name, the response, and for a client that unpacks and one that does not: what comes of it, and how
/// much of the body is kept.
type Case = (&'static str, Response, [(Outcome, Option<usize>); 2]);

fn cases() -> Vec<Case> {
    use Outcome::{Broken, DecodeFailure, Good, TooLarge};
    let large = (TooLarge, Some(LIMIT));
    let as_it_is = |body: &[u8]| (DecodeFailure, Some(body.len()));
    let (order, bomb) = (gzip(ORDER.as_bytes()), bomb());
    let nested = gzip(&bomb);
    assert!(nested.len() < LIMIT);
    let twice = response(200, "content-encoding: gzip, gzip\r\nx-request-id: 7\r\n", &nested, Keep);
    // Without the sum at its end.
    let half = &order[..order.len() - 8];
    let json = gzip(format!("[{}]", "0".repeat(LIMIT - 2)).as_bytes());
    vec![
        ("a packed response", packed(&order), [(Good, None), as_it_is(&order)]),
        (
            "as long as the limit once unpacked",
            packed(&json),
            [(DecodeFailure, Some(LIMIT)), as_it_is(&json)],
        ),
        ("a bomb", packed(&bomb), [large, large]),
        ("a bomb in a bomb", packed(&nested), [large, as_it_is(&nested)]),
        // Nobody unpacks twice.
        ("a bomb in a bomb that says so", twice, [as_it_is(&nested), as_it_is(&nested)]),
        ("a packed body without end", endless(), [large, large]),
        (
            "a packed body that is cut off",
            packed(half),
            [(Broken, Some(ORDER.len())), as_it_is(half)],
        ),
        (
            "a packed body that is none",
            packed(b"{}"),
            [(Broken, Some(0)), (DecodeFailure, Some(2))],
        ),
    ]
}

#[tokio::test]
async fn fault_a_gzip_bomb_is_read_up_to_the_limit() {
    for (name, response, expected) in cases() {
        for (unpacks, (outcome_, kept)) in [true, false].into_iter().zip(expected) {
            let name = format!("{name}, unpacks: {unpacks}");
            let server = Server::start(vec![response.clone()]).await;
            let result = client(&server.url, unpacks).get_order("1").await;
            assert_eq!(outcome(&result), outcome_, "{name}: {result:?}");
            let asks = server.requests()[0].contains("accept-encoding: gzip");
            assert_eq!(asks, unpacks, "{name}");
            let Err(error) = result else { continue };
            assert_eq!(error.raw().map(|raw| raw.len()), kept, "{name}: {error:?}");
            assert_eq!(error.status().map(|it| it.as_u16()), Some(200), "{name}");
            assert_eq!(error.request_id(), Some("7"), "{name}");
            if let Error::Decode(_) = &error
                && error.headers().unwrap().contains_key("content-encoding")
            {
                assert!(error.to_string().contains("is packed"), "{name}: {error}");
            }
        }
    }
}

#[tokio::test]
async fn fault_a_gzip_bomb_is_streamed_up_to_the_limit() {
    for response in [packed(&bomb()), endless()] {
        let server = Server::start(vec![response]).await;
        let call = client(&server.url, true).download_order("1").send_stream().await.unwrap();
        let body = call.into_body().limit(100_000);
        // How long the packed body is says nothing.
        assert_eq!(body.length(), None);
        let mut sink = tokio::io::sink();
        let error = body.write_to(&mut sink).await.unwrap_err();
        assert_eq!(error.to_string(), "the response is larger than the limit of 100000 bytes");
    }
}

/// A server on a thread of its own, whose memory does not count.
fn elsewhere(response: Response) -> String {
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
fn fault_a_gzip_bomb_takes_no_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (response, unpacks) in
        [(packed(&bomb()), true), (packed(&bomb()), false), (endless(), true), (endless(), false)]
    {
        let url = elsewhere(response);
        let client = client(&url, unpacks);
        let call = || runtime.block_on(async { outcome(&client.get_order("1").await) });
        assert_eq!(call(), Outcome::TooLarge, "the warm-up");
        let memory = allocation_counter::measure(|| {
            assert_eq!(call(), Outcome::TooLarge);
        });
        println!("{} bytes at most, unpacks: {unpacks}", memory.bytes_max);
        // Connection and decoder have buffers of their own, some tens of kilobytes each.
        assert!(memory.bytes_max < 500_000, "{} bytes, unpacks: {unpacks}", memory.bytes_max);
    }
}

#[tokio::test]
async fn fault_a_packed_response_that_breaks_off() {
    let order = gzip(ORDER.as_bytes());
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        order.len()
    );
    let half = [head.as_bytes(), &order[..12]].concat();
    let server = Server::start(vec![raw(half, Close), packed(&order)]).await;
    let result = client(&server.url, true).get_order("1").await;
    assert_eq!((outcome(&result), server.seen()), (Outcome::Good, 2));
}
