//! Conversions with `rust_decimal`, whose numbers have 96 bits and at most 28 decimal places.

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

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn decimal_conversions_with_rust_decimal_are_exact() {
        for text in
            ["0", "-1.50", "79228162514264337593543950335", "0.0000000000000000000000000001"]
        {
            let other = Other::try_from(&decimal(text)).unwrap();
            assert_eq!(other.to_string(), text);
            assert_eq!(Decimal::from(other).as_str(), text);
            assert_eq!(Other::try_from(&DecimalString(decimal(text))).unwrap(), other);
            assert_eq!(DecimalString::from(other).as_str(), text);
        }
        for text in [
            "79228162514264337593543950336",
            "0.00000000000000000000000000001",
            "1234567890123456789012345678901234567890",
        ] {
            assert!(Other::try_from(decimal(text)).is_err(), "{text}");
        }
    }
}
