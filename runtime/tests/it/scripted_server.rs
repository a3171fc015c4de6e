//! A client and a server on the local machine, with a script of what goes wrong in each attempt of a
//! call.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docwright_runtime::signature::{Algorithm, Component, Profile, SignError, SignFuture, Signer};
use docwright_runtime::{
    Attempt, Client, ClientBuilder, HeaderMap, Hook, Media, Method, Operation, OperationServer,
    Scheme, TokenRequest,
};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What goes wrong in an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No connection can be made.
    NoConnection,
    /// The server receives the request, and resets the connection.
    Reset,
    /// The server receives the request, and never responds.
    Timeout,
    /// The server responds with this status. A 429 has `Retry-After: 0`.
    Status(u16),
    /// The token endpoint responds with 503.
    Token,
    /// The signing service fails.
    Signer,
}

impl Fault {
    /// Whether the server may process the request of such an attempt.
    pub fn may_be_processed(self) -> bool {
        match self {
            Self::NoConnection | Self::Token | Self::Signer => false,
            Self::Reset | Self::Timeout => true,
            Self::Status(status) => !matches!(status, 401 | 409 | 425 | 429 | 501),
        }
    }
}

/// A request that the server has received.
#[derive(Debug, Clone)]
pub struct Received {
    pub key: Option<String>,
    /// What went wrong; `None` if the server responded with 200.
    pub fault: Option<Fault>,
}

impl Received {
    pub fn may_be_processed(&self) -> bool {
        self.fault.is_none_or(Fault::may_be_processed)
    }
}

/// The token endpoint has a host of its own, so that it can always be reached.
static TOKEN_HOST: OperationServer = OperationServer::new("token_host", &[]);
static TOKENS: Operation =
    Operation::new("token", Method::Post, "/token").body(&[Media::FORM]).server(&TOKEN_HOST);
static TOKEN: TokenRequest = TokenRequest::new(&TOKENS)
    .client("client_id", "client_secret")
    .token(&["access_token"])
    .lifetime(&["expires_in"]);
static BEARER: Scheme = Scheme::bearer("Bearer", "bearer").token_from(&TOKEN);
static PROFILE: Profile = Profile::RFC.components(&[Component::new("@method")]);

/// An operation with an idempotency key.
pub static KEYED: Operation = Operation::new("pay", Method::Post, "/pay")
    .idempotency(&["Idempotency-Key"])
    .security(&[&[&BEARER]])
    .signature(&PROFILE);

/// An operation without an idempotency key.
pub static UNKEYED: Operation =
    Operation::new("pay", Method::Post, "/pay").security(&[&[&BEARER]]).signature(&PROFILE);

/// What goes wrong, and what the server has received.
pub struct Script {
    faults: Vec<Fault>,
    attempts: AtomicUsize,
    received: Mutex<Vec<Received>>,
}

impl Script {
    /// Starts a server, and returns the script and the builder of a client. Attempts after those in
    /// the script succeed.
    pub async fn start(faults: &[Fault]) -> (Arc<Self>, ClientBuilder<Client>) {
        let script = Arc::new(Self {
            faults: faults.to_vec(),
            attempts: AtomicUsize::new(0),
            received: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Arc::clone(&script);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, Arc::clone(&server)));
            }
        });
        let resolver = Arc::new(Faults(Arc::clone(&script)));
        let builder = ClientBuilder::new(format!("http://pay.test:{port}"))
            .operation_server(&TOKEN_HOST, format!("http://token.test:{port}"))
            .allow_http()
            .client_credentials(&BEARER, "me", "hunter2")
            .signing_key(Faults(Arc::clone(&script)))
            .hook(Faults(Arc::clone(&script)))
            .configure_http(move |http| {
                http.no_proxy().pool_max_idle_per_host(0).dns_resolver(Arc::clone(&resolver))
            });
        (script, builder)
    }

    /// Returns the number of attempts begun so far, in all calls.
    pub fn attempts(&self) -> usize {
        self.attempts.load(Ordering::SeqCst)
    }

    /// Returns the requests that the server has received, except for token requests.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Returns what goes wrong in the current attempt.
    fn current(&self) -> Option<Fault> {
        self.faults.get(self.attempts().checked_sub(1)?).copied()
    }
}

/// The parts of the client that the script controls.
struct Faults(Arc<Script>);

impl Hook for Faults {
    fn before(&self, attempt: &Attempt<'_>, _: &mut HeaderMap) {
        if attempt.operation() == "pay" {
            self.0.attempts.fetch_add(1, Ordering::SeqCst);
        }
    }
}

impl Resolve for Faults {
    /// Resolves to the server, or to an address on which nothing listens.
    fn resolve(&self, host: Name) -> Resolving {
        let is_unreachable =
            host.as_str() == "pay.test" && self.0.current() == Some(Fault::NoConnection);
        let address = SocketAddr::from(([127, 0, 0, if is_unreachable { 2 } else { 1 }], 0));
        Box::pin(async move { Ok(Box::new([address].into_iter()) as Addrs) })
    }
}

impl Signer for Faults {
    fn key_id(&self) -> &str {
        "k"
    }

    fn algorithm(&self) -> Algorithm {
        Algorithm::Ed25519
    }

    fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> {
        let fails = self.0.current() == Some(Fault::Signer);
        Box::pin(async move {
            match fails {
                true => Err(SignError::new("the vault is closed", None)),
                false => Ok(vec![0; 64]),
            }
        })
    }
}

async fn serve(mut socket: TcpStream, script: Arc<Script>) {
    let mut read = Vec::new();
    let head = loop {
        let mut chunk = [0; 4096];
        match socket.read(&mut chunk).await {
            Ok(0) | Err(_) => return,
            Ok(length) => read.extend_from_slice(&chunk[..length]),
        }
        // The bodies of token requests arrive with their head, and payments have none.
        if let Some((head, _)) = String::from_utf8_lossy(&read).split_once("\r\n\r\n") {
            break head.to_lowercase();
        }
    };
    let fault = script.current();
    if head.starts_with("post /token ") {
        let status = if fault == Some(Fault::Token) { 503 } else { 200 };
        // Every attempt needs a new token.
        return respond(&mut socket, status, "", r#"{"access_token":"t","expires_in":0}"#).await;
    }
    let key = head.lines().find_map(|line| line.strip_prefix("idempotency-key: "));
    let received = Received { key: key.map(str::to_owned), fault };
    script.received.lock().unwrap().push(received);
    match fault {
        None => respond(&mut socket, 200, "", "").await,
        Some(Fault::Status(429)) => respond(&mut socket, 429, "retry-after: 0\r\n", "").await,
        Some(Fault::Status(status)) => respond(&mut socket, status, "", "").await,
        Some(Fault::Reset) => socket.set_zero_linger().unwrap(),
        Some(Fault::Timeout) => tokio::time::sleep(Duration::from_secs(600)).await,
        Some(Fault::NoConnection | Fault::Token | Fault::Signer) => {
            panic!("{fault:?}: the request must not be sent")
        }
    }
}

async fn respond(socket: &mut TcpStream, status: u16, headers: &str, body: &str) {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n");
    let response = format!("{head}{headers}\r\n{body}");
    socket.write_all(response.as_bytes()).await.unwrap();
    socket.flush().await.unwrap();
}
