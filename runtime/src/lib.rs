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
#[cfg(not(feature = "signature"))]
#[path = "signature/unsigned.rs"]
mod signature;
#[cfg(feature = "signature")]
pub mod webhook;
pub mod wire;

mod attempt;
mod auth;
mod call;
mod client;
mod events;
mod message;
mod operation;
mod paginate;
mod platform;
mod retry;
#[cfg(feature = "signature")]
mod signing;
mod transport;
mod validate;
#[cfg(feature = "validate")]
mod validation;

pub use attempt::FailedAttempt;
pub use auth::{
    AccessToken, CredentialError, Credentials, TokenContext, TokenError, TokenFuture, TokenProvider,
};
pub use call::Call;
pub use call::client::Client;
pub use call::hook::{Attempt, Hook, Outcome};
pub use call::server::BaseUrl;
#[cfg(not(target_arch = "wasm32"))]
pub use client::block_on::block_on;
pub use client::builder::{BuildError, ClientBuilder};
pub use client::environment::{EnvCredential, Environment};
pub use client::error::Error;
pub use client::error::any::AnyError;
pub use client::error::failed::Failed;
pub use client::error::response::{DecodeFailure, ErrorResponse};
pub use client::final_response::FinalResponse;
pub use client::send::{RawFuture, RequestFuture, ResponseFuture};
pub use client::stream::{ByteStream, DownloadError};
pub use events::{Event, EventStream};
pub use message::bodies::SelectedBody;
pub use message::body::{Media, MediaKind};
pub use message::error::{RequestError, RequestErrorKind, TransportError};
pub use message::error_codes::{Cause, CauseKind, ErrorCodeInfo};
pub use message::form_field::FormField;
#[doc(hidden)]
pub use message::headers::{header_list, header_one};
pub use message::method::Method;
pub use message::param::Style;
pub use message::rate_limit::RateLimit;
pub use message::request_body::RequestBody;
pub use message::response::{RawResponse, Response};
pub use message::response_body::ResponseBody;
pub use message::responses::{JsonBody, NoCode, NoTypedError, ResponseEnum, decode_text};
pub use message::retry_after::{RetryHeader, WaitFormat};
pub use message::untyped::Untyped;
pub use operation::scheme::{EVERY_CALL, Scheme, Security};
pub use operation::server::OperationServer;
pub use operation::setting::{Setting, Settings};
pub use operation::token_request::TokenRequest;
pub use operation::{Operation, Status};
pub use paginate::{Items, PageError, Pages, Paging};
pub use retry::{Advice, Processed, Retry};
pub use transport::{ReqwestTransport, Transport, TransportFuture, TransportRequest};
#[cfg(feature = "validate")]
pub use validate::checks::validate;
pub use validate::failure::{ValidationError, Violation};
pub use wire::decimal::notation::DecimalError;
pub use wire::decimal::{Decimal, DecimalString};
pub use wire::file::File;
pub use wire::format::*;
pub use wire::json::Json;
pub use wire::json::number::JsonNumber;
pub use wire::limit::{Bound, Limit, Limits, Number, RequestLocation, Rule};
pub use wire::list::List;
pub use wire::map::Map;
pub use wire::patch::Patch;
pub use wire::secret::Secret;
pub use wire::unix_time::{UnixTime, UnixTimeError};
pub use wire::{Decode, DecodeError, Encode, EncodeError, from_slice, to_json};

pub use bytes::Bytes;
pub use http;
pub use http::{HeaderMap, StatusCode};
pub use reqwest;
pub use serde;
pub use serde_json::Value;
pub use url::Url;
