//! What differs where there are no threads, sockets and files: in a browser
//! (`wasm32-unknown-unknown`), futures stay where they are made, time and timers are the browser's, and
//! `fetch` carries the requests.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::*;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::*;
