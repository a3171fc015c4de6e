//! Conversions with `bigdecimal`, whose numbers have any number of digits.

use bigdecimal::BigDecimal;
use bigdecimal::num_bigint::{BigInt, Sign};

use super::notation::DecimalError;
use super::{Decimal, DecimalString};

impl From<&Decimal> for BigDecimal {
    /// Converts the number exactly, with the same number of decimal places.
    fn from(number: &Decimal) -> Self {
        let notation = number.notation();
        let places = (notation.fraction.len() as i64).saturating_sub(notation.exponent);
        let digits = notation.whole.bytes().chain(notation.fraction.bytes());
        let digits: Vec<u8> = digits.map(|digit| digit - b'0').collect();
        let sign = if notation.is_negative { Sign::Minus } else { Sign::Plus };
        Self::new(BigInt::from_radix_be(sign, &digits, 10).unwrap_or_default(), places)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_slice;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn decimal_conversions_with_bigdecimal_are_exact() {
        let long = format!("{0}.{0}", "7".repeat(500));
        for text in
            ["0", "-1.50", "100", "0.0000001", "1234567890123456789012345678901234567890", &long]
        {
            let other = BigDecimal::from(&decimal(text));
            assert_eq!(other, text.parse::<BigDecimal>().unwrap());
            assert_eq!(Decimal::try_from(&other).unwrap().as_str(), text);
            assert_eq!(BigDecimal::from(&DecimalString(decimal(text))), other);
        }
        // Received numbers may have more digits.
        let longer = format!("-{long}{}", "7".repeat(500));
        for json in ["-1.5e-2000", "1e1000", "-0.0", "0e9", &longer] {
            let number: Decimal = from_slice(json.as_bytes()).unwrap();
            assert_eq!(BigDecimal::from(number), json.parse::<BigDecimal>().unwrap(), "{json}");
        }
        let huge: BigDecimal = "1e1000".parse().unwrap();
        assert_eq!(Decimal::try_from(huge), Err(DecimalError::TooLong));
        let scientific: BigDecimal = "12e3".parse().unwrap();
        assert_eq!(Decimal::try_from(scientific).unwrap().as_str(), "12000");
    }
}
