//! Checks before sending, on request: what the description says of a value, and nothing else. What is
//! received is never checked.
//!
//! The tables ([`Limit`]) are constant data beside the types and operations; one walker over what a
//! value looks like ([`View`](crate::wire::View)) checks them all. Both are there with the feature
//! `validate` alone.

#[cfg_attr(not(feature = "validate"), allow(dead_code, reason = "only checks make one"))]
mod failure;
#[cfg_attr(not(feature = "validate"), allow(dead_code, reason = "only checks read one"))]
mod limit;
mod macros;
#[cfg(feature = "validate")]
mod number;
#[cfg(feature = "validate")]
mod pattern;
#[cfg(feature = "validate")]
mod walk;

pub use failure::{Invalid, Rule, Violation};
#[cfg(feature = "validate")]
pub use limit::Limits;
pub use limit::{Bound, Limit, Number};
#[cfg(feature = "validate")]
pub use walk::validate;
#[cfg(feature = "validate")]
pub(crate) use walk::{body, parameter};
