//! Receives the webhooks of three vendors with axum: verifies the raw bytes, then parses them.
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

/// The receivers, one for each vendor.
pub struct Receivers {
    /// Receives the webhooks of Mesh.
    pub mesh: Receiver<mesh::TransferEvent>,
    /// Receives the webhooks of Orum.
    pub orum: Receiver<orum::WebhookEvent>,
    /// Receives the webhooks of Pipevest.
    pub pipevest: Receiver<pipevest::WebhookEvent>,
    /// The ids of events received so far. A service with more than one instance stores them in its
    /// database, in the transaction that processes the event.
    pub seen: Mutex<HashSet<String>>,
}

/// Returns the routes that the vendors call.
pub fn router(receivers: Receivers) -> Router {
    Router::new()
        .route("/hooks/mesh", post(mesh))
        .route("/hooks/orum", post(orum))
        .route("/hooks/pipevest", post(pipevest))
        .with_state(Arc::new(receivers))
}

/// A webhook as received. The signature is over the raw bytes, so the body must not be parsed and
/// serialized again. `Bytes` has to be the last extractor.
type RawWebhook = (Method, Uri, HeaderMap, Bytes);

fn receive<E: Decode>(receiver: &Receiver<E>, webhook: &RawWebhook) -> Result<E, StatusCode> {
    let (method, uri, headers, body) = webhook;
    let target = Target::from_headers(headers, uri);
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
    /// Returns whether an event is received for the first time.
    fn is_new(&self, id: &str) -> bool {
        self.seen.lock().is_ok_and(|mut seen| seen.insert(id.to_owned()))
    }
}

async fn mesh(
    State(receivers): State<Arc<Receivers>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<&'static str, StatusCode> {
    let event = receive(&receivers.mesh, &(method, uri, headers, body))?;
    if !receivers.is_new(&event.event_id) {
        return Ok("duplicate");
    }
    Ok(match event.transfer_status {
        TransferStatus::Succeeded => "succeeded",
        TransferStatus::Pending | TransferStatus::Failed => "waiting or failed",
        // The vendor may add statuses, so an unknown one is not an error.
        _ => "unknown status",
    })
}

async fn orum(
    State(receivers): State<Arc<Receivers>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<&'static str, StatusCode> {
    let event = receive(&receivers.orum, &(method, uri, headers, body))?;
    if !receivers.is_new(&event.event_id) {
        return Ok("duplicate");
    }
    Ok(match event.event_type {
        OrumEvent::TransferUpdated => "a transfer",
        _ => "another event",
    })
}

async fn pipevest(
    State(receivers): State<Arc<Receivers>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<&'static str, StatusCode> {
    let event = receive(&receivers.pipevest, &(method, uri, headers, body))?;
    if !receivers.is_new(&event.event_id.to_string()) {
        return Ok("duplicate");
    }
    Ok(match event.event {
        PipevestEvent::AccountCreated => "an account",
        _ => "another event",
    })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
    let receivers = Receivers {
        // During a key rotation, add both keys: `.key(&old)?.key(&new)?`.
        mesh: mesh::webhooks::receiver().key(&secret("MESH_WEBHOOK_SECRET")?)?,
        orum: orum::webhooks::receiver().key(&secret("ORUM_WEBHOOK_KEY")?)?,
        pipevest: pipevest::webhooks::receiver().key(&secret("PIPEVEST_WEBHOOK_KEY")?)?,
        seen: Mutex::default(),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, router(receivers)).await?;
    Ok(())
}
