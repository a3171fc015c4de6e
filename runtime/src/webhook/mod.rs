//! Webhooks: requests that a vendor sends to your server. A [`SignatureScheme`] describes as data how they
//! are signed; a [`Receiver`] verifies a request and decodes its body.
//!
//! ```
//! use std::time::SystemTime;
//! use docwright_runtime::signature::{Algorithm, Message, Target};
//! use docwright_runtime::webhook::{KeyFormat, SignedPart, Receiver, SignatureScheme};
//! use docwright_runtime::{HeaderMap, Value};
//!
//! static SCHEME: SignatureScheme =
//!     SignatureScheme::header("X-Acme-Signature", Algorithm::HmacSha256, &[SignedPart::Body]);
//!
//! # fn handle(method: http::Method, uri: http::Uri, headers: HeaderMap, body: &[u8])
//! #     -> Result<(), Box<dyn std::error::Error>> {
//! // Two secrets, while the old one is replaced.
//! let receiver: Receiver<Value> = Receiver::new(&SCHEME).key("the new secret")?.key("the old one")?;
//! let target = Target::from_headers(&headers, &uri);
//! let message = Message::request(&method, &target, &headers).body(body);
//! let event = receiver.receive(&message, SystemTime::now())?;
//! println!("{}", event["type"]);
//! # Ok(()) }
//! ```
//!
//! A verified webhook may arrive twice: store the ids of the events that you have handled.

mod receiver;
mod scheme;

pub use receiver::{ReceiveError, Receiver};
pub use scheme::{KeyFormat, SignatureScheme, SignedPart, TextEncoding};
