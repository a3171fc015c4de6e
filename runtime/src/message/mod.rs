//! HTTP messages: how requests are written and responses are read. Nothing here knows an operation or a
//! client.

pub(crate) mod bodies;
pub(crate) mod body;
#[cfg(not(target_arch = "wasm32"))]
mod body_stream;
pub(crate) mod charset;
pub(crate) mod error;
pub(crate) mod error_codes;
pub(crate) mod error_text;
pub(crate) mod escape;
mod form;
pub(crate) mod form_field;
pub(crate) mod header_value;
pub(crate) mod headers;
pub(crate) mod method;
mod multipart;
pub(crate) mod param;
pub(crate) mod path;
pub(crate) mod payload;
pub(crate) mod rate_limit;
pub(crate) mod request;
pub(crate) mod request_body;
pub(crate) mod response;
pub(crate) mod response_body;
pub(crate) mod responses;
pub(crate) mod retry_after;
pub(crate) mod secrets;
pub(crate) mod untyped;
