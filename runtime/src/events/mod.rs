//! Typed server-sent events (HTML §9.2).

mod call;
mod parse;
mod stream;

pub use stream::{Event, EventStream};
