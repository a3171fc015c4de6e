//! An HTTP/2 server that reacts to each request in the way a test chooses, written in frames (RFC
//! 9113 §6), since a correct server would not send some of them.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does when it receives the headers of a request.
#[derive(Debug, Clone, Copy)]
pub enum Reaction {
    /// Responds with 200 and no body.
    Respond,
    /// Resets the stream with this error code.
    Reset(u32),
    /// Sends the head of a response, then resets the stream with this error code.
    RespondAndReset(u32),
    /// Sends `GOAWAY` with this error code, as if the request was not processed, and closes the
    /// connection.
    GoAwayUnprocessed(u32),
    /// Sends `GOAWAY` with this error code, as if the request was processed, and closes the
    /// connection.
    GoAwayProcessed(u32),
    /// Sends nothing, not even responses to pings.
    Silence,
}

pub const NO_ERROR: u32 = 0;
pub const REFUSED_STREAM: u32 = 7;
pub const CANCEL: u32 = 8;

const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;

/// The head of a response with status 200: an entry of HPACK's static table (RFC 7541 Appendix A).
const STATUS_200: [u8; 1] = [0x88];

/// A server that reacts to its requests in order, and to all further ones with a response.
pub struct Server {
    pub url: String,
    seen: Arc<Mutex<Seen>>,
}

/// What a server has received.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub requests: usize,
    pub pings: usize,
}

impl Server {
    pub async fn start(reactions: &[Reaction]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (reactions, counted) = (Arc::<[Reaction]>::from(reactions), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, Arc::clone(&reactions), Arc::clone(&counted)));
            }
        });
        Self { url, seen }
    }

    /// Returns what was received so far.
    pub fn seen(&self) -> Seen {
        *self.seen.lock().unwrap()
    }
}

async fn serve(mut socket: TcpStream, reactions: Arc<[Reaction]>, seen: Arc<Mutex<Seen>>) {
    let mut preface = [0; 24];
    if socket.read_exact(&mut preface).await.is_err() {
        return;
    }
    let mut is_silent = false;
    let mut replies = frame(SETTINGS, 0, 0, &[]);
    while socket.write_all(&replies).await.is_ok() {
        let Some((kind, flags, stream, payload)) = read_frame(&mut socket).await else { return };
        replies = match kind {
            SETTINGS if flags & ACK == 0 => frame(SETTINGS, ACK, 0, &[]),
            PING if flags & ACK == 0 => {
                seen.lock().unwrap().pings += 1;
                if is_silent { Vec::new() } else { frame(PING, ACK, 0, &payload) }
            }
            HEADERS => {
                let number = {
                    let mut seen = seen.lock().unwrap();
                    seen.requests += 1;
                    seen.requests - 1
                };
                let reaction = reactions.get(number).copied().unwrap_or(Reaction::Respond);
                is_silent = matches!(reaction, Reaction::Silence);
                let frames = react(reaction, stream);
                if matches!(reaction, Reaction::GoAwayUnprocessed(_) | Reaction::GoAwayProcessed(_))
                {
                    let _ = socket.write_all(&frames).await;
                    // Closing with unread bytes would reset the connection, and discard the frames.
                    let _ = socket.shutdown().await;
                    while read_frame(&mut socket).await.is_some() {}
                    return;
                }
                frames
            }
            _ => Vec::new(),
        };
    }
}

/// Returns the frames of a reaction to the request of a stream.
fn react(reaction: Reaction, stream: u32) -> Vec<u8> {
    let reset = |code: u32| frame(RST_STREAM, 0, stream, &code.to_be_bytes());
    let go_away = |last_processed: u32, code: u32| {
        frame(GOAWAY, 0, 0, &[last_processed.to_be_bytes(), code.to_be_bytes()].concat())
    };
    match reaction {
        Reaction::Respond => frame(HEADERS, END_HEADERS | END_STREAM, stream, &STATUS_200),
        Reaction::Reset(code) => reset(code),
        Reaction::RespondAndReset(code) => {
            [frame(HEADERS, END_HEADERS, stream, &STATUS_200), reset(code)].concat()
        }
        Reaction::GoAwayUnprocessed(code) => go_away(stream.saturating_sub(2), code),
        Reaction::GoAwayProcessed(code) => go_away(stream, code),
        Reaction::Silence => Vec::new(),
    }
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// Reads a frame: its type, flags, stream and payload. `None` at the end of the connection.
async fn read_frame(socket: &mut TcpStream) -> Option<(u8, u8, u32, Vec<u8>)> {
    let mut head = [0; 9];
    socket.read_exact(&mut head).await.ok()?;
    let [a, b, c, kind, flags, stream @ ..] = head;
    let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
    socket.read_exact(&mut payload).await.ok()?;
    Some((kind, flags, u32::from_be_bytes(stream), payload))
}
