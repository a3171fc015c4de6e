//! Measures the cost of a signature: signed and unsigned calls of the same size alternate over one loopback
//! connection. Prints the medians, their ratio and their difference.
//! `cargo bench -p docwright-runtime --bench signature` fails from 150 µs.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use docwright_runtime::signature::{Component, Digest, Parameter, PreHash, Profile, SigningKey};
use docwright_runtime::{
    Call, Client, ClientBuilder, Media, MediaKind, Method, NoTypedError, Operation,
};

static PROFILE: Profile = Profile::RFC
    .components(&[
        Component::new("content-digest"),
        Component::new("content-length"),
        Component::new("content-type"),
        Component::new("idempotency-key"),
        Component::new("@method"),
        Component::new("@target-uri"),
        Component::new("@path"),
        Component::new("@query"),
    ])
    .parameters(&[Parameter::KeyId, Parameter::Created, Parameter::Expires])
    .pre_hash(PreHash::Sha512);
const BODY: Media = Media::new("application/json", MediaKind::Bytes);
static PLAIN: Operation = Operation::new("plain", Method::Post, "/v1/transfers").body(&[BODY]);
static SIGNED: Operation =
    PLAIN.digest(&[Digest::Sha512]).idempotency(&["Idempotency-Key"]).signature(&PROFILE);

/// The headers that a signed call adds to those of an unsigned one.
const HEADERS: [&str; 4] = ["content-digest", "idempotency-key", "signature-input", "signature"];

const ROUNDS: usize = 501;

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || respond(stream));
        }
    });
    let key = SigningKey::ed25519_from_seed("a-key-of-the-usual-length", &[7; 32]).unwrap();
    let client: Client =
        ClientBuilder::new(format!("http://{address}")).signing_key(key).build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(compare_calls(&client));
}

/// Responds to every request of a connection.
fn respond(mut stream: TcpStream) {
    let mut received = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        while let Some(length) = request_length(&received) {
            received.drain(..length);
            if stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").is_err() {
                return;
            }
        }
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return,
            Ok(read) => received.extend_from_slice(&chunk[..read]),
        }
    }
}

/// Returns the length of the first request, once it is complete.
fn request_length(received: &[u8]) -> Option<usize> {
    let head = received.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&received[..head]).to_ascii_lowercase();
    let (_, rest) = text.split_once("content-length: ")?;
    let body: usize = rest.split("\r\n").next()?.parse().ok()?;
    (received.len() >= head + body).then_some(head + body)
}

async fn compare_calls(client: &Client) {
    for size in [200, 4_000] {
        let body = "x".repeat(size);
        let request = Call::new(client, &SIGNED).body_bytes(body.clone()).into_request().await;
        let request = request.expect("a request");
        let headers: Vec<(&str, String)> = HEADERS
            .iter()
            .map(|name| (*name, request.headers()[*name].to_str().expect("text").to_owned()))
            .collect();
        // The same headers, computed once and set by the caller.
        let plain = || {
            let call = Call::new(client, &PLAIN).body_bytes(body.clone());
            headers.iter().fold(call, |call, (name, value)| call.header(name, value))
        };
        let signed = || Call::new(client, &SIGNED).body_bytes(body.clone());
        let (mut plain_times, mut signed_times) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            plain_times.push(time_call(plain()).await);
            signed_times.push(time_call(signed()).await);
        }
        let (plain, signed) = (median(plain_times), median(signed_times));
        let difference = signed.saturating_sub(plain);
        println!(
            "a body of {size} bytes, medians of {ROUNDS}: unsigned {plain:.1?}, signed {signed:.1?}, \
             ratio {:.2}, difference {difference:.1?}",
            signed.as_secs_f64() / plain.as_secs_f64(),
        );
        // Figures of a debug build are meaningless.
        let is_fast = difference < Duration::from_micros(150);
        assert!(cfg!(debug_assertions) || is_fast, "a signature costs {difference:.1?}");
    }
}

async fn time_call(call: Call<'_>) -> Duration {
    let start = Instant::now();
    call.empty::<NoTypedError>().await.expect("a response");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
