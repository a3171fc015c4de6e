//! A server that misbehaves on the socket in the ways a test chooses.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The bytes sent in response to a request, and what happens to the connection after them.
#[derive(Debug, Clone)]
pub struct Response {
    bytes: Vec<u8>,
    after: AfterResponse,
}

/// What happens to the connection after a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterResponse {
    /// The next request is served.
    Keep,
    /// The connection is closed.
    Close,
    /// The connection is reset.
    Reset,
    /// Nothing more is sent, and the connection stays open.
    Stall,
    /// These bytes are sent over and over, with a pause in between.
    Drip(&'static [u8], Duration),
}

/// Returns a response of exactly these bytes.
pub fn raw(bytes: impl Into<Vec<u8>>, after: AfterResponse) -> Response {
    Response { bytes: bytes.into(), after }
}

/// Returns a response with a status, header lines, and a body with the right `Content-Length`.
pub fn response(
    status: u16,
    headers: &str,
    body: impl AsRef<[u8]>,
    after: AfterResponse,
) -> Response {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}\r\n");
    raw([head.as_bytes(), body].concat(), after)
}

/// A server that sends its responses in order, and the last one to all further requests.
pub struct Server {
    pub url: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(responses: Vec<Response>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let (responses, requests) = (Arc::new(responses), Arc::clone(&received));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, Arc::clone(&responses), Arc::clone(&requests)));
            }
        });
        Self { url, received }
    }

    /// Returns the number of requests received so far.
    pub fn request_count(&self) -> usize {
        self.requests().len()
    }

    /// Returns the requests received so far, in lower case.
    pub fn requests(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }
}

async fn serve(
    mut socket: TcpStream,
    responses: Arc<Vec<Response>>,
    received: Arc<Mutex<Vec<String>>>,
) {
    while let Some(request) = read_request(&mut socket).await {
        let number = {
            let mut received = received.lock().unwrap();
            received.push(request);
            received.len() - 1
        };
        let Response { bytes, after } = &responses[number.min(responses.len() - 1)];
        if socket.write_all(bytes).await.is_err() || socket.flush().await.is_err() {
            return;
        }
        match *after {
            AfterResponse::Keep => continue,
            AfterResponse::Close => return,
            AfterResponse::Reset => {
                // A reset discards bytes that have not been delivered yet.
                tokio::time::sleep(Duration::from_millis(30)).await;
                socket.set_zero_linger().unwrap();
                return;
            }
            AfterResponse::Stall => tokio::time::sleep(Duration::from_secs(60)).await,
            AfterResponse::Drip(chunk, pause) => {
                while socket.write_all(chunk).await.is_ok() {
                    tokio::time::sleep(pause).await;
                }
            }
        }
        return;
    }
}

/// Reads a request to the end of its body and returns it in lower case, or `None` at the end of the
/// connection.
async fn read_request(socket: &mut TcpStream) -> Option<String> {
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
