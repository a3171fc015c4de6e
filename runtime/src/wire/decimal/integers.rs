//! Conversions from integers.

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
