//! A call as a series of attempts. The parts that all attempts share are prepared first: the URL, the
//! caller's headers, the exact bytes of the body, the idempotency key. Each attempt then completes a
//! copy of this request (see [`steps`]) and sends it. A retryable failure leads to another attempt, as
//! the [`Retry`](crate::Retry) policy allows.

mod authorization;
mod failure;
mod instrumented;
mod record;
mod reopen;
mod run;
#[cfg(feature = "tracing")]
mod span;
#[cfg(not(feature = "tracing"))]
#[path = "no_span.rs"]
mod span;
mod state;
mod steps;
pub(crate) mod timing;
mod token;
mod transport;

pub(crate) use failure::{FailedCall, Failure};
pub(crate) use record::CallRecord;
pub use record::FailedAttempt;
pub(crate) use reopen::ReopenableCall;
pub(crate) use run::{exchange_call, first_request};
pub(crate) use state::ReceivedResponse;
