//! Webhooks: the calls that a vendor makes to you. A [`Scheme`] says as data how they are signed, a
//! [`Receiver`] verifies the bytes that came and makes an event of them.
//!
//! ```
//! use std::time::SystemTime;
//! use docwright_runtime::signature::{Algorithm, Message, Target};
//! use docwright_runtime::webhook::{KeyForm, Piece, Receiver, Scheme};
//! use docwright_runtime::{HeaderMap, Value};
//!
//! static SCHEME: Scheme =
//!     Scheme::header("X-Acme-Signature", Algorithm::HmacSha256, &[Piece::Body]);
//!
//! # fn handle(method: http::Method, uri: http::Uri, headers: HeaderMap, body: &[u8])
//! #     -> Result<(), Box<dyn std::error::Error>> {
//! // Two secrets while one takes the location of the other.
//! let receiver: Receiver<Value> = Receiver::new(&SCHEME).key("the new secret")?.key("the old one")?;
//! let target = Target::of(&headers, &uri);
//! let message = Message::request(&method, &target, &headers).body(body);
//! let event = receiver.receive(&message, SystemTime::now())?;
//! println!("{}", event["type"]);
//! # Ok(()) }
//! ```
//!
//! A call that was verified may still come twice: keep the ids of events that you have seen.

mod receiver;
mod scheme;

pub use receiver::{ReceiveError, Receiver};
pub use scheme::{KeyForm, Piece, Scheme, TextEncoding};
