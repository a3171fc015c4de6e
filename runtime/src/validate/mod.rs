//! Optional validation of requests against the documented constraints, before they are sent. Responses are
//! never validated.
//!
//! The limits ([`Limit`](crate::Limit)) are constant data next to the types and operations; one walker over
//! the [`View`](crate::wire::View) of a value checks them all. Without the feature `validate`, the module
//! `checks` is a stand-in that accepts everything, and the macros for limits expand to nothing.

#[cfg_attr(not(feature = "validate"), path = "no_checks.rs")]
pub(crate) mod checks;
pub(crate) mod failure;
