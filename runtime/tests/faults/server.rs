//! A server that misbehaves on the socket, as it is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a request is responded with.
#[derive(Debug, Clone)]
pub struct Response {
    bytes: Vec<u8>,
    then: Then,
}

/// What becomes of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It serves the next request.
    Keep,
    /// It ends.
    Close,
    /// It breaks.
    Reset,
    /// Nothing more comes.
    Stall,
    /// This comes again and again, with a pause between.
    Drip(&'static [u8], Duration),
}

/// Bytes as they are.
pub fn raw(bytes: impl Into<Vec<u8>>, then: Then) -> Response {
    Response { bytes: bytes.into(), then }
}

/// A status, header lines and a body of the length that is said.
pub fn response(status: u16, headers: &str, body: impl AsRef<[u8]>, then: Then) -> Response {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}\r\n");
    raw([head.as_bytes(), body].concat(), then)
}

/// The server: it responds the requests in order, and the last response is given again and again.
pub struct Server {
    pub url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(responses: Vec<Response>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (responses, counted) = (Arc::new(responses), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, Arc::clone(&responses), Arc::clone(&counted)));
            }
        });
        Self { url, seen }
    }

    /// How many requests have come.
    pub fn seen(&self) -> usize {
        self.requests().len()
    }

    /// The requests that have come.
    pub fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn serve(
    mut socket: TcpStream,
    responses: Arc<Vec<Response>>,
    seen: Arc<Mutex<Vec<String>>>,
) {
    while let Some(request) = request(&mut socket).await {
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(request);
            seen.len() - 1
        };
        let Response { bytes, then } = &responses[number.min(responses.len() - 1)];
        if socket.write_all(bytes).await.is_err() || socket.flush().await.is_err() {
            return;
        }
        match *then {
            Then::Keep => continue,
            Then::Close => return,
            Then::Reset => {
                // What was sent arrives first.
                tokio::time::sleep(Duration::from_millis(30)).await;
                socket.set_zero_linger().unwrap();
                return;
            }
            Then::Stall => tokio::time::sleep(Duration::from_secs(60)).await,
            Then::Drip(piece, pause) => {
                while socket.write_all(piece).await.is_ok() {
                    tokio::time::sleep(pause).await;
                }
            }
        }
        return;
    }
}

/// Reads a request to the end of its body, in lower case, if there is one.
async fn request(socket: &mut TcpStream) -> Option<String> {
    let mut read = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        match socket.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(length) => read.extend_from_slice(&chunk[..length]),
        }
        let text = String::from_utf8_lossy(&read).to_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.split("content-length: ").nth(1).and_then(|it| it.lines().next());
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return Some(text);
        }
    }
}
