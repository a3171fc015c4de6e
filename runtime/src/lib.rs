//! The runtime of every client that Docwright generates: wire format, transport and errors.
//!
//! A generated crate holds plain structs, tables with the wire names of their fields ([`record!`],
//! [`open_enum!`], [`union!`]), one constant per operation ([`Operation`]), and one method per
//! operation that fills in a [`Call`]. All behaviour lives here, written and compiled once, as
//! ordinary Rust with its own tests.
//!
//! Decoding goes `bytes → tape → types` ([`Decode`]), encoding goes `types → views → bytes`
//! ([`Encode`]). Every generated type also implements `serde`'s traits, which delegate to these
//! two. Nothing here ever prints a body, a credential or a query value.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
#[cfg(all(feature = "mock", not(target_arch = "wasm32")))]
pub mod mock;
#[cfg(feature = "signature")]
pub mod signature;
#[cfg(feature = "signature")]
pub mod webhook;
pub mod wire;

mod attempt;
mod auth;
#[cfg(not(target_arch = "wasm32"))]
mod block_on;
mod bodies;
mod body;
mod builder;
mod call;
mod client;
mod decimal;
mod error;
mod error_codes;
mod escape;
mod events;
mod file;
mod format;
mod headers;
mod hook;
mod idempotency;
mod json;
mod list;
mod multipart;
mod operation;
mod paginate;
mod param;
mod patch;
mod path;
mod payload;
mod platform;
mod predicates;
mod request;
mod response;
mod responses;
mod retry;
mod secret;
mod send;
mod server;
#[cfg(feature = "tracing")]
mod span;
mod stream;
mod timing;
mod untyped;
mod validate;

pub use auth::{Scheme, Security, TokenError, TokenRequest};
#[cfg(not(target_arch = "wasm32"))]
pub use block_on::block_on;
pub use bodies::SelectedBody;
pub use body::{FormField, Media, MediaKind};
pub use call::Call;
pub use client::{BuildError, Client, ClientBuilder};
pub use decimal::{Decimal, DecimalError, DecimalString};
pub use error::{DecodeFailure, Error, ErrorResponse, RequestError, TransportError};
pub use error_codes::{Cause, CauseKind, ErrorCodeInfo, RequestLocation};
pub use events::{Event, EventStream};
pub use file::File;
pub use format::{Base64, Date, FormatError, Timestamp, Uuid};
#[doc(hidden)]
pub use headers::{header_list, header_one};
pub use hook::{Attempt, Hook, Outcome};
pub use json::{Json, JsonNumber};
pub use list::List;
pub use operation::{Method, Operation, Status};
pub use paginate::{Items, Pages, Paging};
pub use param::Style;
pub use patch::Patch;
pub use response::{RawResponse, Response};
pub use responses::{JsonBody, NoCode, NoTypedError, ResponseEnum, decode_text, field_text};
pub use retry::{Advice, Retry, RetryHeader, WaitFormat};
pub use secret::Secret;
pub use send::{RawFuture, RequestFuture, ResponseFuture};
pub use server::{BaseUrl, OperationServer};
pub use stream::{ByteStream, DownloadError};
pub use untyped::Untyped;
pub use validate::{Bound, Limit, Number, Rule, ValidationError, Violation};
#[cfg(feature = "validate")]
pub use validate::{Limits, validate};
pub use wire::{Decode, DecodeError, Encode, EncodeError, from_slice, to_json};

pub use bytes::Bytes;
pub use http::{HeaderMap, StatusCode};
pub use reqwest;
pub use serde;
pub use serde_json::Value;
pub use url::Url;

/// A map from field names to values, sorted by name.
pub type Map<T> = std::collections::BTreeMap<String, T>;
