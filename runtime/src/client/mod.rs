//! Building a [`Client`](crate::Client), sending its calls, and decoding their responses. The client
//! itself is in `call`, which reads its settings.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod block_on;
pub(crate) mod builder;
mod builder_macro;
pub(crate) mod environment;
pub(crate) mod error;
pub(crate) mod final_response;
mod request;
pub(crate) mod send;
pub(crate) mod stream;
