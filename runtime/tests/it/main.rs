//! The runtime as its users and generated code see it.

mod acme;
mod attempts;
mod auth;
mod blocking;
mod bodies;
#[cfg(unix)]
mod bounded;
mod events;
mod faults;
mod faulty_server;
mod hooks;
mod json_server;
mod many_calls;
// Public, so that the compiler does not look for uses of its items.
pub mod names;
mod options;
mod outcome_success;
mod pages;
mod paused_clock;
mod signature;
mod streams;
mod token_requests;
mod token_sources;
mod transport_requests;
mod wire;
