//! Whether and when a failed attempt is retried.

mod advice;
mod budget;
mod policy;
mod processed;
mod state;

pub use advice::Advice;
pub(crate) use budget::Budget;
pub use policy::Retry;
pub(crate) use processed::AttemptResult;
pub use processed::Processed;
pub(crate) use state::{Next, NotRetried, Repeatability, RetryState};
