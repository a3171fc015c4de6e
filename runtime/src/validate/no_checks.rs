//! The stand-in for validation, without the feature `validate`.

use super::failure::ValidationError;
use crate::wire::Encode;
use crate::wire::limit::{Limit, RequestLocation};

/// Stands for the violations in the parameters of a call: nothing is checked.
#[derive(Clone, Default)]
pub(crate) struct ParameterChecks {}

impl ParameterChecks {
    pub(crate) fn add(&mut self, _: RequestLocation, _: &str, _: &dyn Encode, _: &'static [Limit]) {
    }

    pub(crate) fn finish(
        &self,
        _: Option<&dyn Encode>,
        _: &'static [Limit],
    ) -> Result<(), ValidationError> {
        Ok(())
    }
}

#[doc(hidden)]
#[macro_export]
macro_rules! field_limits {
    ($($limits:tt)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! enum_limits {
    ($($any:ident)?) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! union_limits {
    ($($variant:ident)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! validate_method {
    ($name:ident $(<$($parameter:ident),+>)?) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! validate_request {
    ($name:ident) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! validate_setting {
    ($name:ident) => {};
}

/// Defines the limits of the parameters of an operation, as the constant `LIMITS` of its request type. The
/// table is empty without the feature `validate`.
///
/// ```
/// use docwright_runtime::{Call, Limit, Method, Number, Operation, RequestLocation};
///
/// static LIST_ORDERS: Operation =
///     Operation::new("list_orders", Method::Get, "/orders").limits(ListOrdersRequest::LIMITS);
///
/// pub struct ListOrdersRequest<'a>(Call<'a>);
///
/// docwright_runtime::limits!(ListOrdersRequest [
///     Limit::parameter(RequestLocation::Query, "size").maximum(Number::Int(500)),
/// ]);
/// ```
#[macro_export]
macro_rules! limits {
    ($name:ident [$($limit:tt)*]) => {
        impl $name<'_> {
            const LIMITS: &'static [$crate::Limit] = &[];
        }
    };
}
