//! The runtime as its users and generated code see it.

mod acme;
mod attempts;
mod auth;
mod blocking;
mod bodies;
#[cfg(unix)]
mod bounded;
mod error_messages;
mod events;
mod faults;
mod faulty_server;
mod hooks;
mod http2_server;
mod idempotency_in_bodies;
mod idempotency_keys;
mod json_server;
mod many_calls;
// Public, so that the compiler does not look for uses of its items.
pub mod names;
mod options;
mod outcome_of_calls;
mod outcome_oracle;
mod outcome_success;
mod pages;
mod paused_clock;
mod scripted_server;
mod signature;
mod streams;
mod token_requests;
mod token_sources;
mod transport_http2;
mod transport_proxy;
mod transport_replaced;
mod transport_requests;
mod transport_reqwest;
mod transport_timeouts;
mod transport_user_agent;
mod wire;
