//! Open enums, which keep unknown values.

/// Implements reading and writing for an open enum, from the table of its values on the wire. The enum
/// itself has one more variant for any other value: `Unknown`, or the name given by `other:`.
///
/// ```
/// use docwright_runtime::open_enum;
///
/// #[derive(Debug, Clone, PartialEq, Eq)]
/// pub enum Status { Ok, ServerFailure, Unknown(String) }
/// open_enum!(Status { Ok = "ok", ServerFailure = "serverFailure" });
///
/// #[derive(Debug, Clone, Copy, PartialEq, Eq)]
/// pub enum Level { Low, Unknown, Other(i64) }
/// open_enum!(Level: i64, other: Other { Low = 1, Unknown = -1 });
///
/// assert_eq!(Status::from("ok"), Status::Ok);
/// assert_eq!(Status::from("paused").as_str(), "paused");
/// assert_eq!(Status::VALUES, [Status::Ok, Status::ServerFailure]);
/// assert_eq!(Level::from(7), Level::Other(7));
/// ```
///
/// `, any` marks an enum that documents some values but allows any other; validation then accepts
/// unknown values.
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variants:tt)* } $(, $any:ident)?) => {
        $crate::open_enum!($name, other: Unknown { $($variants)* } $(, $any)?);
    };
    ($name:ident: i64 { $($variants:tt)* } $(, $any:ident)?) => {
        $crate::open_enum!($name: i64, other: Unknown { $($variants)* } $(, $any)?);
    };
    ($name:ident, other: $other:ident { $($variant:ident = $wire:literal),* $(,)? } $(, $any:ident)?) => {
        #[allow(deprecated)]
        impl $name {
            /// The documented values.
            #[allow(dead_code, reason = "an enum that is not public need not use it")]
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];
            /// Returns the value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$other(value) => value,
                }
            }
            /// Whether the value is one of the documented values.
            #[must_use]
            pub fn is_known(&self) -> bool {
                !::core::matches!(self, Self::$other(_))
            }
        }
        #[allow(deprecated)]
        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::$other(::std::borrow::ToOwned::to_owned(other)),
                }
            }
        }
        #[allow(deprecated)]
        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                <Self as ::core::convert::From<&str>>::from(&value)
            }
        }
        #[allow(deprecated)]
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;
            fn from_str(
                value: &str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as ::core::convert::From<&str>>::from(value))
            }
        }
        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        #[allow(deprecated)]
        impl $crate::wire::Decode for $name {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                $crate::wire::decode_string_enum(node, Self::is_known)
            }
        }
        #[allow(deprecated)]
        impl $crate::wire::Encode for $name {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::String(self.as_str())
            }
            $crate::enum_limits!($($any)?);
        }
        $crate::impl_serde!($name);
    };
    ($name:ident: i64, other: $other:ident { $($variant:ident = $wire:literal),* $(,)? } $(, $any:ident)?) => {
        #[allow(deprecated)]
        impl $name {
            /// The documented values.
            #[allow(dead_code, reason = "an enum that is not public need not use it")]
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];
            /// Returns the value on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$other(value) => *value,
                }
            }
            /// Whether the value is one of the documented values.
            #[must_use]
            pub fn is_known(&self) -> bool {
                !::core::matches!(self, Self::$other(_))
            }
        }
        #[allow(deprecated)]
        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::$other(other),
                }
            }
        }
        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
        #[allow(deprecated)]
        impl $crate::wire::Decode for $name {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                $crate::wire::decode_integer_enum(node, Self::is_known)
            }
        }
        #[allow(deprecated)]
        impl $crate::wire::Encode for $name {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::I64(self.as_i64())
            }
            $crate::enum_limits!($($any)?);
        }
        $crate::impl_serde!($name);
    };
}

use super::{Decode, Decoded, Node};

/// Reads an open enum of strings.
///
/// # Errors
/// If the value is not a string.
pub fn decode_string_enum<T: for<'a> From<&'a str>>(
    node: Node<'_>,
    is_known: fn(&T) -> bool,
) -> Decoded<T> {
    let value = T::from(node.as_str().ok_or_else(|| node.expected("a string"))?);
    count_unknown(node, is_known(&value));
    Ok(value)
}

/// Reads an open enum of integers.
///
/// # Errors
/// If the value is not an integer.
pub fn decode_integer_enum<T: From<i64>>(node: Node<'_>, is_known: fn(&T) -> bool) -> Decoded<T> {
    let value = T::from(i64::decode(node)?);
    count_unknown(node, is_known(&value));
    Ok(value)
}

fn count_unknown(node: Node<'_>, known: bool) {
    if !known {
        node.count_unmatched(1);
    }
}

#[cfg(test)]
mod tests {
    use crate::{from_slice, to_json};

    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    enum Colour {
        Red,
        Unknown,
        /// Has the name of an associated type of a trait that the macro implements.
        Err,
        Other(String),
    }
    open_enum!(Colour, other: Other { Red = "red", Unknown = "unknown", Err = "err" });

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    enum Level {
        Low,
        Below,
        Unknown(i64),
    }
    open_enum!(Level: i64 { Low = 1, Below = -1 });

    #[test]
    fn known_and_unknown_strings_round_trip() {
        for (json, value) in [
            ("\"red\"", Colour::Red),
            ("\"unknown\"", Colour::Unknown),
            ("\"err\"", Colour::Err),
            ("\"Red\"", Colour::Other("Red".to_owned())),
        ] {
            assert_eq!(from_slice::<Colour>(json.as_bytes()), Ok(value.clone()));
            assert_eq!(to_json(&value).unwrap(), json.as_bytes());
            assert_eq!(value.as_str().parse::<Colour>(), Ok(value));
        }
        assert_eq!(Colour::from("teal".to_owned()).to_string(), "teal");
    }

    #[test]
    fn known_and_unknown_integers_round_trip() {
        for (json, value) in [("1", Level::Low), ("-1", Level::Below), ("9", Level::Unknown(9))] {
            assert_eq!(from_slice::<Level>(json.as_bytes()), Ok(value));
            assert_eq!(to_json(&value).unwrap(), json.as_bytes());
        }
        assert!(Level::Low.is_known() && !Level::from(5).is_known());
        assert_eq!(Level::Below.to_string(), "-1");
    }

    #[test]
    fn a_value_of_another_type_is_an_error() {
        let error = from_slice::<Colour>(b"1").unwrap_err();
        assert_eq!(error.to_string(), "expected a string, found an integer");
        assert!(from_slice::<Level>(b"\"1\"").is_err());
    }
}
