//! Macros that add validation to generated types. They are defined here because the feature belongs to the
//! runtime, not to the crate that invokes them.

/// Implements `Encode::limits` for a struct.
#[doc(hidden)]
#[macro_export]
macro_rules! field_limits {
    () => {
        $crate::field_limits!([]);
    };
    ([$($limit:expr),* $(,)?]) => {
        fn limits(&self) -> $crate::Limits {
            static LIMITS: &[$crate::Limit] = &[$($limit),*];
            $crate::Limits::Fields(LIMITS)
        }
    };
}

/// Implements `Encode::limits` for an open enum.
#[doc(hidden)]
#[macro_export]
macro_rules! enum_limits {
    () => {
        fn limits(&self) -> $crate::Limits {
            match self.is_known() {
                true => $crate::Limits::None,
                false => $crate::Limits::UnknownValue,
            }
        }
    };
    (any) => {};
}

/// Implements `Encode::limits` for a union: the limits of its variant.
#[doc(hidden)]
#[macro_export]
macro_rules! union_limits {
    ($($variant:ident)*) => {
        fn limits(&self) -> $crate::Limits {
            match self {
                $(Self::$variant(it) => $crate::wire::Encode::limits(it),)*
            }
        }
    };
}

/// Adds the method `validate` to a struct that is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! validate_method {
    ($name:ident $(<$($parameter:ident),+>)?) => {
        #[allow(deprecated)]
        impl $(<$($parameter: $crate::wire::Encode),+>)? $name $(<$($parameter),+>)? {
            /// Checks the fields against the documented constraints, without sending anything.
            ///
            /// # Errors
            /// If a value violates a documented constraint.
            pub fn validate(&self) -> ::core::result::Result<(), $crate::ValidationError> {
                $crate::validate(self)
            }
        }
    };
}

/// Adds the method `validate` to a request.
#[doc(hidden)]
#[macro_export]
macro_rules! validate_request {
    ($name:ident) => {
        #[allow(deprecated)]
        impl $name<'_> {
            /// Checks the parameters and the body against the documented constraints, without sending
            /// anything.
            ///
            /// # Errors
            /// If a value violates a documented constraint.
            pub fn validate(&self) -> ::core::result::Result<(), $crate::ValidationError> {
                self.0.validate()
            }
        }
    };
}

/// Adds the setting `validate` to a client builder.
#[doc(hidden)]
#[macro_export]
macro_rules! validate_setting {
    ($name:ident) => {
        impl $name {
            /// Sets whether the parameters and the body of every call are checked against the
            /// documented constraints before it is sent. Default: `false`.
            pub fn validate(self, validate: bool) -> Self {
                Self(self.0.validate(validate))
            }
        }
    };
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
    ($name:ident [$($limit:expr),* $(,)?]) => {
        impl $name<'_> {
            const LIMITS: &'static [$crate::Limit] = &[$($limit),*];
        }
    };
}
