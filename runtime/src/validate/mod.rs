//! Optional validation of requests against the documented constraints, before they are sent. Responses are
//! never validated.
//!
//! The limits ([`Limit`]) are constant data next to the types and operations; one walker over the
//! [`View`](crate::wire::View) of a value checks them all. Both exist only with the feature `validate`.

#[cfg_attr(not(feature = "validate"), allow(dead_code, reason = "only validation creates one"))]
mod failure;
#[cfg_attr(not(feature = "validate"), allow(dead_code, reason = "only validation reads one"))]
mod limit;
mod macros;
#[cfg(feature = "validate")]
mod number;
#[cfg(feature = "validate")]
mod pattern;
#[cfg(feature = "validate")]
mod walk;

pub use failure::{Rule, ValidationError, Violation};
#[cfg(feature = "validate")]
pub use limit::Limits;
pub use limit::{Bound, Limit, Number};
#[cfg(feature = "validate")]
pub use walk::validate;
#[cfg(feature = "validate")]
pub(crate) use walk::{validate_body, validate_parameter};
