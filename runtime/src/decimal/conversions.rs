//! Conversions between [`Decimal`] and other types of numbers.

use super::{Decimal, DecimalString};

/// Implements conversions from integers.
macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self(number.to_string().into())
            }
        }

        impl From<$integer> for DecimalString {
            fn from(number: $integer) -> Self {
                Self(number.into())
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

/// Conversions with `rust_decimal`, whose numbers have 96 bits and at most 28 decimal places.
#[cfg(feature = "rust_decimal")]
mod with_rust_decimal {
    use rust_decimal::Decimal as Other;

    use super::{Decimal, DecimalString};

    impl TryFrom<&Decimal> for Other {
        type Error = rust_decimal::Error;

        /// Converts the number exactly.
        fn try_from(number: &Decimal) -> Result<Self, rust_decimal::Error> {
            Self::from_str_exact(number.as_str())
        }
    }

    impl TryFrom<Decimal> for Other {
        type Error = rust_decimal::Error;

        /// Converts the number exactly.
        fn try_from(number: Decimal) -> Result<Self, rust_decimal::Error> {
            Self::try_from(&number)
        }
    }

    impl TryFrom<&DecimalString> for Other {
        type Error = rust_decimal::Error;

        /// Converts the number exactly.
        fn try_from(number: &DecimalString) -> Result<Self, rust_decimal::Error> {
            Self::try_from(&number.0)
        }
    }

    impl From<Other> for Decimal {
        fn from(number: Other) -> Self {
            Self(number.to_string().into())
        }
    }

    impl From<Other> for DecimalString {
        fn from(number: Other) -> Self {
            Self(number.into())
        }
    }
}

/// Conversions with `bigdecimal`, whose numbers have any number of digits.
#[cfg(feature = "bigdecimal")]
mod with_bigdecimal {
    use bigdecimal::BigDecimal;
    use bigdecimal::num_bigint::BigInt;

    use super::{Decimal, DecimalString};
    use crate::decimal::DecimalError;

    impl From<&Decimal> for BigDecimal {
        /// Converts the number exactly, with the same number of decimal places.
        fn from(number: &Decimal) -> Self {
            let text = number.as_str();
            let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            let digits = text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0');
            let digits = digits.fold(BigInt::ZERO, |value, digit| value * 10_u8 + digit);
            let signed = if text.starts_with('-') { -digits } else { digits };
            Self::new(signed, places as i64)
        }
    }

    impl From<Decimal> for BigDecimal {
        /// Converts the number exactly, with the same number of decimal places.
        fn from(number: Decimal) -> Self {
            Self::from(&number)
        }
    }

    impl From<&DecimalString> for BigDecimal {
        /// Converts the number exactly, with the same number of decimal places.
        fn from(number: &DecimalString) -> Self {
            Self::from(&number.0)
        }
    }

    impl TryFrom<&BigDecimal> for Decimal {
        type Error = DecimalError;

        /// Converts the number exactly, if it has at most 1000 digits in plain notation.
        fn try_from(number: &BigDecimal) -> Result<Self, DecimalError> {
            let (digits, places) = number.as_bigint_and_exponent();
            format!("{digits}e{}", -i128::from(places)).parse()
        }
    }

    impl TryFrom<BigDecimal> for Decimal {
        type Error = DecimalError;

        /// Converts the number exactly, if it has at most 1000 digits in plain notation.
        fn try_from(number: BigDecimal) -> Result<Self, DecimalError> {
            Self::try_from(&number)
        }
    }
}
