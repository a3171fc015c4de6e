//! The client of generated code: it is built, its calls are sent, and their responses are typed.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod block_on;
pub(crate) mod builder;
mod builder_macro;
pub(crate) mod error;
mod request;
pub(crate) mod send;
pub(crate) mod stream;
