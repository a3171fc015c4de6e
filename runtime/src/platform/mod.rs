//! The platform layer. A browser (`wasm32-unknown-unknown`) has no threads, sockets and files:
//! futures are not `Send`, time and timers come from the browser, and requests are sent with
//! `fetch`.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::*;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::*;
