//! Receives the webhooks of three vendors with axum: the raw bytes are verified, then read.
//!
//! ```console
//! $ cargo run -p docwright-tests --example webhooks
//! ```

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::routing::post;
use fintech_clients::mesh::{self, TransferStatus};
use fintech_clients::orum::{self, WebhookEventType as OrumEvent};
use fintech_clients::pipevest::{self, WebhookEventType as PipevestEvent};
use fintech_clients::runtime::Decode;
use fintech_clients::runtime::signature::{Message, Target};
use fintech_clients::runtime::webhook::{ReceiveError, Receiver};

/// What receives, one for each vendor.
pub struct Receivers {
    /// What Mesh sends.
    pub mesh: Receiver<mesh::TransferEvent>,
    /// What Orum sends.
    pub orum: Receiver<orum::WebhookEvent>,
    /// What Pipevest sends.
    pub pipevest: Receiver<pipevest::WebhookEvent>,
    /// The ids of events that came before. A service with more than one instance keeps them in its
    /// database, in the transaction that acts on the event.
    pub seen: Mutex<HashSet<String>>,
}

/// Where the vendors call.
pub fn router(receivers: Receivers) -> Router {
    Router::new()
        .route("/hooks/mesh", post(mesh))
        .route("/hooks/orum", post(orum))
        .route("/hooks/pipevest", post(pipevest))
        .with_state(Arc::new(receivers))
}

/// A call as it came. `Bytes` has to be the last extractor: a body that was parsed and written again
/// is another one, and no signature would be right.
type Call = (Method, Uri, HeaderMap, Bytes);

fn receive<E: Decode>(receiver: &Receiver<E>, call: &Call) -> Result<E, StatusCode> {
    let (method, uri, headers, body) = call;
    let target = Target::of(headers, uri);
    let message = Message::request(method, &target, headers).body(body);
    receiver.receive(&message, SystemTime::now()).map_err(|error| {
        eprintln!("{error}");
        match error {
            ReceiveError::NotVerified(_) => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        }
    })
}

impl Receivers {
    /// Whether an event comes for the first time.
    fn is_new(&self, id: &str) -> bool {
        self.seen.lock().is_ok_and(|mut seen| seen.insert(id.to_owned()))
    }
}

async fn mesh(
    State(all): State<Arc<Receivers>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<&'static str, StatusCode> {
    let event = receive(&all.mesh, &(method, uri, headers, body))?;
    if !all.is_new(&event.event_id) {
        return Ok("again");
    }
    Ok(match event.transfer_status {
        TransferStatus::Succeeded => "succeeded",
        TransferStatus::Pending | TransferStatus::Failed => "waiting or failed",
        // The vendor may add some: they are no error.
        _ => "a status that is not known here",
    })
}

async fn orum(
    State(all): State<Arc<Receivers>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<&'static str, StatusCode> {
    let event = receive(&all.orum, &(method, uri, headers, body))?;
    if !all.is_new(&event.event_id) {
        return Ok("again");
    }
    Ok(match event.event_type {
        OrumEvent::TransferUpdated => "a transfer",
        _ => "something else",
    })
}

async fn pipevest(
    State(all): State<Arc<Receivers>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<&'static str, StatusCode> {
    let event = receive(&all.pipevest, &(method, uri, headers, body))?;
    if !all.is_new(&event.event_id.to_string()) {
        return Ok("again");
    }
    Ok(match event.event {
        PipevestEvent::AccountCreated => "an account",
        _ => "something else",
    })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let receivers = Receivers {
        // While a secret is replaced, both are keys: `.key(&old)?.key(&new)?`.
        mesh: mesh::webhooks::receiver().key(&secret("MESH_WEBHOOK_SECRET")?)?,
        orum: orum::webhooks::receiver().key(&secret("ORUM_WEBHOOK_KEY")?)?,
        pipevest: pipevest::webhooks::receiver().key(&secret("PIPEVEST_WEBHOOK_KEY")?)?,
        seen: Mutex::default(),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, router(receivers)).await?;
    Ok(())
}
