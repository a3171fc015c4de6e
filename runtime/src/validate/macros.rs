//! What the tables of types add for checks before sending; nothing without the feature `validate`.
//! Which of the two definitions holds is the runtime's to say, not that of the crate with the tables.

/// What a struct asks of its members.
#[cfg(feature = "validate")]
#[doc(hidden)]
#[macro_export]
macro_rules! own_limits {
    () => {
        $crate::own_limits!([]);
    };
    ([$($limit:expr),* $(,)?]) => {
        fn limits(&self) -> $crate::Limits {
            static LIMITS: &[$crate::Limit] = &[$($limit),*];
            $crate::Limits::Members(LIMITS)
        }
    };
}

/// What an enum asks: one of the values it lists.
#[cfg(feature = "validate")]
#[doc(hidden)]
#[macro_export]
macro_rules! listed_limits {
    () => {
        fn limits(&self) -> $crate::Limits {
            match self.is_known() {
                true => $crate::Limits::None,
                false => $crate::Limits::Unlisted,
            }
        }
    };
    (any) => {};
}

/// What a union asks: what its variant does.
#[cfg(feature = "validate")]
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

/// The method of a struct that is sent.
#[cfg(feature = "validate")]
#[doc(hidden)]
#[macro_export]
macro_rules! validate_method {
    ($name:ident) => {
        #[allow(deprecated)]
        impl $name {
            /// Checks it before it is sent: what the description says of its members, and nothing
            /// else.
            ///
            /// # Errors
            /// If a value is not what the description asks for.
            pub fn validate(&self) -> ::core::result::Result<(), $crate::Invalid> {
                $crate::validate(self)
            }
        }
    };
}

/// The method of a request.
#[cfg(feature = "validate")]
#[doc(hidden)]
#[macro_export]
macro_rules! validate_request {
    ($name:ident) => {
        #[allow(deprecated)]
        impl $name<'_> {
            /// Checks the parameters and the body before they are sent: what the description says
            /// of them, and nothing else.
            ///
            /// # Errors
            /// If a value is not what the description asks for.
            pub fn validate(&self) -> ::core::result::Result<(), $crate::Invalid> {
                self.0.validate()
            }
        }
    };
}

/// The setting of a client's builder.
#[cfg(feature = "validate")]
#[doc(hidden)]
#[macro_export]
macro_rules! validate_setting {
    ($name:ident) => {
        impl $name {
            /// Whether every call is checked before it is sent: what the description says of its
            /// parameters and its body, and nothing else. Without it, none is.
            pub fn validate(self, validate: bool) -> Self {
                Self(self.0.validate(validate))
            }
        }
    };
}

#[cfg(not(feature = "validate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! own_limits {
    ($($limits:tt)*) => {};
}

#[cfg(not(feature = "validate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! listed_limits {
    ($($any:ident)?) => {};
}

#[cfg(not(feature = "validate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! union_limits {
    ($($variant:ident)*) => {};
}

#[cfg(not(feature = "validate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! validate_method {
    ($name:ident) => {};
}

#[cfg(not(feature = "validate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! validate_request {
    ($name:ident) => {};
}

#[cfg(not(feature = "validate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! validate_setting {
    ($name:ident) => {};
}
